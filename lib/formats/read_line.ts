import { type LogRecord, parseRecord, Rejection } from "../../schema.ts";

/** What one line of a log is: a record, rejected with a reason, or blank. */
export type LineOutcome = LogRecord | Rejection | "blank";

const BLANK = /^[ \t\r]*$/;

/**
 * Reads one line of a log in the project's own format.
 *
 * @param line One line without its terminator.
 * @returns The record, why there is none, or `"blank"` for a line of only space, tab and CR.
 *
 * @example Two lines
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Rejection } from "../../schema.ts";
 * import { readLine } from "./read_line.ts";
 *
 * assertEquals(readLine(" \t"), "blank");
 * assertEquals(readLine("GET /"), new Rejection("not_json"));
 * ```
 */
export function readLine(line: string): LineOutcome {
  const outcome = parseRecord(line);
  // Asked last, because nearly every line is a record.
  if (outcome instanceof Rejection && outcome.reason === "not_json" && BLANK.test(line)) {
    return "blank";
  }
  return outcome;
}
