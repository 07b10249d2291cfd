import { format as formatBytes } from "@std/fmt/bytes";
import { printable, printableName } from "../printable.ts";
import type { RequestReport } from "../report.ts";
import { USUAL_PERCENTILES } from "../usual_percentiles.ts";
import { cutMiddle, displayWidth } from "./display_width.ts";
import {
  percentiles,
  showCount,
  showDoubted,
  showDuration,
  showNoun,
  showPercent,
  showRate,
  showTime,
} from "./figures.ts";
import { fillLines, type Item, REPORT_WIDTH, textOf, withRightEnd } from "./text_layout.ts";
import { inBrackets, rowsToShow } from "./text_options.ts";
import type { View } from "./view.ts";

const LABEL = 10;

/** What the report is about: its title, and the span of the log. */
export function head({ report, dates, style, width }: View): string[] {
  const { first_timestamp: first, last_timestamp: last } = report.input;
  const title = { text: "HTTP log report", paint: style.title };
  if (first === null || last === null) {
    return [`${style.title(title.text)}  no requests`, ...chosen({ report, style, width })];
  }
  const ms = Date.parse(last) - Date.parse(first);
  const span = ms <= 0 ? dates.span() : [
    dates.span(),
    showDuration(ms),
    showRate(report.total_requests, ms),
  ].join(", ");
  const line = withRightEnd(title, span, Math.min(width, REPORT_WIDTH));
  const lines = line === undefined
    ? [style.title(title.text), ...fillLines(span.split(", "), { width, gap: ", " })]
    : [line];
  return [...lines, ...chosen({ report, style, width })];
}

/** Which requests count, where not all do, or where their endpoints were changed. */
function chosen(
  { report: { input, options: { selection } }, style, width }: Pick<
    View,
    "report" | "style" | "width"
  >,
): string[] {
  if (selection === undefined) return [];
  const words = printable(selection).split(" "), of = input.records + input.filtered;
  const count = input.filtered === 0
    ? []
    : [`(${showCount(input.records)} of ${showNoun(of, "record")})`];
  return fillLines([...words, ...count], { width, gap: " ", first: "Chosen  ", indent: "        " })
    .map(style.quiet);
}

/** A warning that comes first, as the figures below it leave most lines out. */
export function mostlyRejected({ report: { input }, style }: View): string[] {
  if (input.rejected <= input.records) return [];
  const count = `${showCount(input.rejected)} of ${showNoun(input.lines, "line")}`;
  return [style.alarm(`Most lines were rejected: ${count}`)];
}

/** How many requests there were, and how long they took. */
export function totals(view: View): string[] {
  const { report, style, width } = view;
  const { total_requests: all, successful_requests: ok, failed_requests: failed } = report;
  const share = (count: number) => all === 0 ? "" : `  ${showPercent(count / all)}`;
  const counts: Item[] = [
    showCount(all),
    `ok ${showCount(ok)}${share(ok)}`,
    {
      text: `FAILED ${showCount(failed)}${share(failed)}`,
      paint: failed > 0 ? style.title : undefined,
    },
    {
      text: `5xx ${showCount(report.failed_requests_5xx)}`,
      paint: report.failed_requests_5xx > 0 ? style.alarm : undefined,
    },
    {
      text: `4xx ${showCount(report.failed_requests_4xx)}`,
      paint: report.failed_requests_4xx > 0 ? style.warning : undefined,
    },
  ];
  return [...labelled("Requests", counts, width, style.title), ...times(view)];
}

function times({ report, style, reasons, width }: View): string[] {
  const { response_time: its, slow_requests: slow, options } = report;
  if (its === null) {
    return labelled(
      "Times",
      [`none ${inBrackets(reasons?.responseTimes)}`.trimEnd()],
      width,
      style.title,
    );
  }
  const all = percentiles(its).map(({ name, figure }) => `${name} ${figure}`);
  const rest = [
    `max ${showTime(its.max)}`,
    `${showCount(slow)} above ${showTime(options.slow_over_ms)}`,
  ];
  const usual = USUAL_PERCENTILES.map((percentile) => `p${percentile}`);
  const isUsual = all.length === usual.length &&
    all.every((one, i) => one.startsWith(`${usual[i]} `));
  // Four would not fit on the line; the middle ones say least.
  const shown = isUsual ? [all[0]!, ...all.slice(-2)] : all;
  return labelled("Times", [...shown, ...rest], width, style.title);
}

/** The fastest, the slowest and the busiest: single requests, and an endpoint. */
export function leaders(view: View): string[] {
  const { report, style, width, reasons, isCompact } = view, why = reasons?.responseTimes;
  const { fastest_endpoint: fastest, slowest_endpoint: slowest, busiest_endpoint: busiest } =
    report;
  const named = (label: string, request: RequestReport | null) =>
    isCompact ? shortly(label, request, view) : [timed(label, request, why, view)];
  const count = busiest === null ? "none" : showDoubted(busiest.requests, busiest.requests_error);
  const endpoint = busiest === null ? "" : printableName(busiest.endpoint);
  if (isCompact) {
    const parts = [
      ...named("Fastest", fastest),
      ...named("Slowest", slowest),
      `Busiest ${count} ${endpoint}`.trimEnd(),
      `Input ${inputOf(view).join(", ")}`,
    ];
    return fillLines(parts.map((text) => cutMiddle(text, width)), { width, gap: "   " });
  }
  const share = busiest === null
    ? ""
    : `${showPercent(busiest.requests / report.total_requests)} of all requests`;
  const label = "Busiest", blanks = " ".repeat(LABEL - label.length);
  return [
    ...named("Fastest", fastest),
    ...named("Slowest", slowest),
    style.title(label) + blanks + inColumns([count, endpoint, share], width - LABEL),
  ];
}

function shortly(label: string, request: RequestReport | null, { width }: View): string[] {
  if (request === null) return [`${label} none`];
  const text = `${label} ${showTime(request.response_time)} ${printableName(request.method)} ` +
    printableName(request.endpoint);
  return [cutMiddle(text, Math.floor((width - 3) / 2))];
}

function timed(
  label: string,
  request: RequestReport | null,
  why: string | undefined,
  { style, width, dates }: View,
): string {
  const start = style.title(label) + " ".repeat(LABEL - label.length);
  if (request === null) return start + `none ${inBrackets(why)}`.trimEnd();
  const target = `${printableName(request.method)} ${printableName(request.endpoint)}`;
  return start +
    inColumns(
      [showTime(request.response_time), target, dates.instant(request.timestamp)],
      width - LABEL,
    );
}

/** A figure, a target and a detail in columns; the target is cut in its middle. */
function inColumns([figure, target, detail]: readonly string[], width: number): string {
  const first = `${figure} `.padEnd(FIGURE), room = width - first.length - detail!.length - 2;
  const shown = cutMiddle(target!, Math.max(1, room));
  const blanks = Math.min(TARGET, room) - displayWidth(shown);
  return `${first}${shown}${" ".repeat(Math.max(0, blanks))}  ${detail}`.trimEnd();
}

const FIGURE = 10, TARGET = 24;

/** Statuses, methods, and the input: what is known beyond the figures that an operator asks for first. */
export function surroundings(view: View): string[] {
  const { report, style, width } = view;
  const statuses = tally(Object.entries(report.statuses), view).map(({ key, text }) => ({
    text,
    paint: key.startsWith("5") ? style.alarm : key.startsWith("4") ? style.warning : undefined,
  }));
  const methods = tally([...report.methods], view);
  const input = labelled("Input", inputOf(view), width, style.title, ", ");
  return [
    ...labelled("Statuses", statuses.length === 0 ? ["none"] : statuses, width, style.title),
    ...labelled("Methods", methods.length === 0 ? ["none"] : methods, width, style.title),
    // In a compact report it stands beside what was busiest.
    ...view.isCompact ? [] : input,
  ];
}

function inputOf({ report: { input, options } }: View): string[] {
  const counts: readonly (readonly [count: number, text: string])[] = [
    [input.blank, `${showCount(input.blank)} blank`],
    [input.context, `${showCount(input.context)} no finished request`],
    [input.filtered, `${showNoun(input.filtered, "record")} left out`],
    [input.without_endpoint, `${showNoun(input.without_endpoint, "request")} without endpoint`],
    [input.without_client, `${showNoun(input.without_client, "request")} without client`],
    [input.assumed_zone, `${showNoun(input.assumed_zone, "time")} without a zone`],
  ];
  const rejected = input.rejected === 0 ? "none rejected" : `${showCount(input.rejected)} rejected`;
  const items = [
    showNoun(input.lines, "line"),
    formatBytes(input.bytes),
    rejected,
    ...counts.filter(([count]) => count > 0).map(([, text]) => text),
  ];
  const last = items.pop()!;
  return [...items, `${last}; window ${showDuration(options.window_seconds * 1000)}`];
}

function tally(
  counts: readonly (readonly [string, number])[],
  { top }: View,
): { readonly key: string; readonly text: string }[] {
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  const shown = byCount.slice(0, rowsToShow(counts.length, top));
  const rest = counts.length - shown.length;
  return [
    ...shown.map(([key, count]) => ({ key, text: `${printableName(key)} ${showCount(count)}` })),
    ...rest > 0 ? [{ key: "", text: `${showCount(rest)} more` }] : [],
  ];
}

/** Fills lines with figures behind a label; the gap between them is as wide as one line allows. */
function labelled(
  label: string,
  items: readonly Item[],
  width: number,
  paint: (text: string) => string,
  gap?: string,
): string[] {
  const indent = " ".repeat(LABEL), room = width - LABEL;
  const used = items.reduce((sum, item) => sum + textOf(item).length, 0);
  const wide = Math.floor((room - used) / Math.max(1, items.length - 1));
  const between = gap ?? " ".repeat(Math.min(4, Math.max(2, wide)));
  return fillLines(items, { width: room, gap: between }).map((line, i) =>
    (i === 0 ? paint(label) + " ".repeat(LABEL - label.length) : indent) + line
  );
}
