import { formatTimestamp, type LogRecord, Rejection } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import { decimalToUs } from "../description/duration.ts";
import {
  type Format,
  type FormatOutcome,
  type ReadingOptions,
  USUAL_READING,
} from "../description/format.ts";
import type { Layout } from "../description/layout.ts";
import { readTime } from "../description/read_time.ts";
import type { Slot, Unit } from "../description/shapes.ts";
import { clientOf } from "./read_columns.ts";

/** The labels that tell something, in the order in which they count; others are passed over. */
const LABELS = {
  time: ["time", "time_local", "time_iso8601", "datetime"],
  ip: ["host", "remote_addr", "remote_host", "forwardedfor"],
  request: ["req", "request"],
  method: ["method", "request_method"],
  endpoint: ["uri", "request_uri"],
  status: ["status"],
  agent: ["ua", "user_agent", "http_user_agent"],
} as const;

/** The labels of response times, and their units. */
const TAKEN: readonly (readonly [label: string, unit: Unit])[] = [
  ["reqtime", "s"],
  ["reqtime_microsec", "us"],
  ["request_time", "s"],
  ["apptime", "s"],
];

const REQUEST = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (.+)$/s;
const PROTOCOL = / HTTP\/\d(?:\.\d+)?$/;
const STATUS = /^[1-9]\d\d$/;
const NAME = /^[\w.-]+$/;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HOST = /^[\w.:-]+$/;
/** What would end a value, or is no text. */
// deno-lint-ignore no-control-regex
const ENDING = /[\x00-\x20"\x7F]/g;
/** More labels than any server writes. */
const MAX_LABELS = 500;

/** A client with neither port nor list. */
const CLIENT = /^(?:[\d.]+|[\da-f:]+)$/;
/** More labels than are worth compiling. */
const MAX_LEARNED = 40;

type Labels = ReadonlyMap<string, string>;

/** Labeled Tab-separated Values (ltsv.org), with the labels that are proposed there and the names of nginx. */
export const LTSV_FORMAT: Format = {
  name: "ltsv",
  of: "LTSV: labels and values, separated by tabs",
  read: readLtsv,
  write: writeLtsv,
  carried: carriedBy,
  learn: learnLtsv,
  lacks: [],
  samples: [[
    "time:2026-11-25T18:00:00.000000Z\thost:192.0.2.7\tmethod:GET\turi:/a?b=1\tstatus:200\treqtime_microsec:57000\tua:curl/8.9.1",
    {
      method: "GET",
      endpoint: "/a?b=1",
      statusCode: 200,
      ip: "192.0.2.7",
      responseTimeUs: 57_000,
      userAgent: undefined,
      timestampUs: Date.UTC(2026, 10, 25, 18) * 1000,
    },
  ]],
};

function readLtsv(line: string, how: ReadingOptions = USUAL_READING): FormatOutcome | undefined {
  const labels = labelsOf(line);
  if (labels === undefined) return undefined;
  const { method, endpoint } = requestOf(labels);
  const status = valueOf(labels, LABELS.status);
  if (status === undefined || !STATUS.test(status)) return new Rejection("bad_status", "status");
  const time = timeOf(labels, how);
  if (time instanceof Rejection) return time;
  return {
    method,
    endpoint,
    statusCode: Number(status),
    ip: clientOf(valueOf(labels, LABELS.ip) ?? "-", how),
    responseTimeUs: takenOf(labels),
    userAgent: how.keepsAgent ? valueOf(labels, LABELS.agent) : undefined,
    timestampUs: time.us,
    ...time.isZoneAssumed && { isZoneAssumed: true },
  };
}

/** The labels of a line and their values; `undefined` if it is no line of requests. */
function labelsOf(line: string): Labels | undefined {
  if (line.startsWith("{") || !line.includes("\t")) return undefined;
  const labels = new Map<string, string>();
  for (const field of line.split("\t", MAX_LABELS)) {
    const colon = field.indexOf(":");
    const label = field.slice(0, Math.max(colon, 0));
    if (NAME.test(label) && !labels.has(label)) labels.set(label, field.slice(colon + 1));
  }
  const has = (names: readonly string[]) => names.some((name) => labels.has(name));
  const isRequest = has(LABELS.request) || has(LABELS.endpoint);
  // The first field tells that it is no line of another format with such a tail.
  const isFirst = NAME.test(line.slice(0, Math.max(line.indexOf(":"), 0)));
  return isRequest && isFirst && has(LABELS.status) ? labels : undefined;
}

function valueOf(labels: Labels, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = labels.get(name);
    if (value !== undefined && value !== "" && value !== "-") return value.toWellFormed();
  }
  return undefined;
}

function requestOf(labels: Labels): Pick<LogRecord, "method" | "endpoint"> {
  const endpoint = valueOf(labels, LABELS.endpoint);
  if (endpoint !== undefined) return { method: valueOf(labels, LABELS.method) ?? "-", endpoint };
  const [, method = "-", rest = ""] = REQUEST.exec(valueOf(labels, LABELS.request) ?? "") ?? [];
  return { method, endpoint: rest.replace(PROTOCOL, "") || "-" };
}

function timeOf(labels: Labels, how: ReadingOptions) {
  const text = valueOf(labels, LABELS.time)?.replace(/^\[(.*)\]$/s, "$1");
  if (text !== undefined) {
    return readTime(text, how) ?? new Rejection("bad_timestamp", "timestamp");
  }
  const { lentTimeUs: us, isLentZoneAssumed: isZoneAssumed = false } = how;
  return us === undefined ? new Rejection("missing_field", "timestamp") : { us, isZoneAssumed };
}

function takenOf(labels: Labels): number | undefined {
  for (const [label, unit] of TAKEN) {
    const us = decimalToUs(labels.get(label) ?? "", unit);
    if (us !== undefined) return us;
  }
  return undefined;
}

function carriedBy(record: LogRecord): LogRecord {
  const { method, endpoint, ip } = record, address = toClientAddress(ip);
  const target = escapeText(endpoint) || "-";
  return {
    ...record,
    method: TOKEN.test(method) && target !== "-" ? method : "-",
    endpoint: target,
    ip: HOST.test(address) ? address : "-",
    userAgent: undefined,
  };
}

function writeLtsv(record: LogRecord): string {
  const { method, endpoint, statusCode, ip, responseTimeUs, timestampUs } = carriedBy(record);
  return [
    `time:${formatTimestamp(timestampUs)}Z`,
    `host:${ip}`,
    `method:${method}`,
    `uri:${endpoint}`,
    `status:${statusCode}`,
    ...responseTimeUs === undefined ? [] : [`reqtime_microsec:${responseTimeUs}`],
    `ua:${escapeAgent(record.userAgent ?? "-")}`,
  ].join("\t");
}

function escapeText(text: string): string {
  return text.replaceAll(ENDING, (character) => encodeURIComponent(character));
}

function escapeAgent(text: string): string {
  return text.replaceAll(/[^\x20-\x7E]|"/gu, (character) => encodeURIComponent(character));
}

/** Labels are literals, values slots; a line that tells a fact twice is left to `read`. */
function learnLtsv(line: string): Layout | undefined {
  const fields = line.split("\t", MAX_LEARNED + 1), seen = new Set<string>();
  if (fields.length > MAX_LEARNED || line.includes('"')) return undefined;
  const slots: Slot[] = [], literals = [""];
  for (const [i, field] of fields.entries()) {
    const colon = field.indexOf(":"), label = field.slice(0, Math.max(colon, 0));
    const slot = slotOf(label, field.slice(colon + 1));
    if (!NAME.test(label) || slot === undefined || seen.has(slot.to)) return undefined;
    if (slot.to !== "other") seen.add(slot.to);
    const isBracketed = slot.as === "clf";
    literals[literals.length - 1] += `${i === 0 ? "" : "\t"}${label}:${isBracketed ? "[" : ""}`;
    slots.push(slot);
    literals.push(isBracketed ? "]" : "");
  }
  const shapes = slots.map(({ as, to, unit = "" }) => `${to}/${as}/${unit}`);
  return {
    format: "ltsv",
    slots,
    literals: literals.map((literal) => new TextEncoder().encode(literal)),
    signature: `ltsv ${literals.join("\n")}\n${shapes.join(" ")}`,
  };
}

/** The slot for the values of a label; `undefined` if compiled code cannot read values like this one. */
function slotOf(label: string, value: string): Slot | undefined {
  const is = (names: readonly string[]) => names.includes(label);
  const fact = (isUsual: boolean, slot: Slot) => isUsual ? slot : undefined;
  if (is(LABELS.request)) return undefined;
  if (is(LABELS.method)) return fact(/^[A-Z]+$/.test(value), { to: "method", as: "token" });
  if (is(LABELS.endpoint)) return { to: "endpoint", as: "word" };
  if (is(LABELS.ip)) return fact(CLIENT.test(value), { to: "ip", as: "client" });
  if (is(LABELS.status)) return { to: "status", as: "status" };
  if (is(LABELS.agent)) return { to: "userAgent", as: "words" };
  if (is(LABELS.time)) {
    if (/^\[\d\d\/.*\]$/.test(value)) return { to: "timestamp", as: "clf" };
    return fact(/^\d{4}-.*(?:Z|[+-]\d\d:?\d\d)$/.test(value), { to: "timestamp", as: "zoned" });
  }
  const unit = TAKEN.find(([name]) => name === label)?.[1];
  if (unit === undefined) return { to: "other", as: "words" };
  return fact(/^\d+(?:\.\d+)?$/.test(value), { to: "responseTime", as: "decimal", unit });
}
