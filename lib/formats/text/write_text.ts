import { formatTimestamp, type LogRecord } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import type { Piece } from "../description/piece.ts";
import type { Slot, Unit } from "../description/shapes.ts";
import { NONE, TOKEN } from "./read_text.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const US: Readonly<Record<Unit, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };
/** How many decimals make microseconds. */
const DECIMALS: Readonly<Record<Unit, number>> = { s: 6, ms: 3, us: 0, ns: 0 };
/** A client that is one word, which no reader takes for a list. */
const HOST = /^[\w.:%-]+$/;
/** What would end a value or a line, or is no text. */
// deno-lint-ignore no-control-regex
const ESCAPED = /["\\\x00-\x20\x7F-\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF]/g;
// deno-lint-ignore no-control-regex
const ESCAPED_IN_QUOTES = /["\\\x00-\x1F\x7F]/g;

/** Writes a record as a line. */
export function writeText(record: LogRecord, pieces: readonly Piece[]): string {
  const shown = toShown(record, pieces);
  const placesOf = (target: Slot["to"]) =>
    pieces.flatMap((piece, i) => typeof piece !== "string" && piece.to === target ? [i] : []);
  const durations = placesOf("responseTime"), [ip] = placesOf("ip");
  const duration = durations[Math.floor(durations.length / 2)];
  return pieces.map((piece, i) => {
    if (typeof piece === "string") return piece;
    const none = piece.absent?.[0] ?? NONE;
    switch (piece.to) {
      case "method":
        return shown.method;
      case "endpoint":
        return shown.endpoint;
      case "request":
        return shown.method === NONE ? none : `${shown.method} ${shown.endpoint} HTTP/1.1`;
      case "ip":
        if (i !== ip || shown.ip === NONE) return none;
        return piece.as === "peer" ? `${shown.ip}:0` : shown.ip;
      case "status":
        return String(shown.statusCode);
      case "responseTime":
        if (shown.responseTimeUs === undefined) return none;
        return writeDuration(i === duration ? shown.responseTimeUs : 0, piece);
      case "timestamp":
        return writeTime(shown.timestampUs, piece);
      case "userAgent":
        return escapeText(record.userAgent ?? none, true);
      default:
        return none;
    }
  }).join("");
}

/** What of a record a line shows, and so gives back. */
export function toShown(record: LogRecord, pieces: readonly Piece[]): LogRecord {
  const slots = pieces.filter((piece) => typeof piece !== "string");
  const slotOf = (target: Slot["to"]) => slots.find(({ to }) => to === target);
  const { endpoint } = record, address = toClientAddress(record.ip);
  const method = slotOf("request") ?? slotOf("method");
  const target = slotOf("request") ?? slotOf("endpoint");
  const isRequest = (method === undefined || TOKEN.test(record.method) && record.method !== NONE) &&
    target !== undefined && endpoint !== "" && !(target.to === "endpoint" && endpoint === NONE);
  const isQuoted = target?.to === "request";
  return {
    method: isRequest && method !== undefined ? record.method : NONE,
    endpoint: isRequest ? escapeText(endpoint, isQuoted) : NONE,
    statusCode: record.statusCode,
    ip: slotOf("ip") !== undefined && HOST.test(address) ? address : NONE,
    responseTimeUs: roundDuration(record.responseTimeUs, slotOf("responseTime")),
    userAgent: undefined,
    timestampUs: cutTime(record.timestampUs, slotOf("timestamp")),
  };
}

function roundDuration(us: number | undefined, slot: Slot | undefined): number | undefined {
  if (us === undefined || slot?.unit === undefined) return undefined;
  const step = stepOf(slot);
  return Math.round(us / step) * step;
}

/** The least difference of two values of a slot, in microseconds: one or more. */
function stepOf({ unit = "us", decimals = DECIMALS[unit] }: Slot): number {
  return Math.max(1, Math.round(US[unit] / 10 ** decimals));
}

function writeDuration(us: number, { unit = "us", decimals = DECIMALS[unit] }: Slot): string {
  if (unit === "ns") return `${us}000`;
  const digits = String(us).padStart(DECIMALS[unit] + 1, "0");
  const point = digits.length - DECIMALS[unit];
  const fraction = digits.slice(point).padEnd(decimals, "0").slice(0, decimals);
  return fraction === "" ? digits.slice(0, point) : `${digits.slice(0, point)}.${fraction}`;
}

function cutTime(us: number, slot: Slot | undefined): number {
  switch (slot?.as) {
    case "clf":
      return Math.floor(us / 1e6) * 1e6;
    case "clock":
      return Math.floor(us / 1e3) * 1e3;
    case "columns":
      return Math.floor(us / 1e6) * 1e6;
    case "epoch":
      return Math.floor(Math.max(0, us) / stepOf(slot)) * stepOf(slot);
    default:
      return us;
  }
}

/** Writes a time, in UTC. */
function writeTime(us: number, slot: Slot): string {
  if (slot.as === "epoch") return writeDuration(us, slot);
  const [date, time] = formatTimestamp(us).split("T") as [string, string];
  const [year, month, day] = date.split("-");
  const clf = `${day}/${MONTHS[Number(month) - 1]}/${year}:`;
  if (slot.as === "clf") return `${clf}${time.slice(0, 8)} +0000`;
  if (slot.as === "clock") return `${clf}${time.slice(0, 12)}`;
  if (slot.as === "columns") return `${date} ${time.slice(0, 8)}`;
  return `${date}T${time}Z`;
}

/** Escapes what would end a value as nginx does: `"` becomes `\x22`. */
function escapeText(text: string, isQuoted: boolean): string {
  return text.replaceAll(isQuoted ? ESCAPED_IN_QUOTES : ESCAPED, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`;
  });
}
