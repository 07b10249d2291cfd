import { format as formatBytes } from "@std/fmt/bytes";
import { EXACT_PERCENTILES_UP_TO } from "../../aggregates/durations/duration_stats.ts";
import { printableName } from "../printable.ts";
import type { Report, ResponseTimeReport } from "../report.ts";
import { showAboutMs, showCount, showDoubted, showMs, showNoun } from "./figures.ts";
import { wrapItems } from "./text_layout.ts";
import { inBrackets, rowsToShow, type TextOptions } from "./text_options.ts";

/** The percentiles of a report, ascending; `~` marks estimates. */
export function percentiles(times: ResponseTimeReport | null): { name: string; figure: string }[] {
  if (times === null) return [];
  const show = times.count > EXACT_PERCENTILES_UP_TO ? showAboutMs : showMs;
  return Object.entries(times)
    .filter(([name]) => /^p\d/.test(name))
    .map(([name, ms]) => ({
      name: name.replace("_", "."),
      // The shortest and the longest are exact.
      figure: name === "p0" || name === "p100" ? showMs(ms) : show(ms),
    }));
}

/** Lays out the last section: what is known beyond the figures that an operator asks for first. */
export function surroundings(report: Report, { style, top, reasons }: TextOptions): string[] {
  const { input, response_time: times, clients, accuracy } = report;
  const tally = (counts: readonly (readonly [string, number])[]) => {
    const byCount = [...counts].sort(([, a], [, b]) => b - a);
    const shown = byCount.slice(0, rowsToShow(counts.length, top));
    const rest = counts.length - shown.length;
    return [
      ...shown.map(([key, count]) => `${printableName(key)} × ${showCount(count)}`),
      ...(rest > 0 ? [`and ${showCount(rest)} more`] : []),
    ];
  };
  const sections: [label: string, items: string[]][] = [
    [
      "Response time",
      times === null ? none(reasons?.responseTimes) : [
        `min ${showMs(times.min)}`,
        `mean ${showMs(times.mean)}`,
        ...percentiles(times).map(({ name, figure }) => `${name} ${figure}`),
        `max ${showMs(times.max)}`,
      ],
    ],
    ["Statuses", tally(Object.entries(report.statuses))],
    ["Methods", tally([...report.methods])],
    [
      "Clients",
      clients.distinct === 0
        ? none(reasons?.clients)
        : [`${showDoubted(clients.distinct, accuracy["clients.distinct"]?.bound)} distinct`],
    ],
    [
      "Input",
      [
        showNoun(input.lines, "line"),
        formatBytes(input.bytes),
        ...(input.rejected > 0 ? [`${showCount(input.rejected)} rejected`] : []),
        ...(input.blank > 0 ? [`${showCount(input.blank)} blank`] : []),
        ...(input.context > 0 ? [`${showCount(input.context)} no finished request`] : []),
        ...(input.without_endpoint > 0
          ? [`${showNoun(input.without_endpoint, "request")} without endpoint`]
          : []),
        ...(input.without_client > 0
          ? [`${showNoun(input.without_client, "request")} without client`]
          : []),
        ...(input.assumed_zone > 0
          ? [`${showNoun(input.assumed_zone, "time")} without a zone`]
          : []),
      ],
    ],
  ];
  return sections.flatMap(([label, items]) =>
    wrapItems(items.length === 0 ? none(undefined) : items, SURROUNDINGS_WIDTH).map((line, i) =>
      (i === 0 ? label : "").padEnd(SURROUNDINGS_LABEL) + style.quiet(line)
    )
  );
}

function none(why: string | undefined): string[] {
  return [why === undefined ? "none" : `none ${inBrackets(why)}`];
}

const SURROUNDINGS_LABEL = 20;
const SURROUNDINGS_WIDTH = 60;
