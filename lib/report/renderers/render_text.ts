import type { Report } from "../report.ts";
import { MOST_FINDINGS } from "../../findings/find.ts";
import { Dates } from "./dates.ts";
import { errorRates } from "./endpoints_text.ts";
import { whatStandsOut } from "./findings_text.ts";
import { drawGraph } from "./graph.ts";
import { overTime } from "./over_time.ts";
import { selectEndpoints, selectIps } from "./selection.ts";
import { REPORT_WIDTH } from "./text_layout.ts";
import type { TextOptions } from "./text_options.ts";
import { head, leaders, mostlyRejected, surroundings, totals } from "./totals_text.ts";
import type { View } from "./view.ts";
import { suspiciousIps, windows } from "./windows_text.ts";

/** No list has fewer rows, however small the terminal is. */
export const FEWEST_ROWS = 3;

/**
 * Renders a report for people: the answer first, then the figures in the order in which an operator needs them, with
 * log text escaped and cut to fit.
 *
 * On a terminal lists shrink until the head of the report stays in sight, and at last all blank lines and titles go;
 * no section does. Off a terminal the text depends on the report and the options alone.
 *
 * @param report The report.
 * @param options How many rows a list shows, how much room there is, and how the parts look.
 * @returns The text, with a newline at the end.
 */
export function renderText(report: Report, options: TextOptions): string {
  const { top, width = REPORT_WIDTH, lines } = options, dates = Dates.of(report);
  const view: View = {
    ...{ ...options, report, dates, width, isCompact: false, mostFindings: MOST_FINDINGS },
    // Once for all layouts: there may be a hundred thousand rows of each.
    endpoints: selectEndpoints(report, options.sort ?? "failed", top),
    ips: selectIps(report, top),
    graph: drawGraph(report, options.style, Math.min(width, REPORT_WIDTH)),
  };
  if (lines === undefined) return textOf(spacious(view));
  const fewest = Math.min(top, FEWEST_ROWS);
  const layouts: (() => string[])[] = [];
  for (let rows = top; rows >= fewest; rows--) layouts.push(() => spacious({ ...view, top: rows }));
  for (const mostFindings of [MOST_FINDINGS, 3, 2, 1]) {
    const least = { ...view, isCompact: true, mostFindings };
    for (let rows = top; rows >= fewest; rows--) {
      layouts.push(() => compact({ ...least, top: rows }));
    }
  }
  let shown: string[] = [];
  for (const layOut of layouts) {
    shown = layOut();
    // The prompt needs a line.
    if (shown.length <= lines - 1) break;
  }
  return textOf(shown);
}

function spacious(view: View): string[] {
  const sections = [
    mostlyRejected(view),
    head(view),
    totals(view),
    whatStandsOut(view),
    overTime(view),
    errorRates(view),
    windows(view),
    suspiciousIps(view),
    [...leaders(view), ...surroundings(view)],
  ];
  return sections.filter((section) => section.length > 0)
    .flatMap((section, i) => i === 0 ? section : ["", ...section]);
}

function compact(view: View): string[] {
  return [
    mostlyRejected,
    head,
    totals,
    whatStandsOut,
    overTime,
    errorRates,
    windows,
    suspiciousIps,
    surroundings,
    leaders,
  ].flatMap((section) => section(view));
}

function textOf(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
