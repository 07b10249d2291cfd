import type { Unit } from "../description/shapes.ts";

/** Which fact a value is; `request` is a request line, `query` follows the endpoint behind `?`. */
export type JsonTarget =
  | "method"
  | "endpoint"
  | "query"
  | "request"
  | "status"
  | "ip"
  | "responseTime"
  | "timestamp"
  | "userAgent";

/** A key whose value is a fact about the request. */
export interface JsonKey {
  /** Which fact the value is. */
  readonly to: JsonTarget;
  /**
   * The path of the key: names with points between them. Each point stands for a step into an object or for a point
   * in a name, so `client.ip` is also the key `"client.ip"`. A number is a place in an array.
   */
  readonly at: string;
  /** The unit of a number; a time without it has the unit that its digits tell, a duration none. */
  readonly unit?: Unit;
  /** How many decimals a number must have for its unit to hold. */
  readonly decimals?: number;
  /** Whether only an IP address counts, not a host name. */
  readonly isAddress?: true;
}

/** What is true of an object. */
export interface Condition {
  /** The path of a key that the object has. */
  readonly at: string;
  /** Values of which its value is one, in lower case. */
  readonly is?: readonly (string | number | boolean | null)[];
  /** What its value begins with. */
  readonly starts?: string;
  /** The type of its value. */
  readonly type?: "object" | "string" | "number";
}

/** A format of JSON, as data. */
export interface JsonFormat {
  /** The name of the format, as it is given to `--format`. */
  readonly name: string;
  /** Which servers write it: a few words. */
  readonly of: string;
  /** What is true of all its lines. */
  readonly when: readonly Condition[];
  /** Groups of conditions: of each one at least is true of all its lines. */
  readonly any?: readonly (readonly Condition[])[];
  /** What says of a line that it is no finished request: one of these suffices. */
  readonly context?: readonly Condition[];
  /** Without which paths a line is no finished request. */
  readonly needs?: readonly string[];
  /** Its keys; the first of each target whose value can be used counts. */
  readonly keys: readonly JsonKey[];
  /** A line of it, whose first key of each target is the one that a writer writes. */
  readonly sample: string;
}
