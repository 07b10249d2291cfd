import type { LogRecord, Rejection } from "../../schema.ts";
import type { Layout } from "./layout.ts";
import type { Shape, Target } from "./shapes.ts";

/** A key of a JSON format whose value is a fact about the request. */
export interface FormatKey {
  /** The path of the key: the names of the keys of the objects that it is in, then its own name. */
  readonly at: readonly string[];
  /** Which fact about the request the value is. */
  readonly to: Target;
  /** The shape of a value that is a JSON string; without it such values are ignored. */
  readonly string?: Shape;
  /** The shape of a value that is a JSON number; without it such values are ignored. */
  readonly number?: Shape;
}

/** A line without its terminator, and the record that it is. */
export type Sample = readonly [line: string, record: LogRecord];

/** A format of logs: how some servers write a request as a line. */
export interface Format {
  /** The name of the format. */
  readonly name: string;
  /** Reads a line without its terminator: the reference for all that reads it faster. */
  readonly read: (line: string) => LogRecord | Rejection;
  /** Writes a record as a line without a terminator; `read` gives back what is `carried`. */
  readonly write: (record: LogRecord) => string;
  /** Learns how a line that is a record is written, if compiled code may read others of its kind. */
  readonly learn: (line: string) => Layout | undefined;
  /** What of a record a line of this format carries. */
  readonly carried: (record: LogRecord) => LogRecord;
  /** Lines and the records that they are. */
  readonly samples: readonly [Sample, ...Sample[]];
}
