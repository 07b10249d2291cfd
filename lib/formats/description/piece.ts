import type { LogRecord } from "../../../schema.ts";
import type { Slot } from "./shapes.ts";

/** A part of a line of text: a literal, or a slot, which ends where the literal behind it begins. */
export type Piece = string | Slot;

/**
 * A format of lines of text, as data.
 *
 * Of several slots for the client the first that has one counts; several slots for the response time are summed, and
 * there is none if one of them is absent.
 */
export interface TextFormat {
  /** The name of the format, as it is given to `--format`. */
  readonly name: string;
  /** Which servers write it: a few words. */
  readonly of: string;
  /** The line; no two slots touch. */
  readonly line: readonly Piece[];
  /** Other lines of the format, tried in order; they are read, not written. */
  readonly otherLines?: readonly (readonly Piece[])[];
  /** Whether a space and anything may follow, up to the end of the line. */
  readonly isOpen?: boolean;
  /** Lines of the same servers that are no requests: connections, notices. */
  readonly noRequest?: RegExp;
  /** A line that the format reads. */
  readonly sample: string;
  /** What of the record of the sample differs from that of `GET /a?b=1`, 200, of 192.0.2.7 at 2026-11-25T18:00:00Z. */
  readonly sampleRecord?: Partial<LogRecord>;
}
