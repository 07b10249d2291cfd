import { cutToWidth, displayWidth } from "./display_width.ts";

/** Changes how a text looks without changing its width, for example its colour. */
export type Paint = (text: string) => string;

/** How wide a text report is, in columns. */
export const REPORT_WIDTH = 80;

const LABEL_WIDTH = 20;
const VALUE_WIDTH = 12;
const DETAIL_START = LABEL_WIDTH + VALUE_WIDTH + 3;

/** How much room {@linkcode layOutFigure} has for its detail, in columns. */
export const DETAIL_WIDTH: number = REPORT_WIDTH - DETAIL_START;

/**
 * Lays out one figure: its label, its value to the right of a column that all figures share, and
 * what explains it.
 *
 * @param label The label, up to 20 columns; empty in a line that goes on.
 * @param value The value.
 * @param options The detail, cut to fit, and paints for value and detail.
 * @returns One line without a newline.
 */
export function layOutFigure(
  label: string,
  value: string,
  { detail = "", paint = plain, paintDetail = plain }: {
    readonly detail?: string | undefined;
    readonly paint?: Paint | undefined;
    readonly paintDetail?: Paint | undefined;
  } = {},
): string {
  const start = label.padEnd(LABEL_WIDTH) + paint(value.padStart(VALUE_WIDTH));
  if (detail === "") return start.trimEnd();
  return `${start}   ${paintDetail(cutToWidth(detail, DETAIL_WIDTH))}`;
}

/** One column of a table. */
export interface Column {
  /** What stands above it. */
  readonly title: string;
  /** Its width in columns. */
  readonly width: number;
  /** On which side its cells stand. */
  readonly align: "left" | "right";
}

/**
 * Lays out a table, its columns two blanks apart, its cells cut to fit.
 *
 * @param columns The columns.
 * @param rows The cells of each row, printable text, as many as there are columns.
 * @param paintTitles A paint for the line of titles.
 * @returns The lines, titles first.
 */
export function layOutTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paintTitles: Paint,
): string[] {
  const line = (cells: readonly string[]) =>
    columns.map((column, i) => layOutCell(cells[i] ?? "", column)).join("  ").trimEnd();
  return [paintTitles(line(columns.map(({ title }) => title))), ...rows.map(line)];
}

function layOutCell(text: string, { width, align }: Column): string {
  const cut = cutToWidth(text, width);
  const padding = " ".repeat(width - displayWidth(cut));
  return align === "left" ? cut + padding : padding + cut;
}

/**
 * Fills lines with items, parted by commas.
 *
 * @param items Printable texts.
 * @param width How wide a line may be; a longer item is cut.
 * @returns The lines, none without items.
 */
export function wrapItems(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [i, item] of items.entries()) {
    const text = cutToWidth(item, width - 1) + (i < items.length - 1 ? "," : "");
    const longer = line === "" ? text : `${line} ${text}`;
    if (line !== "" && displayWidth(longer) > width) {
      lines.push(line);
      line = text;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}

function plain(text: string): string {
  return text;
}
