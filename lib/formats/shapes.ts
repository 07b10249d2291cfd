/**
 * How a value is written: its alphabet and its grammar.
 *
 * | shape          | is written as                                                   | example               |
 * | -------------- | --------------------------------------------------------------- | --------------------- |
 * | `text`         | any text                                                        | `/health`             |
 * | `status`       | three digits, the first of which is not 0                       | `404`                 |
 * | `milliseconds` | a number from 0 to 10^12                                        | `57.25`               |
 * | `iso`          | ISO 8601 date and time, to nanoseconds, in UTC without a zone   | `2025-12-24T00:00:00` |
 * | `number`       | any number of JSON                                              | `-1.5e3`              |
 */
export type Shape = "text" | "status" | "milliseconds" | "iso" | "number";

/** What a value says of a request; `other` is nothing that any figure depends on. */
export type Target =
  | "method"
  | "endpoint"
  | "ip"
  | "status"
  | "responseTime"
  | "timestamp"
  | "other";

/** A place in a line for a value: what the value says, and how it is written. */
export interface Slot {
  /** What the value says. */
  readonly to: Target;
  /** How it is written. */
  readonly as: Shape;
}
