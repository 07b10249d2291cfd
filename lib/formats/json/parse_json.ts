import { condenseJson, type Keep } from "./condense_json.ts";
import { LONG_LINE } from "./read_own_line.ts";

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A number of JSON that a number of 64 bits does not hold exactly, as it is written. */
export class ExactNumber {
  /** The number as it is written. */
  readonly source: string;

  /** Takes the number as it is written. */
  constructor(source: string) {
    this.source = source;
  }
}

/** What has a point or many digits may be such a number. */
const MAYBE_EXACT = /\d\.\d|\d{16}/;

/**
 * Parses a line that is an object of JSON. Numbers with decimals and beyond 2^53 stay as they are written.
 *
 * @param line The line.
 * @param keep Which members of a long line are kept.
 * @returns The object; `undefined` if the line is none.
 */
export function parseJson(line: string, keep: Keep = () => true): JsonObject | undefined {
  if (line.charCodeAt(0) !== 0x7B && !/^[ \t\r]*\{/.test(line)) return undefined;
  const text = line.length > LONG_LINE ? condenseJson(line, keep) : line;
  if (text === undefined) return undefined;
  try {
    return MAYBE_EXACT.test(text) ? parseExactly(text) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

function parseExactly(text: string): JsonObject {
  const revive: Reviver = (_, value, { source = "" }) =>
    typeof value === "number" && (!Number.isSafeInteger(value) || source.includes("."))
      ? new ExactNumber(source)
      : value;
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}

/** A text or a number as it is written; `undefined` for any other value. */
export function sourceOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return value instanceof ExactNumber ? value.source : undefined;
}

/** A value that was found, and the keys that lead to it. */
export interface Found {
  /** The names of the keys, from the outermost object inwards. */
  readonly chain: readonly string[];
  /** The value. */
  readonly value: unknown;
}

/**
 * Finds the value at a path. Each of its points stands for a step into an object, or for a point in a name.
 *
 * @param object The object.
 * @param path The path.
 * @returns The value and the keys that lead to it; `undefined` if there is none.
 *
 * @example Nested and dotted
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { find } from "./parse_json.ts";
 *
 * assertEquals(find({ client: { ip: "::1" } }, "client.ip")?.chain, ["client", "ip"]);
 * assertEquals(find({ "client.ip": "::1" }, "client.ip")?.chain, ["client.ip"]);
 * ```
 */
export function find(object: JsonObject, path: string): Found | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const key = path.slice(0, end);
    if (!Object.hasOwn(object, key)) continue;
    const value = object[key];
    if (end === path.length) return { chain: [key], value };
    if (typeof value !== "object" || value === null) continue;
    const inner = find(value as JsonObject, path.slice(end + 1));
    if (inner !== undefined) return { chain: [key, ...inner.chain], value: inner.value };
  }
  return undefined;
}
