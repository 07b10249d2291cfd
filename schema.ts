/**
 * The contract between whoever writes HTTP request logs and whoever reads them: one JSON object a
 * line (NDJSON), and nothing else is shared.
 *
 * | field           | on the wire                                     | meaning                    |
 * | --------------- | ----------------------------------------------- | -------------------------- |
 * | `method`        | string                                          | request method as logged   |
 * | `endpoint`      | string                                          | request target as logged   |
 * | `status_code`   | string of three digits; a number is accepted    | HTTP status, 100–999       |
 * | `ip`            | string                                          | client address as logged   |
 * | `response_time` | number ≥ 0, optional                            | milliseconds, with fraction |
 * | `user_agent`    | string, optional                                | as logged                  |
 * | `timestamp`     | string: ISO 8601, to nanoseconds; no zone = UTC | when the request came      |
 *
 * An optional field that is `null` is absent, other fields are ignored, and of a key that is
 * written twice the last one wins.
 *
 * Run as a script it checks a log against the contract: `deno run schema.ts < access.ndjson`.
 * @module
 */

/** One HTTP request, as every aggregate sees it: times are whole microseconds. */
export interface LogRecord {
  /** Request method as logged, for example `GET`. */
  readonly method: string;
  /** Request target as logged, for example `/api/tasks?page=2`. */
  readonly endpoint: string;
  /** HTTP status, an integer from 100 to 999. */
  readonly statusCode: number;
  /** Client address as logged. */
  readonly ip: string;
  /** Response time in whole microseconds, 0 to 10^15, where the log has one. */
  readonly responseTimeUs: number | undefined;
  /** User agent as logged, where the log has one. */
  readonly userAgent: string | undefined;
  /** When the request came: whole microseconds since 1970-01-01T00:00:00Z. */
  readonly timestampUs: number;
}

/** Why a line is no record, in the order in which a line is tried; the last two in other formats only. */
// deno-fmt-ignore
export const REJECTION_REASONS = [
  "line_too_long", "not_json", "not_object", "missing_field", "bad_type",
  "bad_status", "bad_timestamp", "bad_response_time", "no_match", "not_a_request",
] as const;

/** One of {@linkcode REJECTION_REASONS}. */
export type RejectionReason = typeof REJECTION_REASONS[number];

/** What {@linkcode parseRecord} answers for a line that is no record. */
export class Rejection {
  /** Why the line is no record. */
  readonly reason: RejectionReason;
  /** The wire name of the field at fault, where one field is. */
  readonly field: string | undefined;

  /** Takes the reason and, where one field is at fault, its wire name. */
  constructor(reason: RejectionReason, field?: string) {
    this.reason = reason;
    this.field = field;
  }
}

const REQUIRED = ["method", "endpoint", "status_code", "ip", "timestamp"] as const;
const MAX_RESPONSE_TIME_MS = 1e12;

/**
 * The wire form as a JSON Schema, draft 2020-12. Whatever {@linkcode parseRecord} takes is valid,
 * whatever is invalid it rejects; only impossible dates and the range of timestamps are beyond
 * the schema's reach.
 *
 * @see https://json-schema.org/draft/2020-12
 */
export const RECORD_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "HTTP request log record",
  type: "object",
  required: REQUIRED,
  properties: {
    method: { type: "string" },
    endpoint: { type: "string" },
    status_code: {
      anyOf: [
        { type: "string", pattern: "^[1-9][0-9]{2}$" },
        { type: "integer", minimum: 100, maximum: 999 },
      ],
    },
    ip: { type: "string" },
    response_time: { type: ["number", "null"], minimum: 0, maximum: MAX_RESPONSE_TIME_MS },
    user_agent: { type: ["string", "null"] },
    timestamp: {
      type: "string",
      pattern:
        "^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:?\\d\\d)?$",
    },
  },
};

/**
 * Parses one line of a log.
 *
 * Text is made well-formed: a lone surrogate becomes U+FFFD. Durations are rounded and timestamps
 * cut to whole microseconds. Cost: linear in the line.
 *
 * @param line One line without its terminator.
 * @returns The record, or a {@linkcode Rejection} that says why the line is none.
 *
 * @example A record and a line that is none
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseRecord, Rejection } from "./schema.ts";
 *
 * const record = parseRecord(
 *   '{"method":"GET","endpoint":"/health","status_code":"200","ip":"23.91.184.12",' +
 *     '"response_time":57.25,"timestamp":"2025-12-24T00:00:00.001+01:00"}',
 * );
 * if (record instanceof Rejection) throw new SyntaxError(record.reason);
 * assertEquals(record.statusCode, 200);
 * assertEquals(record.responseTimeUs, 57_250);
 * assertEquals(record.timestampUs, Date.UTC(2025, 11, 23, 23, 0, 0, 1) * 1000);
 *
 * assertEquals(parseRecord('{"method":"GET"}'), new Rejection("missing_field", "endpoint"));
 * ```
 */
export function parseRecord(line: string): LogRecord | Rejection {
  let wire: unknown;
  try {
    wire = JSON.parse(line);
  } catch {
    return new Rejection("not_json");
  }
  if (typeof wire !== "object" || wire === null || Array.isArray(wire)) {
    return new Rejection("not_object");
  }

  const fields = wire as Record<string, unknown>;
  for (const name of REQUIRED) {
    if (fields[name] === undefined) return new Rejection("missing_field", name);
  }

  const { method, endpoint, status_code, ip, timestamp } = fields;
  const responseTime = fields.response_time ?? undefined;
  const userAgent = fields.user_agent ?? undefined;
  if (typeof method !== "string") return new Rejection("bad_type", "method");
  if (typeof endpoint !== "string") return new Rejection("bad_type", "endpoint");
  if (typeof status_code !== "string" && typeof status_code !== "number") {
    return new Rejection("bad_type", "status_code");
  }
  if (typeof ip !== "string") return new Rejection("bad_type", "ip");
  if (responseTime !== undefined && typeof responseTime !== "number") {
    return new Rejection("bad_type", "response_time");
  }
  if (userAgent !== undefined && typeof userAgent !== "string") {
    return new Rejection("bad_type", "user_agent");
  }
  if (typeof timestamp !== "string") return new Rejection("bad_type", "timestamp");

  const statusCode = Number(status_code);
  if (!STATUS.test(String(status_code))) return new Rejection("bad_status", "status_code");
  const timestampUs = parseTimestamp(timestamp);
  if (timestampUs === undefined) return new Rejection("bad_timestamp", "timestamp");
  if (responseTime !== undefined && !(responseTime >= 0 && responseTime <= MAX_RESPONSE_TIME_MS)) {
    return new Rejection("bad_response_time", "response_time");
  }

  return {
    method: method.toWellFormed(),
    endpoint: endpoint.toWellFormed(),
    statusCode,
    ip: ip.toWellFormed(),
    // + 0 turns -0 into 0.
    responseTimeUs: responseTime === undefined ? undefined : Math.round(responseTime * 1000) + 0,
    userAgent: userAgent?.toWellFormed(),
    timestampUs,
  };
}

/**
 * Writes a record as one line, without a terminator: compact JSON, the timestamp in UTC without a
 * zone and with six decimals. {@linkcode parseRecord} gives the same record back.
 *
 * @param record A record whose text is well-formed and whose numbers lie in their ranges.
 * @returns The line.
 *
 * @example A line
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeRecord, type LogRecord, parseRecord } from "./schema.ts";
 *
 * const line = '{"method":"GET","endpoint":"/health","status_code":"200","ip":"23.91.184.12",' +
 *   '"response_time":57,"timestamp":"2025-12-24T00:00:00.001000"}';
 * assertEquals(encodeRecord(parseRecord(line) as LogRecord), line);
 * ```
 */
export function encodeRecord(record: LogRecord): string {
  const { method, endpoint, statusCode, ip, responseTimeUs, userAgent, timestampUs } = record;
  return `{"method":${JSON.stringify(method)}` +
    `,"endpoint":${JSON.stringify(endpoint)}` +
    `,"status_code":"${statusCode}"` +
    `,"ip":${JSON.stringify(ip)}` +
    (responseTimeUs === undefined ? "" : `,"response_time":${responseTimeUs / 1000}`) +
    (userAgent === undefined ? "" : `,"user_agent":${JSON.stringify(userAgent)}`) +
    `,"timestamp":"${formatTimestamp(timestampUs)}"}`;
}

// Whole days that a number counts exactly in microseconds on both sides of the epoch.
const MIN_TIMESTAMP_US = Date.UTC(1684, 6, 29) * 1000;
const MAX_TIMESTAMP_US = Date.UTC(2255, 5, 5) * 1000 - 1;

/**
 * Reads an ISO 8601 date and time, `YYYY-MM-DD(T|t| )HH:MM:SS[.d{1,9}][Z|z|±HH[:]MM]`.
 *
 * Without a zone it is UTC. Digits beyond microseconds are cut; second 60 is the next second's 0.
 *
 * @param text The text, with nothing before or after it.
 * @returns Whole microseconds since 1970-01-01T00:00:00Z, or `undefined` if the text has another
 * form, names an impossible date, or lies outside 1684-07-29 … 2255-06-04.
 *
 * @example The same instant twice
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseTimestamp } from "./schema.ts";
 *
 * assertEquals(parseTimestamp("1970-01-01T00:00:01.5"), 1_500_000);
 * assertEquals(parseTimestamp("1970-01-01 01:00:01.5+01:00"), 1_500_000);
 * assertEquals(parseTimestamp("1970-02-30T00:00:00Z"), undefined);
 * ```
 */
export function parseTimestamp(text: string): number | undefined {
  // Without groups, and digits read one by one: whatever is cut out would be garbage a moment later.
  if (!TIMESTAMP.test(text)) return undefined;
  const hour = readDigits(text, 11, 13), minute = readDigits(text, 14, 16);
  const second = readDigits(text, 17, 19);
  let end = text[19] === "." ? 20 : 19;
  while (text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end++;
  const hasOffset = text.length > end + 1;
  const fraction = readDigits(text, 20, Math.min(end, 26)) * 10 ** (26 - Math.min(end, 26));
  const offsetHour = hasOffset ? readDigits(text, end + 1, end + 3) : 0;
  const offsetMinute = hasOffset ? readDigits(text, text.length - 2, text.length) : 0;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  if (offsetHour > 23 || offsetMinute > 59) return undefined;
  const offset = (text[end] === "-" ? -1 : 1) * (offsetHour * 60 + offsetMinute);
  const seconds = (hour * 60 + minute - offset) * 60 + second;
  const us = startOfDay(text) + seconds * 1e6 + fraction;
  return us >= MIN_TIMESTAMP_US && us <= MAX_TIMESTAMP_US ? us : undefined;
}

const STATUS = /^[1-9][0-9]{2}$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:?\d\d)?$/;

function readDigits(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) value = value * 10 + text.charCodeAt(i) - 0x30;
  return value;
}

// Requests of one day mostly follow each other.
let lastDate = -1, lastDayUs = NaN;

/** The first microsecond of a day from year 1000 on, or NaN if there is no such day. */
function startOfDay(text: string): number {
  const year = readDigits(text, 0, 4), month = readDigits(text, 5, 7);
  const day = readDigits(text, 8, 10);
  const date = (year * 100 + month) * 100 + day;
  if (date !== lastDate) {
    const ms = Date.UTC(year, month - 1, day);
    const isDay = year >= 1000 && day > 0 && new Date(ms).getUTCMonth() === month - 1;
    [lastDate, lastDayUs] = [date, isDay ? ms * 1000 : NaN];
  }
  return lastDayUs;
}

/**
 * Writes an instant in UTC as `YYYY-MM-DDTHH:MM:SS.dddddd`, without a zone.
 *
 * @param timestampUs Whole microseconds since 1970-01-01T00:00:00Z, in the years 0 to 9999.
 * @returns The text, 26 characters.
 *
 * @example A millisecond after the epoch
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatTimestamp } from "./schema.ts";
 *
 * assertEquals(formatTimestamp(1000), "1970-01-01T00:00:00.001000");
 * ```
 */
export function formatTimestamp(timestampUs: number): string {
  const ms = Math.floor(timestampUs / 1000);
  return new Date(ms).toISOString().slice(0, 23) + String(timestampUs - ms * 1000).padStart(3, "0");
}

if (import.meta.main) {
  // Not awaited: the checker imports this module, which must have finished by then.
  import("./lib/cli/check_lines.ts").then((checker) => checker.checkStdin());
}
