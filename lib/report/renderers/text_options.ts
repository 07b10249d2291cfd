import type { Paint } from "./text_layout.ts";

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
  /** Why figures are not there. */
  readonly reasons?: MissingReasons;
}

/** Why figures are not there, for example `combined has no response times`. */
export interface MissingReasons {
  /** Why there are no response times. */
  readonly responseTimes?: string | undefined;
  /** Why there are no clients. */
  readonly clients?: string | undefined;
}

/** How many rows to show: never all but one, as the line that says so would need the room of that one. */
export function rowsToShow(rows: number, top: number): number {
  return rows <= top + 1 ? rows : top;
}

/** Shows in brackets why a figure is not there; nothing if that is not known. */
export function inBrackets(why: string | undefined): string {
  return why === undefined ? "" : `(${why})`;
}
