import type { LogRecord, Rejection } from "../../../schema.ts";
import type { Layout } from "./layout.ts";
import type { Target } from "./shapes.ts";

/** What a line is read with, beyond itself and its format. */
export interface ReadingOptions {
  /** Which of a list of addresses is the client. */
  readonly client: "first" | "last";
  /** The offset from UTC, east of it, of times without a zone, in microseconds. */
  readonly assumedOffsetUs: number;
  /** The time that a wrapper lends to a line that has none, in microseconds since the epoch. */
  readonly lentTimeUs?: number;
  /** Whether the user agent of a line of text is read; that of JSON always is. */
  readonly keepsAgent?: boolean;
  /** Whether the lent time had no zone. */
  readonly isLentZoneAssumed?: boolean;
}

/** The leftmost address is the client, and times without a zone are UTC. */
export const USUAL_READING: ReadingOptions = { client: "first", assumedOffsetUs: 0 };

/** A record as a format reads it. */
export interface ReadRecord extends LogRecord {
  /** Whether its time was written without a zone, so that one had to be assumed; absent if not. */
  readonly isZoneAssumed?: true;
  /** What is to be said of such lines, once; absent if nothing is. */
  readonly remark?: string;
}

/**
 * What a line of a format is: a record; rejected; or `"context"`, a line that says of itself that it is no finished
 * request (a header, an error that is logged beside the request, the start of a request).
 */
export type FormatOutcome = ReadRecord | Rejection | "context";

/** The outcome of reading one line of a log: what it is in its format, or a blank line. */
export type LineOutcome = FormatOutcome | "blank";

/** A line without its terminator, and the record that it is. */
export type Sample = readonly [line: string, record: LogRecord];

/** A format of logs: how some servers write a request as a line. */
export interface Format {
  /** The name of the format, as it is given to `--format`: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Which servers write it: a few words. */
  readonly of: string;
  /**
   * Reads a line without its terminator: the reference for all that reads it faster.
   *
   * @returns What the line is; `undefined` if it has another format.
   */
  readonly read: (line: string, how?: ReadingOptions) => FormatOutcome | undefined;
  /** Writes a record as a line without a terminator; `read` gives back what is `carried`. */
  readonly write: (record: LogRecord) => string;
  /** The lines that a writer puts before the first record: without them the others cannot be read. */
  readonly header?: readonly string[];
  /** Learns how a line that is a record is written, if compiled code may read others of its kind. */
  readonly learn: (line: string, how?: ReadingOptions) => Layout | undefined;
  /** What of a record a line of this format carries. */
  readonly carried: (record: LogRecord) => LogRecord;
  /** The facts about a request that no line of this format tells. */
  readonly lacks: readonly Target[];
  /** Lines and the records that they are. */
  readonly samples: readonly [Sample, ...Sample[]];
}
