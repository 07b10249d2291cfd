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
    ...conditions.map((condition) => `--where ${quoted(condition)}`),
    ...excludedIps.map((range) => `--exclude-ip ${quoted(range)}`),
    ...settings.excludedAgents.map((pattern) => `--exclude-agent ${quoted(pattern)}`),
    ...settings.bots === "count" ? [] : [`--bots ${settings.bots}`],
    ...settings.absoluteUrls === "keep" ? [] : [`--absolute-urls ${settings.absoluteUrls}`],
    ...settings.stripsQuery ? ["--strip-query"] : [],
    ...groupPatterns.map((pattern) => `--group-pattern ${quoted(pattern)}`),
    ...settings.isGrouping ? ["--group"] : [],
  ].join(" ");
}

/** An instant in UTC, without a fraction that is zero. */
export function instantOf(us: number): string {
  return `${formatTimestamp(us).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")}Z`;
}

function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
