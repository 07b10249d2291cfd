import type { LogRecord, Rejection } from "../../schema.ts";
import type { Shape, Target } from "./shapes.ts";

/** A key of a JSON format, whose value says something of the request. */
export interface FormatKey {
  /** The path of the key: its own name, behind those of the objects that it lies in. */
  readonly at: readonly string[];
  /** What the value says. */
  readonly to: Target;
  /** The shape of a value that is a JSON string; such a value says nothing if there is none. */
  readonly string?: Shape;
  /** The shape of a value that is a JSON number; such a value says nothing if there is none. */
  readonly number?: Shape;
}

/** A line without its terminator, and the record that it is. */
export type Sample = readonly [line: string, record: LogRecord];

/** How some servers write requests as lines. */
export interface Format {
  /** The name of the format. */
  readonly name: string;
  /** The keys whose values count. A line's other values are passed over. */
  readonly keys: readonly FormatKey[];
  /** Reads a line without its terminator: the reference for all that reads it faster. */
  readonly read: (line: string) => LogRecord | Rejection;
  /** Writes a record as a line without a terminator; `read` gives the same record back. */
  readonly write: (record: LogRecord) => string;
  /** Lines and the records that they are. */
  readonly samples: readonly [Sample, ...Sample[]];
}
