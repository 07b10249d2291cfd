import { type LogRecord, parseRecord, Rejection } from "../../schema.ts";
import { condenseJson } from "./condense_json.ts";

/** The outcome of reading one line of a log: a record, a rejection with its reason, or a blank line. */
export type LineOutcome = LogRecord | Rejection | "blank";

const BLANK = /^[ \t\r]*$/;
/**
 * The most characters of a line that is parsed as it is. A longer one is shortened first: its values could leave
 * megabytes to the garbage collector.
 */
export const LONG_LINE: number = 16 * 1024;

/**
 * Reads one line of a log in the project's own format.
 *
 * @param line One line without its terminator.
 * @returns The record, or a rejection with the reason, or `"blank"` for a line of only spaces, tabs and CRs.
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
  // A record begins with a brace, so one look at the first character decides for nearly every line. For the
  // parser to reject a blank line takes as long as ten records.
  if (line === "" || line.charCodeAt(0) <= 0x20 && BLANK.test(line)) return "blank";
  return line.length > LONG_LINE ? readLongLine(line) : parseRecord(line);
}

function readLongLine(line: string): LogRecord | Rejection {
  const condensed = condenseJson(line);
  return condensed === undefined ? new Rejection("not_json") : parseRecord(condensed);
}
