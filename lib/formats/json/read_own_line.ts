import { type LogRecord, parseRecord, Rejection } from "../../../schema.ts";
import { condenseJson } from "./condense_json.ts";

const BLANK = /^[ \t\r]*$/;
/**
 * The most characters of a line that is parsed as it is. A longer one is shortened first: its values could leave
 * megabytes to the garbage collector.
 */
export const LONG_LINE: number = 16 * 1024;

/** Tells whether a line has nothing but spaces, tabs and CRs. */
export function isBlank(line: string): boolean {
  // A line of a log seldom begins with one: nearly every line is done with after one look.
  return line === "" || line.charCodeAt(0) <= 0x20 && BLANK.test(line);
}

/**
 * Reads one line of a log in the project's own format, and in no other.
 *
 * @param line One line without its terminator.
 * @returns The record, why there is none, or `"blank"` for a line of only space, tab and CR.
 *
 * @example Two lines
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Rejection } from "../../../schema.ts";
 * import { readOwnLine } from "./read_own_line.ts";
 *
 * assertEquals(readOwnLine(" \t"), "blank");
 * assertEquals(readOwnLine("GET /"), new Rejection("not_json"));
 * ```
 */
export function readOwnLine(line: string): LogRecord | Rejection | "blank" {
  return isBlank(line) ? "blank" : readOwnRecord(line);
}

/** Reads a line that is not blank. */
export function readOwnRecord(line: string): LogRecord | Rejection {
  if (line.length <= LONG_LINE) return parseRecord(line);
  const condensed = condenseJson(line);
  return condensed === undefined ? new Rejection("not_json") : parseRecord(condensed);
}
