import { type LogRecord, parseRecord, Rejection } from "../../schema.ts";
import { condenseJson } from "./condense_json.ts";

/** What one line of a log is: a record, rejected with a reason, or blank. */
export type LineOutcome = LogRecord | Rejection | "blank";

const BLANK = /^[ \t\r]*$/;
/** What a longer line holds could leave megabytes to the garbage collector if it were all made. */
export const LONG_LINE: number = 16 * 1024;

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
  // A record begins with a brace, so nearly every line is done with after one look; to find out
  // that a blank line is no JSON would take as long as ten records.
  if (line === "" || line.charCodeAt(0) <= 0x20 && BLANK.test(line)) return "blank";
  return line.length > LONG_LINE ? readLongLine(line) : parseRecord(line);
}

function readLongLine(line: string): LogRecord | Rejection {
  const condensed = condenseJson(line);
  return condensed === undefined ? new Rejection("not_json") : parseRecord(condensed);
}
