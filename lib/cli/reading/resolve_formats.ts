import type { Format, ReadingOptions } from "../../formats/description/format.ts";
import { fieldFormat } from "../../formats/json/field_format.ts";
import { FORMATS, NAMED_FORMATS } from "../../formats/known_formats.ts";
import { importTemplate } from "../../formats/templates/import_template.ts";
import { printable } from "../../report/printable.ts";
import { UsageError } from "../command/command.ts";
import { editDistance } from "../command/edit_distance.ts";
import { quote } from "../command/say.ts";

/** What stands for a value in the templates of servers, and in no name of a format. */
const TEMPLATE = /[$%{]/;

/**
 * Returns the formats that a command line names.
 *
 * @param settings Names, templates and fields.
 * @returns The formats in the order in which they are tried; `FORMATS` itself if none was named.
 * @throws {UsageError} If there is no format of a name, or a template or a field cannot be understood.
 *
 * @example A name
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resolveFormats } from "./resolve_formats.ts";
 *
 * const formats = resolveFormats({ formats: ["combined"], fields: [] });
 * assertEquals(formats.map(({ name }) => name), ["combined"]);
 * ```
 *
 * @example Fields, which are tried before all formats
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resolveFormats } from "./resolve_formats.ts";
 *
 * const [first] = resolveFormats({ formats: ["auto"], fields: ["response_time=took:ms"] });
 * assertEquals(first?.name, "fields");
 * ```
 */
export function resolveFormats(
  { formats, fields }: Pick<ReadingSettings, "formats" | "fields">,
): readonly Format[] {
  if (fields.length === 0 && formats.every((text) => text === "auto")) return FORMATS;
  const named = fields.length === 0 ? [] : [ofFields(fields)];
  return named.concat(formats.flatMap((text) => {
    if (text === "auto") return FORMATS;
    return [TEMPLATE.test(text) ? ofTemplate(text) : findFormat(text)];
  }));
}

/** The format of JSON whose keys are named; it is tried before all others. */
function ofFields(fields: readonly string[]): Format {
  try {
    return fieldFormat(fields);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UsageError(`Cannot use --field: ${printable(error.message)}`);
    }
    throw error;
  }
}

/**
 * Returns the format of a name.
 *
 * @throws {UsageError} If there is none; it suggests the nearest name.
 */
export function findFormat(name: string): Format {
  const found = NAMED_FORMATS.find((format) => format.name === name);
  if (found !== undefined) return found;
  const distance = (other: string) => editDistance(other, name.slice(0, 50));
  const [nearest] = NAMED_FORMATS.map((format) => format.name)
    .toSorted((a, b) => distance(a) - distance(b));
  throw new UsageError(
    `Cannot use --format "${quote(name)}": there is no such format, ` +
      (distance(nearest!) <= 3 ? `did you mean ${nearest}?` : "--format list shows all"),
  );
}

function ofTemplate(text: string): Format {
  try {
    return importTemplate(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`Cannot use --format "${quote(text)}":\n${error.message}`);
  }
}

/** How lines are read, as the command line says it: plain data, which each thread resolves for itself. */
export interface ReadingSettings extends Pick<ReadingOptions, "client" | "assumedOffsetUs"> {
  /** Names and templates of the formats to try, in order; `auto` stands for all that are known. */
  readonly formats: readonly string[];
  /** Where JSON lines have the facts about a request, each `TARGET=PATH[:UNIT]`. */
  readonly fields: readonly string[];
}

/** All known formats, the leftmost address of a list, and UTC. */
export const USUAL_SETTINGS: ReadingSettings = {
  formats: ["auto"],
  fields: [],
  client: "first",
  assumedOffsetUs: 0,
};
