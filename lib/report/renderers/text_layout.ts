import { cutToWidth, displayWidth } from "./display_width.ts";

/** Changes how a text looks without changing its width, for example its colour. */
export type Paint = (text: string) => string;

/** How wide a text report is, in columns. */
export const REPORT_WIDTH = 80;

const LABEL_WIDTH = 20;
const VALUE_WIDTH = 12;
const DETAIL_START = LABEL_WIDTH + VALUE_WIDTH + 3;

/** How wide the detail of {@linkcode layOutFigure} may be, in columns. */
export const DETAIL_WIDTH: number = REPORT_WIDTH - DETAIL_START;

/**
 * Lays out one figure: its label, its value, right-aligned in a column that all figures share, and a detail
 * that explains it.
 *
 * @param label The label, up to 20 columns; empty in a continuation line.
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
  // If the value is wider than its column, the detail has less room.
  const room = DETAIL_WIDTH - Math.max(0, displayWidth(value) - VALUE_WIDTH);
  return `${start}   ${paintDetail(cutToWidth(detail, Math.max(1, room)))}`.trimEnd();
}

/**
 * Lays out a table, with two blanks between columns. The last column is left-aligned and cut to the rest of the
 * line; all others are right-aligned and as wide as their widest cell.
 *
 * @param titles The titles of the columns.
 * @param rows The cells of each row: printable texts, one for each title.
 * @param paintTitles The paint of the line of titles.
 * @returns The lines, titles first.
 */
export function layOutTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  paintTitles: Paint,
): string[] {
  const widths = titles.slice(0, -1).map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column]!)].map(displayWidth))
  );
  const used = widths.reduce((sum, width) => sum + width + GAP.length, 0);
  const layOutRow = (cells: readonly string[]) => {
    const last = cutToWidth(cells.at(-1)!, Math.max(1, REPORT_WIDTH - used));
    const others = widths.map((width, column) => padToRight(cells[column]!, width));
    return [...others, last].join(GAP).trimEnd();
  };
  return [paintTitles(layOutRow(titles)), ...rows.map(layOutRow)];
}

const GAP = "  ";

function padToRight(text: string, width: number): string {
  return " ".repeat(width - displayWidth(text)) + text;
}

/**
 * Fills lines with items, separated by commas.
 *
 * @param items Printable texts.
 * @param width How wide a line may be; a longer item is cut.
 * @returns The lines; none if there are no items.
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
