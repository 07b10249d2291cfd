import { keysOf, tokensOf } from "./line_tokens.ts";

/** What the last key of a path to a fact is often called, likeliest first; without case and separators. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  method: ["method", "httpmethod", "requestmethod", "verb"],
  endpoint: [
    "endpoint",
    "path",
    "uri",
    "url",
    "target",
    "requesturi",
    "requestpath",
    "originalurl",
  ],
  status_code: ["statuscode", "status", "httpstatus", "responsecode", "code"],
  ip: ["ip", "clientip", "remoteip", "remoteaddr", "remoteaddress", "client", "addr", "address"],
  timestamp: ["timestamp", "time", "ts", "datetime", "date", "at"],
};

/**
 * Suggests what to give to `--field` for a line of JSON.
 *
 * @param line A line that no format has.
 * @returns For each fact that a key is likely to be, `FACT=PATH`; none if the line is no object.
 *
 * @example An application's own log
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { suggestFields } from "./suggest_reading.ts";
 *
 * const line = '{"at":"2026-11-25T18:00:00Z","req":{"verb":"GET","uri":"/a"},"code":200}';
 * assertEquals(suggestFields(line), [
 *   "method=req.verb",
 *   "endpoint=req.uri",
 *   "status_code=code",
 *   "timestamp=at",
 * ]);
 * ```
 */
export function suggestFields(line: string): string[] {
  const paths = [...keysOf(line) ?? []].filter((path) => /^[\w@.-]+$/.test(path));
  const nameOf = (path: string) => path.split(".").at(-1)!.toLowerCase().replaceAll(/[^a-z]/g, "");
  return Object.entries(NAMES).flatMap(([fact, names]) => {
    const found = names.flatMap((name) => paths.find((path) => nameOf(path) === name) ?? []);
    return found[0] === undefined ? [] : [`${fact}=${found[0]}`];
  });
}

const METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)$/;

/**
 * Suggests a template for a line of text, in the variables of nginx.
 *
 * @param line A line that no format has.
 * @returns The template; `undefined` if no request, status or time is seen in the line.
 *
 * @example A log without brackets
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { suggestTemplate } from "./suggest_reading.ts";
 *
 * assertEquals(
 *   suggestTemplate('2026-11-25T18:00:00Z 192.0.2.7 "GET /a HTTP/1.1" 200 5 "curl/8"'),
 *   '$time_iso8601 $remote_addr "$request" $status $v1 "$v2"',
 * );
 * ```
 */
export function suggestTemplate(line: string): string | undefined {
  const seen = new Set<string>();
  const once = (name: string) => seen.has(name) ? undefined : (seen.add(name), `$${name}`);
  const parts: string[] = [];
  let others = 0;
  for (const { kind, text } of tokensOf(line)) {
    if (kind.name === "mark") {
      parts.push(text);
      continue;
    }
    const variable = variableOf(kind.name, text, seen, once);
    const name = variable ?? (kind.name === "quoted" ? `"$v${++others}"` : `$v${++others}`);
    // Values that touch are one value.
    if (parts.at(-1)?.startsWith("$")) others -= Number(variable === undefined);
    else parts.push(name);
  }
  const isWhole = seen.has("status") && (seen.has("time_local") || seen.has("time_iso8601")) &&
    (seen.has("request") || seen.has("request_uri"));
  return isWhole ? parts.join("") : undefined;
}

function variableOf(
  kind: string,
  text: string,
  seen: ReadonlySet<string>,
  once: (name: string) => string | undefined,
): string | undefined {
  if (kind === "address") return once("remote_addr");
  if (kind === "clf") return once("time_local");
  if (kind === "iso") return once("time_iso8601");
  if (kind === "request") return once("request") && '"$request"';
  if (kind === "word" && METHOD.test(text)) return once("request_method");
  if (kind === "word" && text.startsWith("/") && seen.has("request_method")) {
    return once("request_uri");
  }
  const hasRequest = seen.has("request") || seen.has("request_uri");
  return kind === "number" && hasRequest && /^[1-5]\d\d$/.test(text) ? once("status") : undefined;
}
