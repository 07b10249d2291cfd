import type { Layout } from "../description/layout.ts";
import type { Shape, Slot, Target } from "../description/shapes.ts";

/** A key of a JSON format whose value is a fact about the request. */
export interface FormatKey {
  /** The path of the key: the names of the keys of the objects that it is in, then its own name. */
  readonly at: readonly string[];
  /** Which fact about the request the value is. */
  readonly to: Target;
  /** The shape of a value that is a JSON string; without it such values are ignored. */
  readonly string?: Shape;
  /** The shape of a value that is a JSON number; without it such values are ignored. */
  readonly number?: Shape;
}

/** The most characters of the literals; more of them are rare, and take long to compile. */
const MAX_LITERALS_LENGTH = 4096;

const SPACE = /[ \t\r]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?[0-9.]+(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;

const OTHER_TEXT: Slot = { to: "other", as: "text" };
const OTHER_NUMBER: Slot = { to: "other", as: "number" };
const OTHER_VALUE: Slot = { to: "other", as: "value" };

/**
 * Learns the layout of a line of a JSON format.
 *
 * @param line A line that is a record, without its terminator.
 * @param format The name of the format, and its keys.
 * @returns The layout of the line; `undefined` if a key comes twice, or the literals are very long.
 *
 * @example Two lines of one layout
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { OWN_FORMAT } from "./own_format.ts";
 *
 * const learn = (ip: string) => OWN_FORMAT.learn(`{"ip": "${ip}", "bytes": 5}`);
 * assertEquals(learn("192.0.2.1"), learn("192.0.2.2"));
 * assertEquals(learn("192.0.2.1")?.slots, [{ to: "ip", as: "text" }, { to: "other", as: "number" }]);
 * ```
 */
export function learnLayout(
  line: string,
  { name: format, keys }: { readonly name: string; readonly keys: readonly FormatKey[] },
): Layout | undefined {
  const slots: Slot[] = [], literals: string[] = [];
  const seen = new Set<string>();
  let at = 0, literal = "";
  const token = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(line)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const take = (pattern: RegExp) => literal += token(pattern) ?? "";

  for (let next = "{"; next !== "}"; next = line[at]!) {
    take(SPACE);
    literal += line[at++];
    take(SPACE);
    const key = token(STRING), name = key === undefined ? undefined : JSON.parse(key) as string;
    if (name === undefined || seen.has(name)) return undefined;
    seen.add(name);
    literal += key;
    take(SPACE);
    literal += line[at++];
    take(SPACE);
    const known = keys.find(({ at: path }) => path.length === 1 && path[0] === name);
    if (line[at] === '"' && token(STRING) !== undefined) {
      slots.push(known?.string === undefined ? OTHER_TEXT : { to: known.to, as: known.string });
      literals.push(`${literal}"`);
      literal = '"';
    } else if (token(NUMBER) !== undefined) {
      slots.push(known?.number === undefined ? OTHER_NUMBER : { to: known.to, as: known.number });
      literals.push(literal);
      literal = "";
    } else if (line[at] === "{" || line[at] === "[") {
      // Where one value of the key is an object, others may be of any type.
      at = endOfNested(line, at);
      slots.push(OTHER_VALUE);
      literals.push(literal);
      literal = "";
    } else {
      const word = token(WORD);
      if (word === undefined) return undefined;
      literal += word;
    }
    take(SPACE);
  }
  literals.push(literal + line.slice(at));
  const ofLiterals = JSON.stringify(literals);
  if (ofLiterals.length > MAX_LITERALS_LENGTH) return undefined;
  return {
    format,
    slots,
    literals: literals.map((text) => new TextEncoder().encode(text)),
    signature: JSON.stringify([format, slots]) + ofLiterals,
  };
}

/** The place behind an object or an array of a line that is JSON. */
function endOfNested(line: string, start: number): number {
  let at = start, depth = 0;
  do {
    const character = line[at];
    if (character === "{" || character === "[") depth++;
    if (character === "}" || character === "]") depth--;
    if (character === '"') {
      STRING.lastIndex = at;
      STRING.test(line);
      at = STRING.lastIndex;
    } else {
      at++;
    }
  } while (depth > 0);
  return at;
}
