import { cutMiddle, cutToWidth, displayWidth } from "./display_width.ts";

/** Changes how a text looks without changing its width, for example its colour. */
export type Paint = (text: string) => string;

/** How wide a text report is, in columns, where nothing says otherwise. */
export const REPORT_WIDTH = 80;

/** The widest that a text report becomes: lines that are longer are hard to read. */
export const WIDEST_REPORT = 160;

/** A piece of text, and how it looks. */
export interface Piece {
  /** Printable text. */
  readonly text: string;
  /** How it looks; as it is, if absent. */
  readonly paint?: Paint | undefined;
}

/** A cell of a table, or an item of a line: a text, or a piece. */
export type Item = string | Piece;

/** The text of an item. */
export function textOf(item: Item): string {
  return typeof item === "string" ? item : item.text;
}

/** An item as it looks. */
export function painted(item: Item): string {
  return typeof item === "string" ? item : item.paint?.(item.text) ?? item.text;
}

/** The title of a column, and how its cells stand: texts to the left, numbers to the right. */
export interface Column {
  /** The title. */
  readonly title: string;
  /** Whether its cells stand to the left. */
  readonly isText?: boolean;
}

/** How wide each column of a table becomes: as wide as its widest cell. */
export function widthsOf(
  columns: readonly Column[],
  rows: readonly (readonly Item[])[],
): number[] {
  // Not as arguments of one call: there may be more rows than a call takes.
  return columns.map(({ title }, i) =>
    rows.reduce(
      (width, row) => Math.max(width, displayWidth(textOf(row[i]!))),
      displayWidth(title),
    )
  );
}

/**
 * Lays out a table, with two blanks between columns. The last column is cut in its middle to the rest of the line.
 *
 * @param columns The columns.
 * @param rows The cells of each row: one for each column.
 * @param options How wide a line may be, and the paint of the titles.
 * @returns The lines, titles first.
 */
export function layOutTable(
  columns: readonly Column[],
  rows: readonly (readonly Item[])[],
  { width, paintTitles }: { readonly width: number; readonly paintTitles: Paint },
): string[] {
  const widths = widthsOf(columns, rows);
  const used = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const lastWidth = Math.max(1, width - used);
  const layOutRow = (cells: readonly Item[]) =>
    cells.map((cell, i) => {
      if (i === cells.length - 1) {
        return painted(mapText(cell, (text) => cutMiddle(text, lastWidth).trimEnd()));
      }
      const blanks = " ".repeat(widths[i]! - displayWidth(textOf(cell)));
      return columns[i]!.isText === true ? painted(cell) + blanks : blanks + painted(cell);
    }).join(GAP).trimEnd();
  return [paintTitles(layOutRow(columns.map(({ title }) => title))), ...rows.map(layOutRow)];
}

const GAP = "  ";

function mapText(item: Item, change: (text: string) => string): Item {
  return typeof item === "string" ? change(item) : { ...item, text: change(item.text) };
}

/**
 * Fills lines with items.
 *
 * @param items Printable texts, perhaps painted.
 * @param options How wide a line may be, what stands between two items, and what the first and the other lines begin
 * with. A longer item is cut.
 * @returns The lines; at least one, which may have no item.
 */
export function fillLines(
  items: readonly Item[],
  { width, gap, first = "", indent = "" }: {
    readonly width: number;
    readonly gap: string;
    readonly first?: string;
    readonly indent?: string;
  },
): string[] {
  const lines: string[] = [];
  let line = first, used = displayWidth(first), isEmpty = true;
  for (const [i, item] of items.entries()) {
    const end = i < items.length - 1 ? gap.trimEnd() : "", between = isEmpty ? "" : gap;
    // An item that begins a line is cut to it.
    const start = isEmpty ? used : displayWidth(indent);
    const room = Math.max(1, width - start - end.length);
    const fit = mapText(item, (text) => cutToWidth(text, room)), size = displayWidth(textOf(fit));
    if (!isEmpty && used + between.length + size + end.length > width) {
      lines.push((line + gap.trimEnd()).trimEnd());
      line = indent + painted(fit);
      used = displayWidth(indent) + size;
    } else {
      line += between + painted(fit);
      used += between.length + size;
    }
    isEmpty = false;
  }
  return [...lines, line.trimEnd()];
}

/**
 * Fills lines with the words of a sentence.
 *
 * @param text Printable text.
 * @param options How wide a line may be, and what the first and the other lines begin with.
 * @returns The lines.
 */
export function wrapWords(
  text: string,
  options: { readonly width: number; readonly first: string; readonly indent: string },
): string[] {
  return fillLines(text.split(BETWEEN_WORDS), { gap: " ", ...options });
}

/** Blanks at which a line may end: not between a figure and its unit. */
const BETWEEN_WORDS = / (?!(?:%|µs|ms|s|min|–)(?![^ ,;:)]))/;

/** Puts a text to the right end of a line, at least two blanks from what is on the left; `undefined` if it does not fit. */
export function withRightEnd(left: Item, right: Item, width: number): string | undefined {
  const blanks = width - displayWidth(textOf(left)) - displayWidth(textOf(right));
  return blanks < 2 ? undefined : painted(left) + " ".repeat(blanks) + painted(right);
}
