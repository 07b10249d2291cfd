import { Rejection } from "../../schema.ts";
import { COMBINED_FORMAT } from "./combined_format.ts";
import type { Format } from "./format.ts";
import { OWN_FORMAT } from "./own_format.ts";

/** All formats that lines are read in. */
export const FORMATS: readonly Format[] = [OWN_FORMAT, COMBINED_FORMAT];

/**
 * Finds the format of a line. It depends on the line alone, so a line is read in the same way however the log is
 * split.
 *
 * @param line A line without its terminator.
 * @returns The format; `undefined` if the line is no record in any format.
 *
 * @example A record, and a line that is none
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { detectFormat } from "./known_formats.ts";
 * import { OWN_FORMAT } from "./own_format.ts";
 *
 * const [[line]] = OWN_FORMAT.samples;
 * assertEquals([detectFormat(line), detectFormat("GET /")], [OWN_FORMAT, undefined]);
 * ```
 */
export function detectFormat(line: string): Format | undefined {
  return FORMATS.find(({ read }) => !(read(line) instanceof Rejection));
}
