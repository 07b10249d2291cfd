/** The kinds of values that count. */
export const METHOD = 0, ENDPOINT = 1, IP = 2, STATUS = 3, RESPONSE_TIME = 4, TIMESTAMP = 5;

/** The kinds of values that no figure depends on: a text, or a number. */
export const OTHER_TEXT = 6, OTHER_NUMBER = 7;

/**
 * How a server writes its lines: literals (braces, keys, colons, commas, spaces, quotes), and the kinds of the
 * values between them.
 */
export interface Layout {
  /** The kinds of the values, in order. */
  readonly kinds: readonly number[];
  /** The literals: one before each value, and one after the last. */
  readonly literals: readonly Uint8Array[];
  /** A text that two layouts have in common only if they are the same. */
  readonly signature: string;
}

const KINDS: Readonly<Record<string, { readonly string?: number; readonly number?: number }>> = {
  method: { string: METHOD },
  endpoint: { string: ENDPOINT },
  ip: { string: IP },
  status_code: { string: STATUS, number: STATUS },
  response_time: { number: RESPONSE_TIME },
  timestamp: { string: TIMESTAMP },
};
const OTHER = { string: OTHER_TEXT, number: OTHER_NUMBER };

/** Servers seldom write lines with more around their values, which take long to compile. */
const MAX_SIGNATURE_LENGTH = 4096;

const SPACE = /[ \t\r]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?[0-9.]+(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;

/**
 * Learns how a line is written.
 *
 * @param line A line that is a record, without its terminator.
 * @returns The layout of the line; `undefined` if a value is an object or an array, or a key comes twice, or the
 * literals are very long.
 *
 * @example Two lines of one layout
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { learnLayout } from "./layout.ts";
 *
 * const learn = (ip: string) => learnLayout(`{"ip": "${ip}", "endpoint": "/"}`);
 * assertEquals(learn("192.0.2.1"), learn("192.0.2.2"));
 * assertEquals(learn("192.0.2.1")?.kinds.length, 2);
 * ```
 */
export function learnLayout(line: string): Layout | undefined {
  const kinds: number[] = [], literals: string[] = [];
  const keys = new Set<string>();
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
    const key = token(STRING);
    if (key === undefined || keys.has(JSON.parse(key))) return undefined;
    keys.add(JSON.parse(key));
    literal += key;
    take(SPACE);
    literal += line[at++];
    take(SPACE);
    const kindOf = Object.hasOwn(KINDS, JSON.parse(key)) ? KINDS[JSON.parse(key)]! : OTHER;
    if (line[at] === '"' && token(STRING) !== undefined) {
      kinds.push(kindOf.string ?? OTHER_TEXT);
      literals.push(`${literal}"`);
      literal = '"';
    } else if (token(NUMBER) !== undefined) {
      kinds.push(kindOf.number ?? OTHER_NUMBER);
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
  const signature = JSON.stringify([kinds, literals]);
  if (signature.length > MAX_SIGNATURE_LENGTH) return undefined;
  return { kinds, literals: literals.map((text) => new TextEncoder().encode(text)), signature };
}
