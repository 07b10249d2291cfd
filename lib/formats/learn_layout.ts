import type { FormatKey } from "./format.ts";
import type { Layout } from "./layout.ts";
import type { Slot } from "./shapes.ts";

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
 * @param keys The keys of the format.
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
export function learnLayout(line: string, keys: readonly FormatKey[]): Layout | undefined {
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
    slots,
    literals: literals.map((text) => new TextEncoder().encode(text)),
    signature: JSON.stringify(slots) + ofLiterals,
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
