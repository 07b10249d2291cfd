import { ColumnReader } from "./columns/column_reader.ts";
import { parseJson } from "./json/parse_json.ts";
import { SpreadJson } from "./wrappers/spread_json.ts";
import { clean, unwrap } from "./wrappers/unwrap.ts";

/** How many wrappers are taken off a line at most. */
export const MAX_WRAPPERS = 3;

/**
 * Tells by the first line of an input that is not blank whether its lines depend on those before: it has a header, a
 * container runtime cut its lines, its objects are spread over lines, or it is the log of a service of Node.js, which
 * may write two lines a request. Such an input is read in the order of its lines.
 *
 * @param line The line, without its terminator.
 * @returns Whether the lines of the input depend on those before.
 *
 * @example A line of a container, and one of nginx
 * ```ts
 * import { assert } from "@std/assert";
 * import { isSequential } from "./is_sequential.ts";
 *
 * assert(isSequential("1970-01-01T00:00:01Z stdout F GET /a"));
 * assert(!isSequential('192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512'));
 * ```
 */
export function isSequential(line: string): boolean {
  let text = clean(line);
  for (let wrappers = 0; wrappers <= MAX_WRAPPERS; wrappers++) {
    if (ColumnReader.isHeader(text) || SpreadJson.isStart(text) || isHalfLog(text)) return true;
    const inner = unwrap(text);
    if (inner === undefined) return false;
    if (inner.stream !== undefined) return true;
    text = clean(inner.text);
  }
  return false;
}

/** Whether it is a line of pino that is no whole request. */
function isHalfLog(line: string): boolean {
  if (!line.startsWith("{") || !line.includes('"pid"')) return false;
  const { level, pid, hostname, req, res } = parseJson(line) ?? {};
  const isPino = [level, pid, hostname].every((value) => value !== undefined);
  return isPino && (req === undefined || res === undefined);
}
