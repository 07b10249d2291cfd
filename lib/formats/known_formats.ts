import { Rejection } from "../../schema.ts";
import { COLUMN_FORMATS } from "./columns/column_formats.ts";
import { LTSV_FORMAT } from "./columns/ltsv_format.ts";
import {
  type Format,
  type FormatOutcome,
  type ReadingOptions,
  USUAL_READING,
} from "./description/format.ts";
import { detectJson, JSON_FORMATS } from "./json/json_formats.ts";
import { OWN_FORMAT } from "./json/own_format.ts";
import { CLF_VARIANTS } from "./text/clf_variants.ts";
import { COMBINED_FORMAT, TEXT_FORMATS } from "./text/text_formats.ts";

const OTHER_FORMATS: readonly Format[] = [...TEXT_FORMATS, COMBINED_FORMAT, LTSV_FORMAT];

/** All formats that lines are read in, in the order in which they are tried. */
export const FORMATS: readonly Format[] = [OWN_FORMAT, ...JSON_FORMATS, ...OTHER_FORMATS];
const BRACE = 0x7B;

/** All formats that have a name: also those that are read only if a header or the command line says so. */
export const NAMED_FORMATS: readonly Format[] = [
  ...FORMATS,
  ...CLF_VARIANTS,
  ...COLUMN_FORMATS,
];

/** The format of a line, and what the line is in it. */
export interface Detection {
  /** The format. */
  readonly format: Format;
  /** What the line is. */
  readonly outcome: FormatOutcome;
}

/**
 * Finds the format of a line: the first that has it. It depends on the line alone, so a line is read in the same way
 * however the log is split.
 *
 * @param line A line without its terminator.
 * @param how What it is read with.
 * @param formats The formats to try, in order.
 * @returns The format and what the line is in it; `undefined` if no format has such lines.
 *
 * @example A record, and a line that is none
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { OWN_FORMAT } from "./json/own_format.ts";
 * import { detect } from "./known_formats.ts";
 *
 * const [[line, outcome]] = OWN_FORMAT.samples;
 * assertEquals(detect(line), { format: OWN_FORMAT, outcome });
 * assertEquals(detect("GET /"), undefined);
 * ```
 */
export function detect(
  line: string,
  how: ReadingOptions = USUAL_READING,
  formats: readonly Format[] = FORMATS,
): Detection | undefined {
  if (formats === FORMATS) return detectAny(line, how);
  for (const format of formats) {
    const outcome = format.read(line, how);
    if (outcome !== undefined && !isOtherJson(outcome)) return { format, outcome };
  }
  return undefined;
}

/** The same as trying all formats in turn, but JSON is parsed only once for those of JSON. */
function detectAny(line: string, how: ReadingOptions): Detection | undefined {
  if (line.charCodeAt(0) !== BRACE) return detect(line, how, OTHER_FORMATS);
  const own = OWN_FORMAT.read(line, how);
  if (own !== undefined && !isOtherJson(own)) return { format: OWN_FORMAT, outcome: own };
  return detectJson(line, how);
}

/** Whether a line is no object with all the fields of the own format: it may be one of another format. */
function isOtherJson(outcome: FormatOutcome): boolean {
  return outcome instanceof Rejection && OTHER_JSON.has(outcome.reason);
}

const OTHER_JSON: ReadonlySet<string> = new Set(["not_json", "not_object", "missing_field"]);
