import { type LogRecord, Rejection } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import { decimalToUs } from "../description/duration.ts";
import type { ReadingOptions, ReadRecord } from "../description/format.ts";
import { readEpoch, type ReadTime, readTime } from "../description/read_time.ts";
import type { Slot } from "../description/shapes.ts";

/** What stands where a request was none, or a client is not known. */
export const NONE = "-";
/** A method is a token (RFC 9110, section 5.6.2); nothing that a broken client sent has that and a space. */
export const TOKEN: RegExp = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const REQUEST = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (.+)$/s;
const PROTOCOL = / HTTP\/\d(?:\.\d+)?$/;
const PORT = /^(.+):\d{1,5}$/s;

/** Whether a slot has no value: what is written there stands for none. */
export function isAbsent({ to, absent = [] }: Slot, text: string): boolean {
  if (text === "" || text === NONE || absent.includes(text)) return true;
  return to === "responseTime" && !/^\d+(?:\.\d+)?$/.test(text);
}

/**
 * Reads the record of a line from the texts of its slots.
 *
 * @param slots The slots of the line.
 * @param texts Their texts, in the same order.
 * @param how What the line is read with.
 * @returns The record, or why there is none.
 */
export function readValues(
  slots: readonly Slot[],
  texts: readonly string[],
  how: ReadingOptions,
): ReadRecord | Rejection {
  const values = Array.from(slots, (slot, i) => [slot, texts[i]!] as const);
  const status = values.find(([{ to }]) => to === "status")?.[1] ?? NONE;
  if (!/^[1-9]\d\d$/.test(status)) return new Rejection("bad_status", "status");
  const time = timeOf(values, how);
  if (time instanceof Rejection) return time;
  const record: LogRecord = {
    ...requestOf(values),
    statusCode: Number(status),
    ip: clientOf(values, how).toWellFormed(),
    responseTimeUs: responseTimeOf(values),
    userAgent: how.keepsAgent ? agentOf(values) : undefined,
    timestampUs: time.us,
  };
  return time.isZoneAssumed ? { ...record, isZoneAssumed: true } : record;
}

type Values = readonly (readonly [slot: Slot, text: string])[];

function timeOf(values: Values, how: ReadingOptions): ReadTime | Rejection {
  const found = values.find(([slot, text]) => slot.to === "timestamp" && !isAbsent(slot, text));
  if (found === undefined) {
    const { lentTimeUs: us, isLentZoneAssumed: isZoneAssumed = false } = how;
    return us === undefined ? new Rejection("missing_field", "timestamp") : { us, isZoneAssumed };
  }
  const [{ as, unit }, text] = found;
  const time = as === "epoch" ? readEpoch(text, unit) : readTime(text, how);
  return time ?? new Rejection("bad_timestamp", "timestamp");
}

/** Method and endpoint: both of a request line, which is one or none; or each of its own slot, whatever the other is. */
function requestOf(values: Values): Pick<LogRecord, "method" | "endpoint"> {
  const textOf = (target: Slot["to"]) =>
    values.find(([slot, text]) => slot.to === target && !isAbsent(slot, text))?.[1];
  const [, ofLine = NONE, rest = ""] = REQUEST.exec(textOf("request") ?? "") ?? [];
  const target = ofLine === NONE ? "" : rest.replace(PROTOCOL, "");
  const method = textOf("method") ?? (target === "" ? NONE : ofLine);
  const path = textOf("endpoint") ?? (target || NONE);
  const query = path === NONE ? undefined : textOf("query")?.replace(/^\?/, "");
  const endpoint = query === undefined ? path : `${path}?${query}`;
  return { method: TOKEN.test(method) ? method : NONE, endpoint: endpoint.toWellFormed() };
}

function clientOf(values: Values, { client }: ReadingOptions): string {
  const found = values.find(([slot, text]) => slot.to === "ip" && !isAbsent(slot, text));
  if (found === undefined) return NONE;
  const [{ as }, text] = found;
  // The port of an IPv6 address is behind its last colon, brackets or not.
  if (as === "peer") return toClientAddress(PORT.exec(text)?.[1] ?? text) || NONE;
  const one = client === "last" ? text.slice(text.lastIndexOf(",") + 1).trim() : text;
  return toClientAddress(one) || NONE;
}

function agentOf(values: Values): string | undefined {
  const found = values.find(([slot, text]) => slot.to === "userAgent" && !isAbsent(slot, text));
  return found?.[1].toWellFormed();
}

/** The sum of all parts; none if one of them is absent. */
function responseTimeOf(values: Values): number | undefined {
  let sum: number | undefined;
  for (const [slot, text] of values) {
    if (slot.to !== "responseTime") continue;
    const us = isAbsent(slot, text) ? undefined : durationUs(slot, text);
    if (us === undefined) return undefined;
    sum = (sum ?? 0) + us;
  }
  return sum;
}

function durationUs({ unit, decimals }: Slot, text: string): number | undefined {
  const count = text.split(".")[1]?.length ?? 0;
  if (unit === undefined || decimals !== undefined && decimals !== count) return undefined;
  return decimalToUs(text, unit);
}
