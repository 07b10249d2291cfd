import type { Paint } from "./text_layout.ts";

/** How the parts of a text report look, for example in colour. */
export interface TextStyle {
  /** Titles. */
  readonly title: Paint;
  /** Titles of columns, and details that explain a figure. */
  readonly quiet: Paint;
  /** What asks for action: requests with status 5xx, failures. */
  readonly alarm: Paint;
  /** What asks for a look: requests with status 4xx. */
  readonly warning: Paint;
}

/** By what the endpoints of a text report are sorted: the highest first. */
export type EndpointOrder = "failed" | "rate" | "requests" | "slow" | "p95" | "time";

/** How much a text report shows, and how it looks. */
export interface TextOptions {
  /** How many rows a list shows. */
  readonly top: number;
  /** By what endpoints are sorted (failed). */
  readonly sort?: EndpointOrder;
  /** How wide a line may be, in columns (80). */
  readonly width?: number;
  /** How many lines a terminal shows: lists shrink until the report fits. Absent if there is no terminal. */
  readonly lines?: number | undefined;
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
