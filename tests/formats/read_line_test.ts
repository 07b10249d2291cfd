import { assert, assertEquals } from "@std/assert";
import { readLine } from "../../lib/formats/read_line.ts";
import { parseRecord, Rejection } from "../../schema.ts";

const RECORD =
  '{"method":"GET","endpoint":"/","status_code":"200","ip":"192.0.2.1","timestamp":"2025-12-24T00:00:00"}';

Deno.test("readLine() knows blank lines: space, tab and CR only", () => {
  for (const line of ["", " ", "\t", "\r", " \t\r "]) assertEquals(readLine(line), "blank");
  for (const line of ["\u00A0", "\f", "\0", ".", "\u2028"]) {
    assertEquals(readLine(line), new Rejection("not_json"), JSON.stringify(line));
  }
});

Deno.test("readLine() gives what the schema's parser gives for all else", () => {
  assert(!(parseRecord(RECORD) instanceof Rejection));
  for (const line of [RECORD, ` ${RECORD}\r`, "{}", "[]", '{"method":1}', "null"]) {
    assertEquals(readLine(line), parseRecord(line));
  }
});
