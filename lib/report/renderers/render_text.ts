import { printableName } from "../printable.ts";
import type { Report, RequestReport, Rows } from "../report.ts";
import {
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
} from "./text_layout.ts";
import { inBrackets, rowsToShow, type TextOptions, type TextStyle } from "./text_options.ts";
import { percentiles, surroundings } from "./surroundings.ts";

/**
 * Renders a report for people: figures in the order in which an operator needs them, at most 80 columns
 * wide, with log text escaped and cut to fit.
 *
 * @param report The report.
 * @param options How many rows a list shows, and how its parts look.
 * @returns The text, with a newline at the end.
 */
export function renderText(report: Report, options: TextOptions): string {
  const sections = [
    head,
    totals,
    leaders,
    worstWindow,
    slowestWindow,
    suspiciousIps,
    errorRates,
    surroundings,
  ];
  const shown = sections.map((section) => section(report, options).join("\n"));
  return `${[...mostlyRejected(report, options), ...shown].join("\n\n")}\n`;
}

/** A warning that comes first, as the figures below it leave most lines out. */
function mostlyRejected({ input }: Report, { style }: TextOptions): string[] {
  if (input.rejected <= input.records) return [];
  const count = `${showCount(input.rejected)} of ${showNoun(input.lines, "line")}`;
  return [style.alarm(`Most lines were rejected: ${count}`)];
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
  const { total_requests, successful_requests, failed_requests, slow_requests } = report;
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
    ...report.response_time === null ? [] : [
      layOutFigure("Slow requests", showCount(slow_requests), {
        detail: `${share(slow_requests)}   above ${showSlow(report)}`,
      }),
    ],
  ];
}

function showSlow({ options }: Report): string {
  return showDuration(options.slow_over_ms);
}

function leaders(report: Report, { style, reasons }: TextOptions): string[] {
  const busiest = report.busiest_endpoint, why = reasons?.responseTimes;
  return [
    ...timed("Fastest endpoint", report.fastest_endpoint, { style, why }),
    ...timed("Slowest endpoint", report.slowest_endpoint, { style, why }),
    busiest === null ? layOutFigure("Busiest endpoint", "none") : layOutFigure(
      "Busiest endpoint",
      showDoubted(busiest.requests, busiest.requests_error),
      { detail: printableName(busiest.endpoint) },
    ),
  ];
}

function timed(
  label: string,
  request: RequestReport | null,
  { style, why }: { readonly style: TextStyle; readonly why: string | undefined },
): string[] {
  if (request === null) {
    return [layOutFigure(label, "none", { detail: inBrackets(why), paintDetail: style.quiet })];
  }
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

function slowestWindow(
  { slowest_window: window, accuracy }: Report,
  { style, reasons }: TextOptions,
): string[] {
  if (window === null) {
    const detail = inBrackets(reasons?.responseTimes);
    return [layOutFigure("Slowest window", "none", { detail, paintDetail: style.quiet })];
  }
  const slow = showDoubted(window.slow_requests, accuracy["slowest_window"]?.bound);
  return [
    `${style.title("Slowest window")}  ${showRange(window.start, window.end)}`,
    layOutFigure("  total", showCount(window.total_requests)),
    layOutFigure("  slow", slow, {
      detail: showPercent(window.slow_requests / window.total_requests),
    }),
    layOutFigure("  mean", showMs(window.mean_response_time)),
  ];
}

const SUSPICIOUS_IP_TITLES = ["peak", "windows", "first window", "IP"];

function suspiciousIps(
  { suspicious_ips: ips }: Report,
  { style, top, reasons }: TextOptions,
): string[] {
  if (ips.length === 0) {
    const detail = inBrackets(reasons?.clients);
    return [layOutFigure("Suspicious IPs", "none", { detail, paintDetail: style.quiet })];
  }
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

function first<Row>(rows: Rows<Row>, top: number): Row[] {
  return Iterator.from(rows).take(rowsToShow(rows.length, top)).toArray();
}

function more(rows: number, style: TextStyle): string[] {
  return rows === 0 ? [] : [
    style.quiet(`  … and ${showCount(rows)} more: --top N shows more, -o json all`),
  ];
}

function alarmOver0(count: number, style: TextStyle): Paint | undefined {
  return count > 0 ? style.alarm : undefined;
}
