import { formatTimestamp, type LogRecord, Rejection } from "../../../schema.ts";
import { isAddress, toClientAddress } from "../description/client_address.ts";
import { readClf } from "./clf.ts";
import { learnClfTail } from "./clf_tail.ts";
import type { Format } from "../description/format.ts";
import type { Layout } from "../description/layout.ts";
import type { Piece } from "../description/piece.ts";
import type { Slot } from "../description/shapes.ts";
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

const ADDRESS: Slot = { to: "ip", as: "address" };
const WORDS: Slot = { to: "other", as: "words" };
const TIME: Slot = { to: "timestamp", as: "clf" };
const REQUEST: readonly Piece[] = [
  { to: "method", as: "token" },
  " ",
  { to: "endpoint", as: "target" },
  '" ',
  { to: "status", as: "status" },
];
/** The lines that compiled code reads: others have another address, an odd request or an escape in it. */
const USUAL =
  /^(?:([A-Za-z][\w.-]*(?::\d+)?) )?\d{1,3}(?:\.\d{1,3}){3} ([^"[\s]+) [^"[]*\[[^\]]*\]( [^\s"]+)? "[A-Z]+ [^"\\]+ HTTP\/[\d.]+" \d{3}((?: .*)?)$/;

/** A format of the family of Common Log Format. */
export interface ClfDescription {
  /** The name of the format. */
  readonly name: string;
  /** Which servers write it: a few words. */
  readonly of: string;
  /** A line, with the names of values in braces in their places. */
  readonly template: string;
  /** A line that it reads, for people. */
  readonly sample: string;
}

const PLACE = /\{(\w+)\}/;
const TIME_UNITS: Readonly<
  Record<string, readonly [stepUs: number, write: (us: number) => string]>
> = {
  s3: [1_000, (us) => (us / 1e6).toFixed(3)],
  s4: [100, (us) => (us / 1e6).toFixed(4)],
  ms: [1_000, (us) => (us / 1e3).toFixed(0)],
};

/**
 * Makes a format that is read as all of its family are, see {@linkcode readClf}, and written by a template.
 *
 * @param description Its name, and a line with places for values: `ip`, `time`, `request`, `status`, `agent`, and a
 * response time as `s3` or `s4`, seconds with so many decimals, or `ms`.
 * @returns The format.
 *
 * @example Lines that end with a response time
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { LogRecord } from "../../../schema.ts";
 * import { clfFormat } from "./clf_format.ts";
 *
 * const sample = '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 - 0.012';
 * const template = '{ip} - - [{time}] "{request}" {status} - {s3}';
 * const { read, write } = clfFormat({ name: "mine", of: "my server", template, sample });
 * assertEquals(write(read(sample) as LogRecord), sample);
 * ```
 */
export function clfFormat({ name, of, template, sample }: ClfDescription): Format {
  const parts = template.split(PLACE);
  const unit = parts.map((part, i) => i % 2 === 1 ? TIME_UNITS[part] : undefined)
    .find((unit) => unit !== undefined);
  const isTold = (value: string) => parts.some((part, i) => i % 2 === 1 && part === value);
  const sampleRecord = () => {
    const record = readClf(sample);
    if (record !== undefined && !(record instanceof Rejection)) return record;
    throw new SyntaxError(`The sample of ${name} is no record`);
  };
  return {
    name,
    of,
    read: readClf,
    write: (record) => parts.map((part, i) => i % 2 === 0 ? part : valueOf(part, record)).join(""),
    learn: (line) => learnClf(line, name),
    carried: (record) => {
      const { method, endpoint, responseTimeUs } = record;
      const hasRequest = isRequest(record);
      const stepUs = unit?.[0];
      return {
        ...record,
        method: hasRequest ? method : "-",
        endpoint: hasRequest ? escapeText(endpoint) : "-",
        ip: isTold("ip") ? hostOf(record) : "-",
        responseTimeUs: stepUs === undefined || responseTimeUs === undefined
          ? undefined
          : Math.round(responseTimeUs / stepUs) * stepUs,
        userAgent: undefined,
        timestampUs: Math.floor(record.timestampUs / SECOND_US) * SECOND_US,
      };
    },
    lacks: unit === undefined ? ["responseTime"] : [],
    get samples(): Format["samples"] {
      return [[sample, sampleRecord()]];
    },
  };
}

/** Learns how a line is written, if it is one that compiled code reads. */
function learnClf(line: string, name: string): Layout | undefined {
  const [found, virtualHost, second, host, tail = ""] = USUAL.exec(line) ?? [];
  // What stands before the address and behind it is fixed: an address there would be the client.
  const isFixed = found !== undefined && ![virtualHost ?? "-", second!].some(isAddress);
  const rest = isFixed ? learnClfTail(tail) : undefined;
  if (rest === undefined) return undefined;
  const before = virtualHost === undefined ? "" : `${virtualHost} `;
  const middle: readonly Piece[] = host === undefined
    ? ['] "']
    : ["] ", { to: "other", as: "word" }, ' "'];
  const head: readonly Piece[] = [before, ADDRESS, ` ${second} `, WORDS, "[", TIME];
  return toLayout(name, [...head, ...middle, ...REQUEST, ...rest]);
}

/** Writes a value of a record as nginx does, in UTC. */
function valueOf(place: string, record: LogRecord): string {
  const { method, endpoint, statusCode, userAgent, responseTimeUs } = record;
  switch (place) {
    case "ip":
      return hostOf(record);
    case "time":
      return timeOf(record);
    case "request":
      return isRequest(record) ? `${method} ${escapeText(endpoint)} HTTP/1.1` : "-";
    case "status":
      return String(statusCode);
    case "agent":
      return escapeText(userAgent ?? "-");
    default: {
      const [stepUs, write] = TIME_UNITS[place]!;
      if (responseTimeUs === undefined) return "-";
      return write(Math.round(responseTimeUs / stepUs) * stepUs);
    }
  }
}

function timeOf({ timestampUs }: LogRecord): string {
  const [date, time] = formatTimestamp(timestampUs).split("T") as [string, string];
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

function isRequest({ method, endpoint }: LogRecord): boolean {
  return TOKEN.test(method) && endpoint !== "";
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
