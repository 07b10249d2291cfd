import { formatTimestamp, type LogRecord } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import type { Unit } from "../description/shapes.ts";
import { isTwoWords } from "./part.ts";
import type { LineValue, TemplateLine } from "./template_line.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HOST = /^[\w.:%-]+$/;
const PLACES: Readonly<Record<Unit, number>> = { s: 6, ms: 3, us: 0, ns: 0 };
/** How many digits behind the point each unit is written with. */
const DECIMALS: Readonly<Record<Unit, number>> = { s: 3, ms: 0, us: 0, ns: 0 };

/** Writes a record as a line of a template; what it does not tell is `-`. */
export function writeValues(line: TemplateLine, record: LogRecord): string {
  return line.values.map((place) => place.before + writeValue(place, record)).join("") + line.end;
}

function writeValue({ field, next, isQuoted }: LineValue, record: LogRecord): string {
  const { to, as, unit } = field, { method, endpoint, statusCode, responseTimeUs } = record;
  const isRequest = TOKEN.test(method) && endpoint !== "";
  const target = escapeTarget(endpoint, next);
  switch (to) {
    case "status":
      return String(statusCode);
    case "timestamp":
      return writeTime(as, unit, record.timestampUs);
    case "request":
      return isRequest ? `${method} ${target} HTTP/1.1` : "-";
    case "method":
      return TOKEN.test(method) && !method.includes(next[0] ?? " ") ? method : "-";
    case "endpoint":
      return endpoint === "" ? "-" : target;
    case "ip": {
      const ip = toClientAddress(record.ip);
      const host = HOST.test(ip) && (isQuoted || !ip.includes(next[0] ?? " ")) ? ip : "-";
      return as === "peer" && host !== "-" ? `${host}:80` : host;
    }
    case "responseTime":
      return responseTimeUs === undefined ? "-" : writeDuration(responseTimeUs, unit!);
    default:
      return isTwoWords(field) ? "- -" : "-";
  }
}

/** Cuts a duration to what servers write of it. */
function writeDuration(us: number, unit: Unit): string {
  if (unit === "us" || unit === "ns") return String(unit === "ns" ? us * 1000 : us);
  return toDecimal(us, unit, DECIMALS[unit]);
}

/** Writes whole microseconds as a number of a unit, digit by digit. */
function toDecimal(us: number, unit: Unit, decimals: number): string {
  const places = PLACES[unit], digits = String(us).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places, digits.length - places + decimals);
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

function writeTime(as: string, unit: Unit | undefined, us: number): string {
  if (as === "epoch") return toDecimal(Math.max(0, us), unit!, unit === "s" ? 3 : 0);
  const [date, time] = formatTimestamp(us).split("T") as [string, string];
  const [year, month, day] = date.split("-");
  const second = time.slice(0, 8), millisecond = time.slice(0, 12);
  switch (as) {
    case "zoned":
      return `${date}T${millisecond}Z`;
    case "columns":
    case "local":
      return `${date} ${second}`;
    default: {
      const clf = `${day}/${MONTHS[Number(month) - 1]}/${year}:`;
      return as === "clock" ? clf + millisecond : `${clf}${second} +0000`;
    }
  }
}

/** Escapes of a target what would end it, as a URL does. */
function escapeTarget(target: string, next: string): string {
  // deno-lint-ignore no-control-regex
  const text = target.replaceAll(/["\\ \x00-\x1F\x7F]/g, percent);
  const end = next[0];
  return end === undefined ? text : text.replaceAll(end, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
