import type { Format } from "./description/format.ts";

/**
 * Renders a list of formats for people: the name of each, who writes it, and a line of it.
 *
 * @param formats The formats.
 * @returns The text, with a newline at the end.
 *
 * @example One format
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { COMBINED_FORMAT } from "./text/text_formats.ts";
 * import { listFormats } from "./list_formats.ts";
 *
 * assertStringIncludes(listFormats([COMBINED_FORMAT]), "combined: Apache");
 * ```
 */
export function listFormats(formats: readonly Format[]): string {
  return formats
    .map(({ name, of, header = [], samples: [[line]] }) =>
      [`${name}: ${of}`, ...header, line].join("\n    ") + "\n"
    )
    .join("");
}
