import { formatTimestamp, type LogRecord } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import { readClf } from "./clf.ts";
import { learnClfTail } from "./clf_tail.ts";
import type { Format } from "../description/format.ts";
import type { Layout } from "../description/layout.ts";
import type { Piece } from "../description/piece.ts";
import { toLayout } from "../description/to_layout.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SECOND_US = 1_000_000;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** A client that is one word, which no reader takes for a date or a list. */
const HOST = /^[\w.:%-]+$/;
const DATE = /^\d{4}-\d\d/;
/** What would end a quoted text or a line, or is no text. */
// deno-lint-ignore no-control-regex
const ESCAPED = /["\\\x00-\x1F\x7F]/g;

const HEAD: readonly Piece[] = [
  { to: "ip", as: "address" },
  " ",
  { to: "other", as: "words" },
  "[",
  { to: "timestamp", as: "clf" },
];
const REQUEST: readonly Piece[] = [
  { to: "method", as: "token" },
  " ",
  { to: "endpoint", as: "target" },
  '" ',
  { to: "status", as: "status" },
];
/** The lines that compiled code reads: others have another address, an odd request or an escape in it. */
const USUAL =
  /^\d{1,3}(?:\.\d{1,3}){3} [^"[]*\[[^\]]*\]( [^\s"]+)? "[A-Z]+ [^"\\]+ HTTP\/[\d.]+" \d{3}((?: .*)?)$/;

/** Combined Log Format, the default of nginx and the usual of Apache, and all that is read like it. */
export const COMBINED_FORMAT: Format = {
  name: "combined",
  of: "Apache, nginx and whoever followed them",
  read: readClf,
  write: writeCombined,
  learn: learnClf,
  carried: (record) => {
    const { method, endpoint } = record;
    const isRequest = TOKEN.test(method) && endpoint !== "";
    return {
      ...record,
      method: isRequest ? method : "-",
      endpoint: isRequest ? escapeText(endpoint) : "-",
      ip: hostOf(record),
      responseTimeUs: undefined,
      userAgent: undefined,
      timestampUs: Math.floor(record.timestampUs / SECOND_US) * SECOND_US,
    };
  },
  lacks: ["responseTime"],
  samples: [
    [
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a?b=1 HTTP/1.1" 200 512 "-" "curl/8.9.1"',
      {
        method: "GET",
        endpoint: "/a?b=1",
        statusCode: 200,
        ip: "192.0.2.7",
        responseTimeUs: undefined,
        userAgent: undefined,
        timestampUs: Date.UTC(2026, 10, 25, 18) * 1000,
      },
    ],
    [
      'example.com:443 2001:db8::1 - jane doe [25/Nov/2026:18:00:00 -0530] "-" 408 0 "-" "-"',
      {
        method: "-",
        endpoint: "-",
        statusCode: 408,
        ip: "2001:db8::1",
        responseTimeUs: undefined,
        userAgent: undefined,
        timestampUs: Date.UTC(2026, 10, 25, 23, 30) * 1000,
      },
    ],
  ],
};

/** Learns how a line is written, if it is one that compiled code reads. */
function learnClf(line: string): Layout | undefined {
  const [found, host, tail = ""] = USUAL.exec(line) ?? [];
  const rest = found === undefined ? undefined : learnClfTail(tail);
  if (rest === undefined) return undefined;
  const middle: readonly Piece[] = host === undefined
    ? ['] "']
    : ["] ", { to: "other", as: "word" }, ' "'];
  return toLayout("combined", [...HEAD, ...middle, ...REQUEST, ...rest]);
}

/** Writes a record as nginx does, in UTC. */
function writeCombined(record: LogRecord): string {
  const { method, endpoint, statusCode, userAgent, timestampUs } = record;
  const [date, time] = formatTimestamp(timestampUs).split("T") as [string, string];
  const [year, month, day] = date.split("-");
  const request = TOKEN.test(method) && endpoint !== ""
    ? `${method} ${escapeText(endpoint)} HTTP/1.1`
    : "-";
  return `${hostOf(record)} - - [${day}/${MONTHS[Number(month) - 1]}/${year}:${
    time.slice(0, 8)
  } +0000] ` +
    `"${request}" ${statusCode} - "-" "${escapeText(userAgent ?? "-")}"`;
}

/** The client of a record, where a word can be it. */
function hostOf({ ip }: LogRecord): string {
  const address = toClientAddress(ip);
  return HOST.test(address) && !DATE.test(address) ? address : "-";
}

/** Escapes a text as nginx does, but for what is not ASCII: `"` becomes `\x22`. */
function escapeText(text: string): string {
  const hex = (character: string) => character.charCodeAt(0).toString(16).toUpperCase();
  return text.replaceAll(ESCAPED, (character) => `\\x${hex(character).padStart(2, "0")}`);
}
