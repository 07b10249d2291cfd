import { formatTimestamp, type LogRecord } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import type { Format } from "../description/format.ts";
import type { Unit } from "../description/shapes.ts";
import type { JsonFormat, JsonKey, JsonTarget } from "./json_description.ts";
import { ExactNumber, find, type JsonObject, parseJson } from "./parse_json.ts";
import { splitRequest } from "./read_object.ts";

const US_PER: Readonly<Record<Exclude<Unit, "ns">, number>> = { s: 1e6, ms: 1e3, us: 1 };
/** A method that a request line can carry (RFC 9110, section 5.6.2). */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Marks where a value of the record goes: no text of a sample has it. */
const MARK = "\u0000";

/**
 * Makes the writer of a format of JSON: it writes the sample, with the values of a record in it.
 *
 * @param json The format.
 * @returns The writer, and what of a record it carries.
 */
export function writeJson(json: JsonFormat): Pick<Format, "write" | "carried"> {
  const object = parseJson(json.sample)!;
  const places = placesOf(json, object);
  const targets = new Map(places.toReversed().map((place) => [place.key.to, place]));
  const indices = new Map(places.map(({ chain }, i) => [JSON.stringify(chain), i]));
  const parts = cut(object, indices).split(new RegExp(`"${MARK}(\\d+)"`));
  const precisionUs = timePrecisionUs(targets.get("timestamp"));
  return {
    write: (record) =>
      parts.map((part, i) => i % 2 === 0 ? part : valueOf(places[Number(part)]!, record)).join(""),
    carried: (record) => ({
      ...carriedRequest(record, targets),
      statusCode: record.statusCode,
      ip: targets.has("ip") ? clientOf(record.ip) : "-",
      responseTimeUs: rounded(record.responseTimeUs, targets.get("responseTime")?.key),
      userAgent: targets.has("userAgent") ? record.userAgent : undefined,
      timestampUs: Math.floor(record.timestampUs / precisionUs) * precisionUs,
    }),
  };
}

interface Place {
  readonly key: JsonKey;
  readonly chain: readonly string[];
  readonly value: unknown;
}

/** The keys that the sample has, those of each target in their order. */
function placesOf({ keys }: JsonFormat, object: JsonObject): Place[] {
  return keys.flatMap((key) => {
    const found = find(object, key.at);
    return found === undefined ? [] : [{ key, ...found }];
  });
}

/** The text of a value, with marks for those of the record. */
function cut(
  value: unknown,
  indices: ReadonlyMap<string, number>,
  chain: readonly string[] = [],
): string {
  const index = indices.get(JSON.stringify(chain));
  if (index !== undefined) return `"${MARK}${index}"`;
  if (value instanceof ExactNumber) return value.source;
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => cut(item, indices, [...chain, String(i)])).join(",")}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) =>
    `${JSON.stringify(name)}:${cut(member, indices, [...chain, name])}`
  );
  return `{${members.join(",")}}`;
}

function valueOf({ key, value }: Place, record: LogRecord): string {
  const { responseTimeUs, userAgent } = record;
  const isText = typeof value === "string";
  switch (key.to) {
    case "method":
      return JSON.stringify(record.method);
    case "endpoint":
      return JSON.stringify(record.endpoint);
    case "request":
      return JSON.stringify(
        isRequest(record) ? `${record.method} ${record.endpoint} HTTP/1.1` : "-",
      );
    case "query":
      return '""';
    case "status":
      return isText ? `"${record.statusCode}"` : String(record.statusCode);
    case "ip":
      return JSON.stringify(clientOf(record.ip));
    case "responseTime": {
      if (responseTimeUs === undefined) return "null";
      const suffix = isText ? /[a-zµ]+$/.exec(value)?.[0] ?? "" : "";
      const number = inUnit(
        rounded(responseTimeUs, key)!,
        key.unit ?? suffix as Unit,
        key.decimals,
      );
      return isText ? `"${number}${suffix}"` : number;
    }
    case "timestamp":
      return writeTime(record.timestampUs, { key, value });
    case "userAgent":
      return userAgent === undefined ? "null" : JSON.stringify(userAgent);
  }
}

/** A response time as precise as it is written. */
function rounded(us: number | undefined, key: JsonKey | undefined): number | undefined {
  if (us === undefined || key === undefined) return undefined;
  const stepUs = key.decimals === undefined || key.unit !== "s" ? 1 : 10 ** (6 - key.decimals);
  return Math.round(us / stepUs) * stepUs;
}

function inUnit(us: number, unit: Unit, decimals?: number): string {
  if (unit === "ns") return us === 0 ? "0" : `${us}000`;
  const number = us / US_PER[unit];
  if (decimals !== undefined) return number.toFixed(decimals);
  return String(number).includes("e") ? number.toFixed(6) : String(number);
}

function writeTime(us: number, { key, value }: Pick<Place, "key" | "value">): string {
  if (typeof value !== "string") return epochOf(us, key.unit ?? "s");
  if (/^\d+(?:\.\d+)?$/.test(value)) return `"${epochOf(us, key.unit ?? "s")}"`;
  const [date, time] = formatTimestamp(us).split("T") as [string, string];
  if (!value.includes("/")) return `"${date}T${time}Z"`;
  const [year, month, day] = date.split("-");
  const name = new Date(`${date}T00:00:00Z`).toUTCString().slice(8, 11);
  return month === undefined ? "" : `"${day}/${name}/${year}:${time.slice(0, 8)} +0000"`;
}

function epochOf(us: number, unit: Unit): string {
  const sign = us < 0 ? "-" : "", digits = String(Math.abs(us)).padStart(7, "0");
  const places = { s: 6, ms: 3, us: 0, ns: 0 }[unit];
  const whole = digits.slice(0, digits.length - places).replace(/^0+(?=\d)/, "");
  const decimals = places === 0 ? "" : digits.slice(-places).replace(/0+$/, "");
  return sign + whole + (unit === "ns" ? "000" : "") + (decimals === "" ? "" : `.${decimals}`);
}

/** Times of Common Log Format are whole seconds. */
function timePrecisionUs(timestamp: Pick<Place, "value"> | undefined): number {
  const value = timestamp?.value;
  return typeof value === "string" && value.includes("/") ? 1_000_000 : 1;
}

/** The client that a reader gives back. */
function clientOf(ip: string): string {
  const address = toClientAddress(toClientAddress(ip));
  return address === "" ? "-" : address;
}

function isRequest({ method, endpoint }: LogRecord): boolean {
  return TOKEN.test(method) && endpoint !== "" && endpoint !== "-";
}

function carriedRequest(
  record: LogRecord,
  targets: ReadonlyMap<JsonTarget, unknown>,
): Pick<LogRecord, "method" | "endpoint"> {
  if (targets.has("request") && !targets.has("endpoint")) {
    return isRequest(record)
      ? splitRequest(`${record.method} ${record.endpoint} HTTP/1.1`)
      : { method: "-", endpoint: "-" };
  }
  return {
    method: targets.has("method") ? record.method : "-",
    endpoint: targets.has("endpoint") ? record.endpoint : "-",
  };
}
