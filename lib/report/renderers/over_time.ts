import type { Report } from "../report.ts";
import { displayWidth } from "./display_width.ts";
import { showCount, showDuration, showPercent } from "./figures.ts";
import { sparkline } from "./sparkline.ts";
import { type Paint, REPORT_WIDTH } from "./text_layout.ts";
import { percentiles } from "./percentiles.ts";
import type { View } from "./view.ts";

/** How many columns the lines over time have at most. */
export const MOST_COLUMNS = 60;

const LABEL = 11;

interface Column {
  requests: number;
  failed: number;
  /** The highest percentile of the steps in it, in milliseconds, and how it is shown. */
  percentile: { readonly ms: number; readonly shown: string } | undefined;
}

/** The columns of a report: each is some steps of the timeline, and as long as all others. */
interface Columns {
  readonly startMs: number;
  readonly stepMs: number;
  readonly columns: readonly Column[];
}

/** Draws requests, failures and response times over time; nothing if there is but one column. */
export function overTime(view: View): string[] {
  const { report, style, isCompact } = view;
  // Wider, the figures would be far from their bars.
  const width = Math.min(view.width, REPORT_WIDTH);
  let drawn = columnsOf(report, MOST_COLUMNS), rows = rowsOf(drawn, view);
  const room = () => width - LABEL - drawn.columns.length - 1;
  // A figure of many digits takes the room of columns.
  if (rows.some(({ most }) => most.length > room())) {
    drawn = columnsOf(report, MOST_COLUMNS / 2);
    rows = rowsOf(drawn, view);
  }
  if (drawn.columns.length < 2) return [];
  const step = `${showDuration(drawn.stepMs)} a column`,
    axis = " ".repeat(LABEL) + axisOf(drawn, view);
  const lines = rows.map(({ label, values, most, paint = (text) => text }) =>
    label.padEnd(LABEL) + paint(sparkline(values)) + most.padStart(room() + 1)
  );
  if (!isCompact) {
    const blanks = width - displayWidth(`Over time  ${step}`);
    const title = `${style.title("Over time")}  ${step}${style.quiet("most".padStart(blanks))}`;
    return [title, ...lines, axis];
  }
  const left = width - displayWidth(axis);
  return [...lines, left >= step.length + 2 ? axis + style.quiet(step.padStart(left)) : axis];
}

/** A line of bars: what it shows, and its highest value in figures. */
interface Row {
  readonly label: string;
  readonly values: readonly (number | undefined)[];
  readonly most: string;
  readonly paint?: Paint;
}

function rowsOf({ columns }: Columns, { report, style }: View): Row[] {
  const came = (of: (column: Column) => number) =>
    columns.map((column) => column.requests === 0 ? undefined : of(column));
  const highest = (values: readonly (number | undefined)[]) =>
    Math.max(0, ...values.map((value) => value ?? 0));
  const requests = came((column) => column.requests);
  const failed = came((column) => column.failed / column.requests);
  const timed = columns.map(({ percentile }) => percentile?.ms), longest = highest(timed);
  const shown = columns.find(({ percentile }) => percentile?.ms === longest)?.percentile?.shown;
  return [
    { label: "requests", values: requests, most: showCount(highest(requests)) },
    ...report.failed_requests === 0 ? [] : [
      { label: "failed", values: failed, most: showPercent(highest(failed)), paint: style.alarm },
    ],
    ...shown === undefined || longest === 0 ? [] : [
      { label: percentileName(report), values: timed, most: shown },
    ],
  ];
}

/** The percentile that is drawn: the 95th, or else the highest that there is. */
function percentileName({ response_time: times }: Report): string {
  const names = percentiles(times).map(({ name }) => name);
  return names.includes("p95") ? "p95" : names.at(-1) ?? "";
}

/** Sums up steps until there are at most as many columns as fit. */
function columnsOf(report: Report, most: number): Columns {
  const { timeline, response_time_steps: timed, options } = report;
  const steps = [...timeline].map((step) => ({ ...step, ms: Date.parse(step.start) }));
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return { startMs: 0, stepMs: 1, columns: [] };
  let stepMs = Math.max(options.timeline_step_seconds, timed.step_seconds) * 1000;
  const columnOf = (ms: number) => Math.floor(ms / stepMs);
  while (columnOf(last.ms) - columnOf(first.ms) >= most) stepMs *= 2;
  const start = columnOf(first.ms), size = columnOf(last.ms) - start + 1;
  const columns = Array.from(
    { length: size },
    (): Column => ({ requests: 0, failed: 0, percentile: undefined }),
  );
  for (const step of steps) {
    const column = columns[columnOf(step.ms) - start]!;
    column.requests += step.total_requests;
    column.failed += step.failed_requests;
  }
  const name = percentileName(report);
  for (const { start: at, response_time } of timed.steps) {
    const column = columns[columnOf(Date.parse(at)) - start];
    const found = percentiles(response_time).find((one) => one.name === name);
    if (column === undefined || found === undefined) continue;
    if (column.percentile === undefined || found.ms > column.percentile.ms) {
      column.percentile = { ms: found.ms, shown: found.figure };
    }
  }
  return { startMs: start * stepMs, stepMs, columns };
}

/** Lengths between two labels of the axis, in seconds. */
const TICKS = [
  ...[1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200],
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((days) => 86_400 * days),
];

/** Labels of the axis: the first column, and round times at least a label apart. */
function axisOf({ startMs, stepMs, columns }: Columns, { dates, report }: View): string {
  const iso = (ms: number) => new Date(ms).toISOString();
  const isLong = columns.length * stepMs > 2 * 86_400_000;
  const labelOf = (ms: number) => {
    if (isLong) return dates.date(iso(ms));
    const clock = iso(ms).slice(11, stepMs < 60_000 ? 19 : 16);
    return ms % 86_400_000 === 0 ? dates.date(iso(ms)) : clock;
  };
  // The first column may begin before the log does.
  const firstMs = Math.max(startMs, Date.parse(report.input.first_timestamp ?? iso(startMs)));
  const first = isLong
    ? dates.date(iso(firstMs))
    : dates.instant(iso(firstMs - firstMs % Math.min(stepMs, 60_000)));
  const apart = displayWidth(labelOf(startMs + 1000)) + 4;
  const least = isLong ? 86_400 : 0;
  const tickMs = 1000 *
    (TICKS.find((seconds) => seconds >= least && 1000 * seconds / stepMs >= apart) ??
      TICKS.at(-1)!);
  let axis = first;
  for (let ms = Math.ceil((startMs + 1) / tickMs) * tickMs;; ms += tickMs) {
    const column = Math.floor((ms - startMs) / stepMs), label = labelOf(ms);
    if (column + displayWidth(label) > Math.max(columns.length, displayWidth(first))) return axis;
    if (column >= displayWidth(axis) + 2) axis = axis.padEnd(column) + label;
  }
}
