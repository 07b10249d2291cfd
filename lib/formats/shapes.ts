/**
 * The shape of a value: how it is written.
 *
 * | shape          | is written as                                                   | example               |
 * | -------------- | --------------------------------------------------------------- | --------------------- |
 * | `text`         | any text                                                        | `/health`             |
 * | `status`       | three digits, the first of which is not 0                       | `404`                 |
 * | `milliseconds` | a number from 0 to 10^12                                        | `57.25`               |
 * | `iso`          | ISO 8601 date and time, to nanoseconds, in UTC without a zone   | `2025-12-24T00:00:00` |
 * | `number`       | any number of JSON                                              | `-1.5e3`              |
 * | `value`        | any value of JSON, however deep                                 | `{"a":[1]}`           |
 */
export type Shape = "text" | "status" | "milliseconds" | "iso" | "number" | "value";

/** Which fact about a request a value is; no figure depends on a value that is `other`. */
export type Target =
  | "method"
  | "endpoint"
  | "ip"
  | "status"
  | "responseTime"
  | "timestamp"
  | "other";

/** A slot: a place in a line for a value. */
export interface Slot {
  /** Which fact about the request the value is. */
  readonly to: Target;
  /** The shape of the value. */
  readonly as: Shape;
}
