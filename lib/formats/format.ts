import type { LogRecord, Rejection } from "../../schema.ts";
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
  /** The keys whose values count. All other values of a line are ignored. */
  readonly keys: readonly FormatKey[];
  /** Reads a line without its terminator. It is the reference for all faster readers of the format. */
  readonly read: (line: string) => LogRecord | Rejection;
  /** Writes a record as a line without a terminator; `read` gives the same record back. */
  readonly write: (record: LogRecord) => string;
  /** Examples of lines, each with the record that it is. */
  readonly samples: readonly [Sample, ...Sample[]];
}
