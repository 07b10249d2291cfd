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
 * | `address`      | an IPv4 address in dotted decimals                              | `192.0.2.7`           |
 * | `clf`          | day/month/year:time and an offset from UTC                      | `25/Nov/2026:18:00:00 +0000` |
 * | `token`        | upper-case letters                                              | `GET`                 |
 * | `target`       | a request target, with a protocol behind it up to a quote       | `/a?b=1 HTTP/1.1`     |
 * | `words`        | anything up to `[`, but quotes                                  | `- jane doe `         |
 * | `rest`         | nothing, or a space and all up to the end of the line           | ` 512 "-" "curl/8"`   |
 */
export type Shape =
  | "text"
  | "status"
  | "milliseconds"
  | "iso"
  | "number"
  | "value"
  | "address"
  | "clf"
  | "token"
  | "target"
  | "words"
  | "rest";

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
