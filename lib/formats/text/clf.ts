import { Rejection } from "../../../schema.ts";
import { isAddress, toClientAddress } from "../description/client_address.ts";
import { type ReadingOptions, type ReadRecord, USUAL_READING } from "../description/format.ts";
import { readTime } from "../description/read_time.ts";
import { readClfAgent, readClfTail } from "./clf_tail.ts";

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const TIME =
  /\[(\d\d\/[A-Z][a-z]{2}\/\d{4}[: ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?[+-]\d\d(?::?\d\d)?)?)\]/;
const DAY = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4})$/;
/** Behind the quote that ends a request: its status. */
const STATUS = /^ (\d{3}|\d|-)(?= |$)/;
const QUOTE_AND_STATUS = /" (?:\d{3}|-)(?: |$)/g;
/** A method is a token (RFC 9110, section 5.6.2); nothing that a broken client sent has that and a space. */
const REQUEST = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (.+)$/s;
const PROTOCOL = / HTTP\/\d(?:\.\d+)?$/;
const DATE = /^\d{4}[/-]\d\d/;

/** What stands where a request was none, or a client is not known. */
const NONE = "-";

/**
 * Reads a line in Common or Combined Log Format, or with more behind it or a virtual host before it:
 * `HOST IDENT USER [time zone] "REQUEST" STATUS` and anything behind. Servers write it by default: Apache, nginx and
 * whoever followed them.
 *
 * Of the words before the time the first is the client, or the second where the first is a virtual host. The target is kept as logged, with its query and its escapes.
 * What was no request (`-`, nothing, bytes of TLS) counts with method and endpoint `-`. A response time is read where
 * its unit is sure, see {@linkcode readClfTail}.
 *
 * @param line A line without its terminator.
 * @param how What it is read with.
 * @returns The record; why the line is none; `undefined` if it has another form, as all that begins with a brace has.
 *
 * @see Apache HTTP Server, mod_log_config; nginx, ngx_http_log_module.
 *
 * @example A line of nginx
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { LogRecord } from "../../../schema.ts";
 * import { readClf } from "./clf.ts";
 *
 * const line = '192.0.2.7 - - [25/Nov/2026:18:00:00 +0100] "GET /a?b=1 HTTP/1.1" 404 512 "-" "curl/8.9.1"';
 * const { method, endpoint, statusCode, ip, timestampUs } = readClf(line) as LogRecord;
 * assertEquals([method, endpoint, statusCode, ip], ["GET", "/a?b=1", 404, "192.0.2.7"]);
 * assertEquals(timestampUs, Date.UTC(2026, 10, 25, 17) * 1000);
 * ```
 */
export function readClf(
  line: string,
  how: ReadingOptions = USUAL_READING,
): ReadRecord | Rejection | undefined {
  const time = line.startsWith("{") ? null : TIME.exec(line);
  if (time === null) return undefined;
  const host = hostOf(line.slice(0, time.index), how);
  const start = line.indexOf('"', time.index + time[0].length) + 1;
  if (host === undefined || start === 0) return undefined;
  const end = endOfRequest(line, start);
  if (end === undefined) return undefined;

  const [, status = ""] = STATUS.exec(line.slice(end + 1, end + 6)) ?? [];
  if (!/^[1-9]\d\d$/.test(status)) return new Rejection("bad_status", "status");
  const read = readTime(time[1]!, how);
  if (read === undefined) return new Rejection("bad_timestamp", "timestamp");
  const [, method = NONE, rest = ""] = REQUEST.exec(line.slice(start, end)) ?? [];
  const tail = line.slice(end + 2 + status.length);
  return {
    method: method.toWellFormed(),
    endpoint: rest.replace(PROTOCOL, "").toWellFormed() || NONE,
    statusCode: Number(status),
    ip: toClientAddress(host, how.client).toWellFormed(),
    ...readClfTail(tail),
    userAgent: how.keepsAgent ? readClfAgent(tail) : undefined,
    timestampUs: read.us,
    ...(read.isZoneAssumed ? { isZoneAssumed: true } : {}),
  };
}

/** The client among the words before the time; none if there is no word, or a quote among them. */
function hostOf(head: string, { client }: ReadingOptions): string | undefined {
  const words = head.split(" ").filter((word) => word !== "");
  const [first] = words;
  if (first === undefined || head.includes('"')) return undefined;
  if (first.endsWith(",")) {
    const end = words.findIndex((word) => !word.endsWith(","));
    return toClientAddress(words.slice(0, end + 1).join(" "), client);
  }
  const [, second, third] = words;
  // A virtual host stands first; scanners ask for one by its address, and a client may have no address.
  if (second !== undefined && isAddress(second)) return second;
  const isVirtual = words.length === 4 && third === NONE && !isAddress(first);
  const address = isAddress(first)
    ? first
    : words.slice(1).find(isAddress) ?? (isVirtual ? second! : first);
  return DATE.test(address) ? undefined : address;
}

/** The place of the quote that ends a request: the first that no backslash hides, and that a status follows. */
function endOfRequest(line: string, start: number): number | undefined {
  let end = line.indexOf('"', start);
  while (end !== -1 && isHidden(line, end)) end = line.indexOf('"', end + 1);
  if (end !== -1 && STATUS.test(line.slice(end + 1, end + 6))) return end;
  // A quote of the request was not escaped.
  QUOTE_AND_STATUS.lastIndex = start;
  return QUOTE_AND_STATUS.exec(line)?.index;
}

function isHidden(line: string, at: number): boolean {
  let backslashes = 0;
  while (line[at - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

/**
 * Writes a day like `25/Nov/2026` as `2026-11-25`.
 *
 * @returns The day; `undefined` if the text has another form or there is no such month.
 */
export function toIsoDay(text: string): string | undefined {
  const [, day, month, year] = DAY.exec(text) ?? [];
  const index = month === undefined ? -1 : MONTHS.indexOf(month);
  return index % 3 === 0 ? `${year}-${String(index / 3 + 1).padStart(2, "0")}-${day}` : undefined;
}
