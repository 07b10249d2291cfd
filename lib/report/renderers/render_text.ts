import { format as formatBytes } from "@std/fmt/bytes";
import { EXACT_PERCENTILES_UP_TO } from "../../aggregates/durations/duration_stats.ts";
import { printableName } from "../printable.ts";
import type { Report, RequestReport, ResponseTimeReport, Rows } from "../report.ts";
import {
  showAboutMs,
  showCount,
  showDoubted,
  showDuration,
  showInstant,
  showMs,
  showNoun,
  showPercent,
  showRange,
  showRate,
} from "./figures.ts";
import {
  DETAIL_WIDTH,
  layOutFigure,
  layOutTable,
  type Paint,
  REPORT_WIDTH,
  wrapItems,
  wrapText,
} from "./text_layout.ts";

/** How the parts of a text report look, for example in colour. */
export interface TextStyle {
  /** Titles. */
  readonly title: Paint;
  /** Details that explain a figure. */
  readonly quiet: Paint;
  /** A figure that should be zero and is not. */
  readonly alarm: Paint;
}

/** How much a text report shows, and how it looks. */
export interface TextOptions {
  /** How many rows a list shows. */
  readonly top: number;
  /** How its parts look. */
  readonly style: TextStyle;
  /** Lines that explain why most lines were rejected; absent or empty if they were not. */
  readonly explanation?: readonly string[];
}

/**
 * Renders a report for people: figures in the order in which an operator needs them, at most 80 columns
 * wide, with log text escaped and cut to fit.
 *
 * @param report The report.
 * @param options How many rows a list shows, and how its parts look.
 * @returns The text, with a newline at the end.
 */
export function renderText(report: Report, options: TextOptions): string {
  const sections = [head, totals, leaders, worstWindow, suspiciousIps, errorRates, surroundings];
  const shown = sections.map((section) => section(report, options).join("\n"));
  return `${[...mostlyRejected(report, options), ...shown].join("\n\n")}\n`;
}

/** A warning that comes first, as the figures below it leave most lines out. */
function mostlyRejected({ input }: Report, { explanation = [], style }: TextOptions): string[] {
  if (explanation.length === 0) return [];
  const count = `${showCount(input.rejected)} of ${showNoun(input.lines, "line")}`;
  const lines = explanation.flatMap((line) => wrapText(line, REPORT_WIDTH));
  return [[style.alarm(`Most lines were rejected: ${count}`), ...lines].join("\n")];
}

function head(report: Report, { style }: TextOptions): string[] {
  const { window_seconds, suspicious_over } = report.options;
  const settings = [
    `window ${showDuration(window_seconds * 1000)}`,
    `suspicious above ${showNoun(suspicious_over, "request")} of an IP in one window`,
  ];
  const lines = [...wrapItems(span(report), REPORT_WIDTH), ...wrapItems(settings, REPORT_WIDTH)];
  return [style.title("HTTP log report"), ...lines.map(style.quiet)];
}

function span({ input, total_requests }: Report): string[] {
  const { first_timestamp: first, last_timestamp: last } = input;
  if (first === null || last === null) return ["no requests"];
  const ms = Date.parse(last) - Date.parse(first);
  const range = `${showRange(cutToSecond(first), cutToSecond(last))} UTC`;
  return ms <= 0 ? [range] : [range, showDuration(ms), showRate(total_requests, ms)];
}

function cutToSecond(timestamp: string): string {
  return timestamp.replace(/\.\d+/, "");
}

function totals(report: Report, { style }: TextOptions): string[] {
  const { total_requests, successful_requests, failed_requests } = report;
  const share = (count: number) => total_requests === 0 ? "" : showPercent(count / total_requests);
  return [
    layOutFigure("Total requests", showCount(total_requests)),
    layOutFigure("Successful requests", showCount(successful_requests), {
      detail: share(successful_requests),
    }),
    layOutFigure("Failed requests", showCount(failed_requests), {
      detail: failed_requests === 0 ? "" : `${share(failed_requests)}   ` +
        `4xx ${showCount(report.failed_requests_4xx)}   ` +
        `5xx ${showCount(report.failed_requests_5xx)}`,
      paint: alarmOver0(failed_requests, style),
    }),
  ];
}

function leaders(report: Report, { style }: TextOptions): string[] {
  const busiest = report.busiest_endpoint;
  return [
    ...timed("Fastest endpoint", report.fastest_endpoint, style),
    ...timed("Slowest endpoint", report.slowest_endpoint, style),
    busiest === null ? layOutFigure("Busiest endpoint", "none") : layOutFigure(
      "Busiest endpoint",
      showDoubted(busiest.requests, busiest.requests_error),
      { detail: printableName(busiest.endpoint) },
    ),
  ];
}

function timed(label: string, request: RequestReport | null, style: TextStyle): string[] {
  if (request === null) return [layOutFigure(label, "none")];
  return [
    layOutFigure(label, showMs(request.response_time), {
      detail: `${printableName(request.method)} ${printableName(request.endpoint)}`,
    }),
    layOutFigure("", "", {
      detail: `at ${showInstant(request.timestamp)}`,
      paintDetail: style.quiet,
    }),
  ];
}

function worstWindow(
  { worst_window: window, accuracy }: Report,
  { style, top }: TextOptions,
): string[] {
  if (window === null) return [layOutFigure("Worst window", "none")];
  const ips = window.suspicious_ips;
  const shown = ips.slice(0, rowsToShow(ips.length, top)).map(printableName);
  if (shown.length < ips.length) shown.push(`and ${showCount(ips.length - shown.length)} more`);
  const [firstLine, ...otherLines] = wrapItems(shown, DETAIL_WIDTH);
  const alarming = (label: string, count: number) =>
    layOutFigure(label, showDoubted(count, doubted), { paint: alarmOver0(count, style) });
  const doubted = accuracy["worst_window"]?.bound;
  const lacking = accuracy["worst_window.total_requests"]?.bound;
  return [
    `${style.title("Worst window")}  ${showRange(window.start, window.end)}`,
    layOutFigure("  total", showDoubted(window.total_requests, lacking)),
    alarming("  4xx", window.failed_requests_4xx),
    alarming("  5xx", window.failed_requests_5xx),
    layOutFigure("  suspicious IPs", showCount(ips.length), {
      detail: firstLine,
      paint: alarmOver0(ips.length, style),
    }),
    ...otherLines.map((detail) => layOutFigure("", "", { detail })),
  ];
}

const SUSPICIOUS_IP_TITLES = ["peak", "windows", "first window", "IP"];

function suspiciousIps({ suspicious_ips: ips }: Report, { style, top }: TextOptions): string[] {
  if (ips.length === 0) return [layOutFigure("Suspicious IPs", "none")];
  const rows = first(ips, top).map((client) => [
    showDoubted(client.peak_requests, client.peak_requests_error),
    showDoubted(client.windows, client.windows_in_doubt),
    showInstant(client.first_window),
    printableName(client.ip),
  ]);
  return [
    `${style.title("Suspicious IPs")}  ${showCount(ips.length)}`,
    ...layOutTable(SUSPICIOUS_IP_TITLES, rows, style.quiet),
    ...more(ips.length - rows.length, style),
  ];
}

function errorRates(
  { endpoints, endpoints_other: other }: Report,
  { style, top }: TextOptions,
): string[] {
  if (endpoints.length === 0) return [layOutFigure("Error rates", "none")];
  const shown = first(endpoints, top);
  const slowest = shown.flatMap((row) => percentiles(row.response_time).slice(-1))[0];
  const rows = shown.map((row) => [
    showPercent(row.error_rate),
    showDoubted(row.requests, row.requests_error),
    showCount(row.failed_requests_4xx),
    showCount(row.failed_requests_5xx),
    ...(slowest === undefined ? [] : [percentiles(row.response_time).at(-1)?.figure ?? "-"]),
    printableName(row.endpoint),
  ]);
  const titles = ["error rate", "requests", "4xx", "5xx", ...(slowest ? [slowest.name] : [])];
  return [
    `${style.title("Error rate of each endpoint")}  busiest first`,
    ...layOutTable([...titles, "endpoint"], rows, style.quiet),
    ...more(endpoints.length - rows.length, style),
    ...(other.requests === 0 ? [] : [
      style.quiet(
        `  ${showNoun(other.requests, "request")} not surely of a row, ` +
          `${showCount(other.failed_requests)} of them failed`,
      ),
    ]),
  ];
}

/** The percentiles of a report, ascending; `~` marks estimates. */
function percentiles(times: ResponseTimeReport | null): { name: string; figure: string }[] {
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

function surroundings(report: Report, { style, top }: TextOptions): string[] {
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
      times === null ? [] : [
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
        ? []
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
    wrapItems(items.length === 0 ? ["none"] : items, SURROUNDINGS_WIDTH).map((line, i) =>
      (i === 0 ? label : "").padEnd(SURROUNDINGS_LABEL) + style.quiet(line)
    )
  );
}

const SURROUNDINGS_LABEL = 20;
const SURROUNDINGS_WIDTH = 60;

function first<Row>(rows: Rows<Row>, top: number): Row[] {
  return Iterator.from(rows).take(rowsToShow(rows.length, top)).toArray();
}

/** How many rows to show: never all but one, as the line that says so would need the room of that one. */
function rowsToShow(rows: number, top: number): number {
  return rows <= top + 1 ? rows : top;
}

function more(rows: number, style: TextStyle): string[] {
  return rows === 0 ? [] : [
    style.quiet(`  … and ${showCount(rows)} more: --top N shows more, -o json all`),
  ];
}

function alarmOver0(count: number, style: TextStyle): Paint | undefined {
  return count > 0 ? style.alarm : undefined;
}
