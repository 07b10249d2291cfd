import { parseTimestamp } from "../../../schema.ts";
import type { Report } from "../report.ts";
import { percentiles, showCount, showPercent } from "./figures.ts";
import type { Paint } from "./text_layout.ts";
import type { TextStyle } from "./text_options.ts";

/** How many columns the lines over time have at most. */
export const MOST_COLUMNS = 60;

/** How wide the label at the front of a line is, in columns of text. */
export const LABEL = 11;

/** What came in some steps of the timeline. */
export interface Column {
  /** All requests. */
  requests: number;
  /** Those that failed. */
  failed: number;
  /** The highest percentile of the steps in it, in milliseconds, and how it is shown. */
  percentile: { readonly ms: number; readonly shown: string } | undefined;
}

/** The columns of a report: each is some steps of the timeline, and as long as all others. */
export interface Columns {
  /** When the first begins, in milliseconds since 1970. */
  readonly startMs: number;
  /** How long each is, in milliseconds. */
  readonly stepMs: number;
  /** Those columns, the earliest first. */
  readonly columns: readonly Column[];
}

/** A line of bars. */
export interface Row {
  /** What it shows. */
  readonly label: string;
  /** Its values; `undefined` where there is none. */
  readonly values: readonly (number | undefined)[];
  /** The highest in figures. */
  readonly most: string;
  /** How it looks. */
  readonly paint?: Paint;
}

/** Lines of bars over time, drawn once for all layouts. */
export interface Graph {
  /** How wide a line is. */
  readonly width: number;
  /** What the bars stand for. */
  readonly columns: Columns;
  /** The lines. */
  readonly rows: readonly Row[];
}

/**
 * Draws requests, failures and response times over time.
 *
 * @param report The report.
 * @param style How failures look.
 * @param width How wide a line may be: wider, the figures at its end would be far from their bars.
 */
export function drawGraph(report: Report, style: TextStyle, width: number): Graph {
  const draw = (most: number) => {
    const columns = columnsOf(report, most);
    return { width, columns, rows: rowsOf(columns, report, style) };
  };
  const graph = draw(MOST_COLUMNS), room = roomOf(graph);
  // A figure of many digits takes the room of columns.
  return graph.rows.some(({ most }) => most.length >= room) ? draw(MOST_COLUMNS / 2) : graph;
}

/** How many columns of text are left at the end of a line of a graph. */
export function roomOf({ width, columns: { columns } }: Graph): number {
  return width - LABEL - columns.length;
}

function rowsOf({ columns }: Columns, report: Report, style: TextStyle): Row[] {
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
  const [first] = timeline, last = report.input.last_timestamp;
  if (first === undefined || last === null) return { startMs: 0, stepMs: 1, columns: [] };
  const firstMs = first.startMs, lastMs = parseTimestamp(last)! / 1000;
  let stepMs = Math.max(options.timeline_step_seconds, timed.step_seconds) * 1000;
  const columnOf = (ms: number) => Math.floor(ms / stepMs);
  while (columnOf(lastMs) - columnOf(firstMs) >= most) stepMs *= 2;
  const start = columnOf(firstMs), size = columnOf(lastMs) - start + 1;
  const columns = Array.from(
    { length: size },
    (): Column => ({ requests: 0, failed: 0, percentile: undefined }),
  );
  for (const step of timeline) {
    const column = columns[columnOf(step.startMs) - start]!;
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
