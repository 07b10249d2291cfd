import { formatTimestamp, type LogRecord } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import { type Format, USUAL_READING } from "../description/format.ts";
import type { Unit } from "../description/shapes.ts";
import { learnColumns } from "./learn_columns.ts";
import { planColumns, readColumns } from "./read_columns.ts";
import { splitColumns } from "./split_columns.ts";

/** A format of lines whose columns a header names, as data. */
export interface ColumnFormat {
  /** The name of the format, as it is given to `--format`. */
  readonly name: string;
  /** Which servers write it: a few words. */
  readonly of: string;
  /** The lines before the header that names the columns. */
  readonly head: readonly string[];
  /** What stands between values. */
  readonly separator: " " | "\t";
  /** The columns that are written, and read where no header names others. */
  readonly columns: string;
  /** The unit of `time-taken`; without it there is none to be told. */
  readonly unit?: Unit;
}

const SECOND_US = 1_000_000;
const US_PER: Readonly<Record<Unit, number>> = { s: 1_000_000, ms: 1000, us: 1, ns: 1 };
/** To so many microseconds lengths of time are rounded: a millisecond. */
const STEP_US = 1000;
const HOST = /^[\w.:-]+$/;
const DATE = /^\d{4}-\d\d-\d\d[ \t]/;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What would end a column, or is no text. */
// deno-lint-ignore no-control-regex
const ENDING = /[\x00-\x20"\x7F]/g;

/** W3C extended log format, as far as all servers agree: in whose unit a length of time is, they do not. */
const W3C: ColumnFormat = {
  name: "w3c",
  of: "W3C extended log format, of whatever server",
  head: ["#Version: 1.0"],
  separator: " ",
  columns: "date time c-ip cs-method cs-uri-stem cs-uri-query sc-status cs(User-Agent)",
};

const IIS: ColumnFormat = {
  name: "iis",
  of: "Internet Information Services (IIS), Azure App Service",
  head: ["#Software: Microsoft Internet Information Services 10.0", "#Version: 1.0"],
  separator: " ",
  columns:
    "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken",
  unit: "ms",
};

const CLOUDFRONT: ColumnFormat = {
  name: "cloudfront",
  of: "Amazon CloudFront, standard logs",
  head: ["#Version: 1.0"],
  separator: "\t",
  columns:
    "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end",
  unit: "s",
};

/** The formats whose columns a header names; without one their lines are told from no others. */
export const COLUMN_FORMATS: readonly Format[] = [IIS, W3C, CLOUDFRONT].map(toFormat);

/**
 * Makes a format of its description.
 *
 * @param format The description.
 * @returns The format; its `read` goes by the columns of the description, and is not to be asked about the lines of
 * a log whose header names others.
 */
export function toFormat(format: ColumnFormat): Format {
  const { name, of, head, separator, columns, unit } = format;
  const names = columns.split(" "), plan = planColumns(names);
  const { carried, write } = writerOf(format, names);
  const record: LogRecord = {
    method: "GET",
    endpoint: "/a?b=1",
    statusCode: 200,
    ip: "192.0.2.7",
    responseTimeUs: unit === undefined ? undefined : 57_000,
    userAgent: undefined,
    timestampUs: Date.UTC(2026, 10, 25, 18) * 1000,
  };
  return {
    name,
    of,
    header: [...head, `#Fields: ${columns}`],
    read: (line, how = USUAL_READING) => {
      if (line.startsWith("#")) return "context";
      const values = DATE.test(line) && line[10] === separator
        ? splitColumns(line, plan.count)
        : undefined;
      return values === undefined ? undefined : readColumns(values, plan, { unit }, how);
    },
    write,
    carried,
    learn: (line) => learnColumns(line, { format: name, plan, unit }),
    lacks: unit === undefined ? ["responseTime"] : [],
    get samples(): Format["samples"] {
      return [[write(record), record]];
    },
  };
}

function writerOf({ separator, unit }: ColumnFormat, names: readonly string[]) {
  const carried = (record: LogRecord): LogRecord => {
    const { method, endpoint, ip, responseTimeUs, timestampUs } = record;
    const address = toClientAddress(ip);
    return {
      ...record,
      method: TOKEN.test(method) ? method : "-",
      endpoint: escapeText(endpoint) || "-",
      ip: HOST.test(address) ? address : "-",
      responseTimeUs: unit === undefined || responseTimeUs === undefined
        ? undefined
        : Math.round(responseTimeUs / STEP_US) * STEP_US,
      userAgent: undefined,
      timestampUs: Math.floor(timestampUs / SECOND_US) * SECOND_US,
    };
  };
  const write = (record: LogRecord): string => {
    const { method, endpoint, ip, statusCode, responseTimeUs, timestampUs } = carried(record);
    const [stem, query] = splitTarget(endpoint);
    const [date, time] = formatTimestamp(timestampUs).split("T") as [string, string];
    const values: Readonly<Record<string, string>> = {
      date,
      time: time.slice(0, 8),
      "c-ip": ip,
      "cs-method": method,
      "cs-uri-stem": stem,
      "cs-uri-query": query,
      "sc-status": `${statusCode}`,
      "time-taken": unit === undefined || responseTimeUs === undefined
        ? "-"
        : (responseTimeUs / US_PER[unit]).toFixed(unit === "s" ? 3 : 0),
      "cs(User-Agent)": agentOf(record, separator),
    };
    return names.map((name) => values[name] ?? "-").join(separator);
  };
  return { carried, write };
}

/** Path and query of a target; of what is no such thing all is the path. */
function splitTarget(target: string): readonly [stem: string, query: string] {
  const [, stem, query] = /^([^?]+)\?(.+)$/s.exec(target) ?? [];
  const isSplit = stem !== undefined && stem !== "-" && query !== "-";
  return isSplit ? [stem, query!] : [target, "-"];
}

function agentOf({ userAgent }: LogRecord, separator: " " | "\t"): string {
  const text = userAgent ?? "-";
  return escapeText(separator === " " ? text.replaceAll(" ", "+") : text) || "-";
}

function escapeText(text: string): string {
  return text.replaceAll(ENDING, (character) => encodeURIComponent(character));
}
