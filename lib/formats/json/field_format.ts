import type { Format } from "../description/format.ts";
import type { Unit } from "../description/shapes.ts";
import type { JsonKey, JsonTarget } from "./json_description.ts";
import { jsonFormat } from "./json_format.ts";
import { PLAIN_KEYS } from "./plain_json.ts";

/** The names of the facts, as the own schema has them. */
const TARGETS: Readonly<Record<string, JsonTarget>> = {
  method: "method",
  endpoint: "endpoint",
  query: "query",
  request: "request",
  status_code: "status",
  ip: "ip",
  response_time: "responseTime",
  user_agent: "userAgent",
  timestamp: "timestamp",
};
const UNITS: Readonly<Record<string, Unit>> = { s: "s", ms: "ms", us: "us", ns: "ns" };
/** The forms of times; those that are no number are told by the text. */
const TIMES: Readonly<Record<string, Unit | undefined>> = {
  iso: undefined,
  clf: undefined,
  epoch: "s",
  epoch_ms: "ms",
  epoch_us: "us",
  epoch_ns: "ns",
};
const FIELD = /^(\w+)=(.+)$/s;
/** Names between points; a name in quotes may have points. */
const PATH = /^(?:"[^"]+"|[^".][^".]*)(?:\.(?:"[^"]+"|[^".]+))*$/;
const SUFFIX = /:([a-z_]+)$/;

/** Values of which a line is made that the format reads. */
const SAMPLES: Readonly<Record<JsonTarget, string>> = {
  method: "GET",
  endpoint: "/a",
  query: "",
  request: "GET /a HTTP/1.1",
  status: "200",
  ip: "192.0.2.7",
  responseTime: "12",
  userAgent: "curl/8.9.1",
  timestamp: "2026-11-25T18:00:00Z",
};

/**
 * Makes a format of JSON whose keys the user names. What is not named is found as in JSON that somebody made in a
 * template of a server.
 *
 * @param fields Fields as `target=path`: the path has points between the names of keys that lie in each other, and a
 * name with points stands in quotes. Behind it may stand a colon and the unit of a response time (`s`, `ms`, `us`,
 * `ns`), or the form of a time (`iso`, `clf`, `epoch`, `epoch_ms`, `epoch_us`, `epoch_ns`). Of two paths of a target
 * the first counts whose value can be used.
 * @returns The format, whose name is `fields`.
 * @throws {SyntaxError} If a field has another form, or its target or its unit is not known.
 *
 * @example A duration in milliseconds
 * ```ts
 * import { assertObjectMatch } from "@std/assert";
 * import { fieldFormat } from "./field_format.ts";
 *
 * const { read } = fieldFormat(["response_time=latency:ms", 'endpoint="http.target".raw']);
 * const line = '{"time":1795629600,"verb":"GET","http.target":{"raw":"/a"},"status":200,"latency":5}';
 * assertObjectMatch(read(line)!, { method: "GET", endpoint: "/a", responseTimeUs: 5000 });
 * ```
 */
export function fieldFormat(fields: readonly string[]): Format {
  const named = fields.map(toKey), targets = new Set(named.map(({ to }) => to));
  // Who names the target names all of it.
  const isFound = ({ to }: JsonKey) =>
    !targets.has(to) && !(targets.has("endpoint") && (to === "request" || to === "query")) &&
    !(targets.has("request") && (to === "method" || to === "endpoint"));
  const keys = [...named, ...PLAIN_KEYS.filter(isFound)];
  return jsonFormat({
    name: "fields",
    of: "JSON whose keys the user names",
    when: [],
    any: [keys.filter(({ to }) => to === "status").map(({ at }) => ({ at }))],
    keys,
    sample: sampleOf(keys),
  });
}

function toKey(field: string): JsonKey {
  const [, name = "", rest = ""] = FIELD.exec(field) ?? [];
  if (name === "") {
    throw new SyntaxError(`"${field}" is no field: expected target=path, as in status_code=code`);
  }
  const to = Object.hasOwn(TARGETS, name) ? TARGETS[name] : undefined;
  if (to === undefined) {
    const known = Object.keys(TARGETS).join(", ");
    throw new SyntaxError(`"${name}" in "${field}" is no target: expected one of ${known}`);
  }
  const units = to === "responseTime" ? UNITS : to === "timestamp" ? TIMES : {};
  const suffix = SUFFIX.exec(rest)?.[1];
  const hasUnit = suffix !== undefined && Object.hasOwn(units, suffix);
  if (suffix !== undefined && !hasUnit) throw unknownUnit(field, suffix, Object.keys(units));
  const path = hasUnit ? rest.slice(0, -suffix.length - 1) : rest;
  if (!PATH.test(path)) {
    throw new SyntaxError(
      `"${path}" in "${field}" is no path: expected names with points between them, ` +
        'those that have points themselves in quotes, as in request."user.agent"',
    );
  }
  const unit = hasUnit ? units[suffix] : undefined;
  return { to, at: path.replaceAll('"', ""), ...(unit === undefined ? {} : { unit }) };
}

function unknownUnit(field: string, found: string, known: readonly string[]): SyntaxError {
  const expected = known.length > 0
    ? `expected one of ${known.join(", ")}`
    : "only response_time and timestamp have one; a name with a colon stands in quotes";
  return new SyntaxError(`":${found}" in "${field}" is no unit: ${expected}`);
}

/** A line with the first key of each target. */
function sampleOf(keys: readonly JsonKey[]): string {
  const sample: Record<string, string | number> = {};
  const seen = new Set<JsonTarget>();
  for (const { to, at, unit, decimals } of keys) {
    if (seen.has(to) || to === "responseTime" && unit === undefined) continue;
    seen.add(to);
    sample[at] = to === "timestamp" && unit !== undefined
      ? EPOCHS[unit]
      : decimals === undefined
      ? SAMPLES[to]
      : "0.012";
  }
  return JSON.stringify(sample);
}

const EPOCHS: Readonly<Record<Unit, string>> = {
  s: "1795629600",
  ms: "1795629600000",
  us: "1795629600000000",
  ns: "1795629600000000000",
};
