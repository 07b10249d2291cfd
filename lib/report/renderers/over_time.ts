import { displayWidth } from "./display_width.ts";
import { showDuration } from "./figures.ts";
import { type Columns, LABEL, roomOf } from "./graph.ts";
import type { View } from "./view.ts";

/** Lays out what came over time; nothing if there is but one column. */
export function overTime(view: View): string[] {
  const { style, isCompact, graph } = view, { width, columns, rows } = graph;
  if (columns.columns.length < 2) return [];
  const step = `${showDuration(columns.stepMs)} a column`;
  const axis = " ".repeat(LABEL) + axisOf(columns, view);
  const lines = rows.map(({ label, values, most, paint = (text) => text }) =>
    label.padEnd(LABEL) + paint(sparkline(values)) + most.padStart(roomOf(graph))
  );
  if (!isCompact) {
    const blanks = width - displayWidth(`Over time  ${step}`);
    const title = `${style.title("Over time")}  ${step}${style.quiet("most".padStart(blanks))}`;
    return [title, ...lines, axis];
  }
  const left = width - displayWidth(axis);
  return [...lines, left >= step.length + 2 ? axis + style.quiet(step.padStart(left)) : axis];
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

const BARS = "▁▂▃▄▅▆▇█";

/**
 * Draws values as bars of eight heights, the highest as a full block.
 *
 * @param values The values, 0 or above; `undefined` where there is none, which is drawn as a blank.
 * @returns One character for each value.
 *
 * @example A gap, and a rush
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sparkline } from "./over_time.ts";
 *
 * assertEquals(sparkline([0, 1, undefined, 7]), "▁▂ █");
 * ```
 */
export function sparkline(values: readonly (number | undefined)[]): string {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return values.map((value) =>
    value === undefined ? " " : BARS[most === 0 ? 0 : Math.round(7 * value / most)]
  ).join("");
}
