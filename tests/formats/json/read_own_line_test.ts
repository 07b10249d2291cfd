import { assert, assertEquals } from "@std/assert";
import { readOwnLine } from "../../../lib/formats/json/read_own_line.ts";
import { parseRecord, Rejection } from "../../../schema.ts";

const RECORD =
  '{"method":"GET","endpoint":"/","status_code":"200","ip":"192.0.2.1","timestamp":"2025-12-24T00:00:00"}';

Deno.test("readOwnLine() knows blank lines: space, tab and CR only", () => {
  for (const line of ["", " ", "\t", "\r", " \t\r "]) assertEquals(readOwnLine(line), "blank");
  for (const line of ["\u00A0", "\f", "\0", ".", "\u2028"]) {
    assertEquals(readOwnLine(line), new Rejection("not_json"), JSON.stringify(line));
  }
});

Deno.test("readOwnLine() gives what the schema's parser gives for all else", () => {
  assert(!(parseRecord(RECORD) instanceof Rejection));
  for (const line of [RECORD, ` ${RECORD}\r`, "{}", "[]", '{"method":1}', "null"]) {
    assertEquals(readOwnLine(line), parseRecord(line));
  }
});
