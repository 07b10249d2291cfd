import type { Format } from "../description/format.ts";
import type { JsonFormat } from "./json_description.ts";
import { keepOf } from "./keep_of.ts";
import { learnJson } from "./learn_json.ts";
import { parseJson } from "./parse_json.ts";
import { readObject } from "./read_object.ts";
import { writeJson } from "./write_json.ts";

/** A format of JSON that reads objects which others have parsed. */
export interface JsonReader extends Format {
  /** Its description. */
  readonly json: JsonFormat;
}

/**
 * Makes a format of its description.
 *
 * @param json The description.
 * @param before The formats that are tried before this one, whose lines it is not to take.
 * @returns The format.
 * @throws {SyntaxError} Where its samples are asked for, if the sample is no record.
 *
 * @example A format with two keys in an object
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { jsonFormat } from "./json_format.ts";
 *
 * const { read } = jsonFormat({
 *   name: "mine",
 *   of: "my server",
 *   when: [{ at: "http.code" }],
 *   keys: [
 *     { to: "status", at: "http.code" },
 *     { to: "endpoint", at: "http.path" },
 *     { to: "timestamp", at: "t", unit: "s" },
 *   ],
 *   sample: '{"t":1795629600,"http":{"code":200,"path":"/a"}}',
 * });
 * assertEquals(read('{"t":1.5,"http":{"code":404,"path":"/b"}}'), {
 *   method: "-",
 *   endpoint: "/b",
 *   statusCode: 404,
 *   ip: "-",
 *   responseTimeUs: undefined,
 *   userAgent: undefined,
 *   timestampUs: 1_500_000,
 * });
 * ```
 */
export function jsonFormat(json: JsonFormat, before: readonly JsonFormat[] = []): JsonReader {
  const { name, of, sample } = json;
  const targets = new Set(json.keys.map(({ to }) => to));
  const keep = keepOf([json]);
  const read: Format["read"] = (line, how) => {
    const object = parseJson(line, keep);
    return object === undefined ? undefined : readObject(json, object, how);
  };
  const sampleRecord = () => {
    const record = read(sample);
    if (record !== undefined && record !== "context" && "timestampUs" in record) return record;
    throw new SyntaxError(`The sample of ${name} is no record`);
  };
  // Most runs write no format.
  let made: ReturnType<typeof writeJson> | undefined;
  const writer = () => made ??= writeJson(json);
  const hasRequest = targets.has("request");
  return {
    name,
    of,
    json,
    read,
    write: (record) => writer().write(record),
    carried: (record) => writer().carried(record),
    learn: (line, how) => learnJson(json, before, line, how),
    lacks: ([
      ["ip", targets.has("ip")],
      ["responseTime", targets.has("responseTime")],
      ["timestamp", targets.has("timestamp")],
      ["method", hasRequest || targets.has("method")],
      ["endpoint", hasRequest || targets.has("endpoint")],
    ] as const).filter(([, isThere]) => !isThere).map(([target]) => target),
    get samples(): Format["samples"] {
      return [[sample, sampleRecord()]];
    },
  };
}
