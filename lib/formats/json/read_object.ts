import { Rejection } from "../../../schema.ts";
import { isAddress, toClientAddress } from "../description/client_address.ts";
import { readDuration } from "../description/duration.ts";
import {
  type FormatOutcome,
  type ReadingOptions,
  type ReadRecord,
  USUAL_READING,
} from "../description/format.ts";
import { readEpoch, type ReadTime, readTime } from "../description/read_time.ts";
import type { Condition, JsonFormat, JsonKey, JsonTarget } from "./json_description.ts";
import { ExactNumber, find, type Found, type JsonObject, sourceOf } from "./parse_json.ts";

const STATUS = /^[1-9]\d\d$/;
/** A request line; a method is a token (RFC 9110, section 5.6.2). */
const REQUEST = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (.+)$/s;
const PROTOCOL = / HTTP\/\d(?:\.\d+)?$/;
const NONE = "-";

/** A key that counts, and its value. */
export interface Fact<Value> extends Found {
  /** The key. */
  readonly key: JsonKey;
  /** What the value is of the record. */
  readonly fact: Value;
}

/** Tells whether a condition is true of an object. */
export function holds({ at, is, starts, type }: Condition, object: JsonObject): boolean {
  const found = find(object, at);
  if (found === undefined) return false;
  const { value } = found;
  const plain = typeof value === "string" ? value.toLowerCase() : value;
  if (is !== undefined && !(is as readonly unknown[]).includes(plain)) return false;
  if (starts !== undefined && !(typeof value === "string" && value.startsWith(starts))) {
    return false;
  }
  return type === undefined || typeOf(value) === type;
}

function typeOf(value: unknown): string {
  if (value instanceof ExactNumber) return "number";
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/**
 * Reads an object in a format.
 *
 * @param format The format.
 * @param object The object.
 * @param how What it is read with.
 * @returns What the object is; `undefined` if it has another format.
 */
export function readObject(
  format: JsonFormat,
  object: JsonObject,
  how: ReadingOptions = USUAL_READING,
): FormatOutcome | undefined {
  const isTrue = (condition: Condition) => holds(condition, object);
  if (!format.when.every(isTrue)) return undefined;
  if (!(format.any ?? []).every((group) => group.some(isTrue))) return undefined;
  if (format.context?.some(isTrue)) return "context";
  const isWhole = (format.needs ?? []).every((path) => find(object, path) !== undefined);
  if (!isWhole) return new Rejection("not_a_request");
  return readRecord(format, object, how);
}

function readRecord(
  format: JsonFormat,
  object: JsonObject,
  how: ReadingOptions,
): ReadRecord | Rejection {
  const { keys } = format;
  const status = factOf(keys, object, "status", readStatus);
  if (status === undefined) return rejectStatus(format, object);
  const time = timeOf(keys, object, how);
  if (time instanceof Rejection) return time;
  const request = requestOf(keys, object);
  const client = factOf(keys, object, "ip", (value, key) => readClient(value, key, how));
  const agent = factOf(
    keys,
    object,
    "userAgent",
    (value) => typeof value === "string" ? value : undefined,
  );
  return {
    method: request.method.toWellFormed(),
    endpoint: request.endpoint.toWellFormed(),
    statusCode: status.fact,
    ip: (client?.fact ?? NONE).toWellFormed(),
    responseTimeUs: factOf(keys, object, "responseTime", readResponseTime)?.fact,
    userAgent: agent?.fact.toWellFormed(),
    timestampUs: time.us,
    ...(time.isZoneAssumed ? { isZoneAssumed: true } : {}),
  };
}

/** An object without a status is no request; one whose status cannot be used says that it is. */
function rejectStatus({ keys }: JsonFormat, object: JsonObject): Rejection {
  const isThere = keys.some(({ to, at }) => to === "status" && find(object, at) !== undefined);
  return isThere ? new Rejection("bad_status", "status") : new Rejection("not_a_request");
}

/** The first key of a target whose value can be used. */
export function factOf<Value>(
  keys: readonly JsonKey[],
  object: JsonObject,
  target: JsonTarget,
  read: (value: unknown, key: JsonKey) => Value | undefined,
): Fact<Value> | undefined {
  for (const key of keys) {
    if (key.to !== target) continue;
    const found = find(object, key.at);
    if (found === undefined) continue;
    const fact = read(found.value, key);
    if (fact !== undefined) return { ...found, key, fact };
  }
  return undefined;
}

function timeOf(
  keys: readonly JsonKey[],
  object: JsonObject,
  how: ReadingOptions,
): ReadTime | Rejection {
  const time = factOf(keys, object, "timestamp", (value, key) => readTimestamp(value, key, how));
  if (time !== undefined) return time.fact;
  if (how.lentTimeUs !== undefined) {
    return { us: how.lentTimeUs, isZoneAssumed: how.isLentZoneAssumed ?? false };
  }
  const isThere = keys.some(({ to, at }) => to === "timestamp" && find(object, at) !== undefined);
  return new Rejection(isThere ? "bad_timestamp" : "missing_field", "timestamp");
}

/** The method and the target of an object; of its keys, or of its request line. */
function requestOf(
  keys: readonly JsonKey[],
  object: JsonObject,
): { readonly method: string; readonly endpoint: string } {
  const line = factOf(keys, object, "request", readText)?.fact;
  const method = factOf(keys, object, "method", readText)?.fact;
  const path = factOf(keys, object, "endpoint", readText)?.fact;
  if (path === undefined && line !== undefined) return splitRequest(line);
  const query = factOf(keys, object, "query", readQuery)?.fact;
  const endpoint = path === undefined || query === undefined || path.includes("?")
    ? path
    : `${path}${query.startsWith("?") ? "" : "?"}${query}`;
  return { method: method ?? NONE, endpoint: endpoint ?? NONE };
}

/**
 * Splits a request line into method and target.
 *
 * @returns Both as logged; `-` for what was no request.
 */
export function splitRequest(line: string): { readonly method: string; readonly endpoint: string } {
  const [, method = NONE, rest = ""] = REQUEST.exec(line) ?? [];
  return { method, endpoint: rest.replace(PROTOCOL, "") || NONE };
}

/** Reads a text. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Reads a query that is not empty. */
export function readQuery(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value !== NONE ? value : undefined;
}

/** Reads an HTTP status, a text or a number. */
export function readStatus(value: unknown): number | undefined {
  const source = sourceOf(value) ?? "";
  return STATUS.test(source) ? Number(source) : undefined;
}

/** Reads the address of a client, or its name. */
export function readClient(
  value: unknown,
  key: JsonKey,
  { client }: ReadingOptions,
): string | undefined {
  if (typeof value !== "string") return undefined;
  const address = toClientAddress(value, client);
  if (address === "") return undefined;
  return key.isAddress !== true || isAddress(address) ? address : undefined;
}

/** Reads a response time in microseconds. */
export function readResponseTime(value: unknown, { unit, decimals }: JsonKey): number | undefined {
  const source = sourceOf(value);
  if (source === undefined) return undefined;
  const isKnown = decimals === undefined || decimalsOf(source) === decimals;
  return readDuration(source, isKnown ? unit : undefined);
}

function decimalsOf(source: string): number {
  return /^\d+(?:\.(\d+))?$/.exec(source)?.[1]?.length ?? 0;
}

/** Reads a time: a text in any form, or a number since 1970. */
export function readTimestamp(
  value: unknown,
  { unit }: JsonKey,
  how: ReadingOptions,
): ReadTime | undefined {
  const source = sourceOf(value);
  if (source === undefined) return undefined;
  if (!/^-?[\d.]+(?:[eE][+-]?\d+)?$/.test(source)) {
    return readTime(source.replace(/^\[(.*)\]$/, "$1"), how);
  }
  // Seconds are told from other units by their digits.
  return readEpoch(source, unit === "s" ? undefined : unit);
}
