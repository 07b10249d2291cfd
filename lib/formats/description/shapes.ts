/**
 * The shape of a value: how it is written.
 *
 * | shape          | is written as                                                       | example                      |
 * | -------------- | ------------------------------------------------------------------- | ---------------------------- |
 * | `text`         | any text                                                            | `/health`                    |
 * | `status`       | three digits, the first of which is not 0                           | `404`                        |
 * | `milliseconds` | a number from 0 to 10^12                                            | `57.25`                      |
 * | `decimal`      | digits, perhaps a point and more digits; its unit is the slot's     | `0.142`                      |
 * | `epoch`        | time since 1970 as a `decimal`; its unit is the slot's              | `1795629600.123`             |
 * | `iso`          | ISO 8601 date and time, to nanoseconds, in UTC without a zone       | `2025-12-24T00:00:00`        |
 * | `zoned`        | the same, never without a zone                                      | `2025-12-24T00:00:00Z`       |
 * | `local`        | the same, always without a zone, which is assumed                   | `2025-12-24 00:00:00,123`    |
 * | `clf`          | day/month/year:time and an offset from UTC                          | `25/Nov/2026:18:00:00 +0000` |
 * | `clock`        | day/month/year:time with milliseconds, and no zone                  | `25/Nov/2026:18:00:00.123`   |
 * | `columns`      | date, a separator of one byte, time of day, in UTC                  | `2026-11-25 18:00:00`        |
 * | `count`        | digits, or `-` for none                                             | `512`                        |
 * | `number`       | any number of JSON                                                  | `-1.5e3`                     |
 * | `value`        | any value of JSON, however deep                                     | `{"a":[1]}`                  |
 * | `address`      | an IPv4 address in dotted decimals                                  | `192.0.2.7`                  |
 * | `client`       | an IP address or a host name, as it is shown: with no port, list or brackets | `2001:db8::1`       |
 * | `peer`         | a `client` and its port                                             | `192.0.2.7:51234`            |
 * | `token`        | upper-case letters                                                  | `GET`                        |
 * | `target`       | a request target, with a protocol behind it up to a quote           | `/a?b=1 HTTP/1.1`            |
 * | `request`      | method, target and protocol, or whatever was no request             | `GET /a HTTP/1.1`            |
 * | `word`         | bytes up to the next literal; no space, tab, quote or control byte  | `curl/8.9.1`                 |
 * | `words`        | anything up to the next literal, but quotes                         | `- jane doe `                |
 * | `quoted`       | anything up to the quote that the next literal begins with          | `Mozilla/5.0 (X11)`          |
 * | `rest`         | nothing, or a space and all up to the end of the line               | ` 512 "-" "curl/8"`          |
 */
export type Shape =
  | "text"
  | "status"
  | "milliseconds"
  | "decimal"
  | "epoch"
  | "iso"
  | "zoned"
  | "local"
  | "clf"
  | "clock"
  | "columns"
  | "count"
  | "number"
  | "value"
  | "address"
  | "client"
  | "peer"
  | "token"
  | "target"
  | "request"
  | "word"
  | "words"
  | "quoted"
  | "rest";

/** Which fact about a request a value is; no figure depends on a value that is `other`. */
export type Target =
  | "method"
  | "endpoint"
  | "ip"
  | "status"
  | "responseTime"
  | "timestamp"
  | "userAgent"
  | "request"
  | "query"
  | "other";

/** The unit of a number that is a length of time, or a time since 1970. */
export type Unit = "s" | "ms" | "us" | "ns";

/** A slot: a place in a line for a value. */
export interface Slot {
  /** Which fact about the request the value is. */
  readonly to: Target;
  /** The shape of the value. */
  readonly as: Shape;
  /** The unit of a `decimal` or an `epoch`. */
  readonly unit?: Unit;
  /** How many decimals a `decimal` has; without it as many as there are. */
  readonly decimals?: number;
  /** Whether spaces may stand before the value, so that columns align. */
  readonly isPadded?: true;
  /** What is written in place of a value that there is none of; the first is what a writer writes. */
  readonly absent?: readonly string[];
  /**
   * How a `quoted` or a `request` hides a quote that is in it: behind a backslash, which hides another backslash too;
   * without it a quote in the value looks like the one that ends it.
   */
  readonly escape?: "backslash";
}
