import { formatTimestamp, type LogRecord } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import { readClf } from "./clf.ts";
import type { Format } from "../description/format.ts";
import type { Layout } from "../description/layout.ts";
import type { Slot } from "../description/shapes.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SECOND_US = 1_000_000;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** A client that is one word, which no reader takes for a date or a list. */
const HOST = /^[\w.:%-]+$/;
const DATE = /^\d{4}-\d\d/;
/** What would end a quoted text or a line, or is no text. */
// deno-lint-ignore no-control-regex
const ESCAPED = /["\\\x00-\x1F\x7F]/g;

const SLOTS: readonly Slot[] = [
  { to: "ip", as: "address" },
  { to: "other", as: "words" },
  { to: "timestamp", as: "clf" },
  { to: "method", as: "token" },
  { to: "endpoint", as: "target" },
  { to: "status", as: "status" },
  { to: "other", as: "rest" },
];
const LITERALS = ["", " ", "[", '] "', " ", '" ', "", ""];

/** The layout of most lines; what has another address, an odd request or an escape is left to `read`. */
const LAYOUT: Layout = {
  format: "combined",
  slots: SLOTS,
  literals: LITERALS.map((literal) => new TextEncoder().encode(literal)),
  signature: "combined",
};

/** Combined Log Format, the default of nginx and the usual of Apache, and all that is read like it. */
export const COMBINED_FORMAT: Format = {
  name: "combined",
  of: "Apache, nginx and whoever followed them",
  read: (line) => readClf(line),
  write: writeCombined,
  learn: () => LAYOUT,
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
