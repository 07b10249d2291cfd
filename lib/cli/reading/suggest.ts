import { Rejection } from "../../../schema.ts";
import type { Nearness } from "../../formats/nearest_format.ts";
import { suggestFields, suggestTemplate } from "../../formats/suggest_reading.ts";
import { printable } from "../../report/printable.ts";
import { cutToWidth, displayWidth } from "../../report/renderers/display_width.ts";
import { UsageError } from "../command/command.ts";
import { resolveFormats } from "./resolve_formats.ts";

/**
 * Suggests the options with which a line is read that no format has.
 *
 * @param line The line.
 * @returns The options as they are pasted into a shell; `undefined` if none is known with which the line is a record.
 */
export function suggestOption(line: string): string | undefined {
  const fields = suggestFields(line);
  if (fields.length > 0) {
    return reads(line, { formats: [], fields })
      ? fields.map((field) => `--field ${field}`).join(" ")
      : undefined;
  }
  const template = suggestTemplate(line);
  // What is printable in single quotes is for the shell as it stands.
  if (template === undefined || !/^[ -&(-~]*$/.test(template)) return undefined;
  return reads(line, { formats: [template], fields }) ? `-f '${template}'` : undefined;
}

function reads(line: string, named: Parameters<typeof resolveFormats>[0]): boolean {
  try {
    return resolveFormats(named).some(({ read }) => {
      const outcome = read(line);
      return typeof outcome === "object" && !(outcome instanceof Rejection);
    });
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

const WIDTH = 76, BEFORE = 50, MAX_KEYS = 8;

/**
 * Describes which format a line is most like, and where it departs from it.
 *
 * @param line The line.
 * @param nearness The format, and where the line departs from it.
 * @returns Lines for a terminal: for a line of text with a caret under the place.
 *
 * @example A caret
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nearestFormat } from "../../formats/nearest_format.ts";
 * import { describeNearness } from "./suggest.ts";
 *
 * const line = '192.0.2.7 - - 25/Nov/2026:18:00:00 +0000 "GET / HTTP/1.1" 200 5';
 * assertEquals(describeNearness(line, nearestFormat(line)!), [
 *   "  nearest format: combined, up to the caret",
 *   `    ${line}`,
 *   `    ${" ".repeat(14)}^`,
 * ]);
 * ```
 */
export function describeNearness(line: string, { format, at, missing }: Nearness): string[] {
  if (missing.length > 0) {
    const keys = missing.slice(0, MAX_KEYS).map((key) => `"${key}"`).join(", ");
    const rest = missing.length - MAX_KEYS;
    return [
      `  nearest format: ${format.name}, which has ${keys}${rest > 0 ? ` and ${rest} more` : ""}`,
    ];
  }
  if (line.startsWith("{")) return [`  nearest format: ${format.name}, which has the same keys`];
  const start = Math.max(0, at - BEFORE);
  const before = `${start > 0 ? "…" : ""}${printable(line.slice(start, at))}`;
  return [
    `  nearest format: ${format.name}, up to the caret`,
    `    ${cutToWidth(before + printable(line.slice(at, at + WIDTH)), WIDTH)}`,
    `    ${" ".repeat(displayWidth(before))}^`,
  ];
}
