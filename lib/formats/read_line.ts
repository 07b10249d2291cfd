import { type LogRecord, parseRecord, Rejection } from "../../schema.ts";
import { readClf } from "./clf.ts";
import { condenseJson } from "./condense_json.ts";

/** The outcome of reading one line of a log: a record, a rejection with its reason, or a blank line. */
export type LineOutcome = LogRecord | Rejection | "blank";

const BRACE = 0x7B;
const BLANK = /^[ \t\r]*$/;
/**
 * The most characters of a line that is parsed as it is. A longer one is shortened first: its values could leave
 * megabytes to the garbage collector.
 */
export const LONG_LINE: number = 16 * 1024;

/**
 * Reads one line of a log, in whichever format it has.
 *
 * @param line One line without its terminator.
 * @returns The record, or a rejection with the reason, or `"blank"` for a line of only spaces, tabs and CRs.
 *
 * @example Three lines
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type LogRecord, Rejection } from "../../schema.ts";
 * import { readLine } from "./read_line.ts";
 *
 * assertEquals(readLine(" \t"), "blank");
 * assertEquals(readLine("GET /"), new Rejection("not_json"));
 * const { endpoint } = readLine(
 *   '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512',
 * ) as LogRecord;
 * assertEquals(endpoint, "/a");
 * ```
 */
export function readLine(line: string): LineOutcome {
  // What begins with a brace is JSON.
  if (line.charCodeAt(0) === BRACE) return readOwnLine(line);
  return readClf(line) ?? readOwnLine(line);
}

/**
 * Reads one line of a log in the project's own format, and in no other.
 *
 * @param line One line without its terminator.
 * @returns The record, why there is none, or `"blank"` for a line of only space, tab and CR.
 */
export function readOwnLine(line: string): LineOutcome {
  // A record begins with a brace, so nearly every line is done with after one look; to find out
  // that a blank line is no JSON would take as long as ten records.
  if (line === "" || line.charCodeAt(0) <= 0x20 && BLANK.test(line)) return "blank";
  return line.length > LONG_LINE ? readLongLine(line) : parseRecord(line);
}

function readLongLine(line: string): LogRecord | Rejection {
  const condensed = condenseJson(line);
  return condensed === undefined ? new Rejection("not_json") : parseRecord(condensed);
}
