import type { Slot } from "./shapes.ts";

/** A part of a line of text: a literal, or a slot, which ends where the literal behind it begins. */
export type Piece = string | Slot;

/** A format of lines of text, as data. */
export interface TextFormat {
  /** The name of the format, as it is given to `--format`. */
  readonly name: string;
  /** Which servers write it: a few words. */
  readonly of: string;
  /** The line; no two slots touch. */
  readonly line: readonly Piece[];
  /** Whether a space and anything may follow, up to the end of the line. */
  readonly isOpen?: boolean;
  /** A line that the format reads. */
  readonly sample: string;
}
