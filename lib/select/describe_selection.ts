import { formatTimestamp } from "../../schema.ts";
import type { SelectionSettings } from "./selection_settings.ts";

/**
 * Names a selection by the options that make it again, for a shell; an empty text if all records count as they are.
 *
 * @param settings The selection.
 *
 * @example A condition
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { describeSelection } from "./describe_selection.ts";
 * import { ALL } from "./selection_settings.ts";
 *
 * const selection = { ...ALL, conditions: ["status>=500"], isGrouping: true };
 * assertEquals(describeSelection(selection), "--where 'status>=500' --group");
 * ```
 */
export function describeSelection(settings: SelectionSettings): string {
  const { sinceUs, untilUs, conditions, excludedIps, groupPatterns } = settings;
  return [
    ...sinceUs === undefined ? [] : [`--since ${instantOf(sinceUs)}`],
    ...untilUs === undefined ? [] : [`--until ${instantOf(untilUs)}`],
    ...conditions.map((condition) => optionOf("--where", condition)),
    ...excludedIps.map((range) => optionOf("--exclude-ip", range)),
    ...settings.excludedAgents.map((pattern) => optionOf("--exclude-agent", pattern)),
    ...settings.bots === "count" ? [] : [`--bots ${settings.bots}`],
    ...settings.absoluteUrls === "keep" ? [] : [`--absolute-urls ${settings.absoluteUrls}`],
    ...settings.stripsQuery ? ["--strip-query"] : [],
    ...groupPatterns.map((pattern) => optionOf("--group-pattern", pattern)),
    ...settings.isGrouping ? ["--group"] : [],
  ].join(" ");
}

/** An instant in UTC, without a fraction that is zero. */
export function instantOf(us: number): string {
  return `${formatTimestamp(us).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")}Z`;
}

/** Writes an option; a value that begins with a dash would be read as another one. */
function optionOf(name: string, value: string): string {
  return `${name}${value.startsWith("-") ? "=" : " "}${quoted(value)}`;
}

/** Quotes a text for a shell, control characters as POSIX.1-2024 has them, 2.2.4. */
function quoted(text: string): string {
  // deno-lint-ignore no-control-regex
  if (/[\x00-\x1F\x7F]/.test(text)) {
    const escaped = text.replaceAll(/[\\']/g, "\\$&").replaceAll(
      // deno-lint-ignore no-control-regex
      /[\x00-\x1F\x7F]/g,
      (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
    );
    return `$'${escaped}'`;
  }
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
