import { RECORD_SCHEMA } from "../../../schema.ts";

const QUOTE = 0x22, COMMA = 0x2C, COLON = 0x3A, BACKSLASH = 0x5C;
const ARRAY = 0x5B, END_OF_ARRAY = 0x5D, OBJECT = 0x7B, END_OF_OBJECT = 0x7D;
const MINUS = 0x2D, DOT = 0x2E, ZERO = 0x30, NINE = 0x39, PLUS = 0x2B;

/** Tells whether a member of an object is kept: as it is, not at all, or such of its own members as are kept. */
export type Keep = (name: string) => boolean | Keep;

/** The names of the members that count: the fields of a record on the wire. */
const NAMES: ReadonlySet<unknown> = new Set(Object.keys(RECORD_SCHEMA["properties"] as object));
// deno-lint-ignore no-control-regex
const CONTROL = /[\x00-\x1F]/;
const LITERALS = ["true", "false", "null"];

/**
 * Shortens a long text of JSON. The short text is the same record as the long one, or is rejected for the same
 * reason: members that do not count are left out, and arrays and objects in the others are emptied.
 *
 * No values are made: a line of 1 MiB may hold 350,000 arrays, each of which takes 32 bytes and more
 * until the garbage collector frees them.
 *
 * @see RFC 8259
 * @param text Any text.
 * @param keep Tells which members are kept; by default the fields of a record are. Of a member that is kept whole,
 * arrays and objects are emptied.
 * @returns The short text; `undefined` if the long one is no JSON.
 *
 * @example A line
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { condenseJson } from "./condense_json.ts";
 *
 * assertEquals(condenseJson('{ "ip": "::1", "tags": [[], {"ip": 1}] }'), '{"ip":"::1"}');
 * assertEquals(condenseJson("[[], [1, 2]]"), "[]");
 * assertEquals(condenseJson("[[], [1, 2]"), undefined);
 * ```
 */
export function condenseJson(
  text: string,
  keep: Keep = (name) => NAMES.has(name),
): string | undefined {
  const start = skipBlanks(text, 0);
  const isObject = text.charCodeAt(start) === OBJECT;
  const members: string[] = [];
  const end = isObject ? skipObject(text, start, { members, keep }) : skipValue(text, start);
  if (end === -1 || skipBlanks(text, end) < text.length) return undefined;
  return isObject ? `{${members.join(",")}}` : outermost(text, start, end);
}

/** Returns the end of the outermost object, and adds its members that count; −1 if it is malformed. */
function skipObject(
  text: string,
  start: number,
  { members, keep }: { readonly members: string[]; readonly keep: Keep },
): number {
  let at = skipBlanks(text, start + 1);
  if (text.charCodeAt(at) === END_OF_OBJECT) return at + 1;
  for (;;) {
    const endOfName = skipString(text, at);
    const colon = endOfName === -1 ? -1 : skipBlanks(text, endOfName);
    if (colon === -1 || text.charCodeAt(colon) !== COLON) return -1;
    const value = skipBlanks(text, colon + 1), end = skipValue(text, value);
    if (end === -1) return -1;
    const name = text.slice(at, endOfName), isKept = keep(JSON.parse(name));
    if (typeof isKept === "function") {
      members.push(`${name}:${condense(text, value, { end, keep: isKept })}`);
    } else if (isKept) members.push(`${name}:${outermost(text, value, end)}`);
    at = skipBlanks(text, end);
    if (text.charCodeAt(at) === END_OF_OBJECT) return at + 1;
    if (text.charCodeAt(at) !== COMMA) return -1;
    at = skipBlanks(text, at + 1);
  }
}

/** Returns an object or an array of those of its members that are kept, or another value as it is written. */
function condense(
  text: string,
  start: number,
  { end, keep }: { readonly end: number; readonly keep: Keep },
): string {
  if (text.charCodeAt(start) === ARRAY) return condenseArray(text, start, { end, keep });
  if (text.charCodeAt(start) !== OBJECT) return outermost(text, start, end);
  const members: string[] = [];
  skipObject(text, start, { members, keep });
  return `{${members.join(",")}}`;
}

/** Returns an array of those of its items that are kept, whose names are their places; `null` stands for others before. */
function condenseArray(
  text: string,
  start: number,
  { end, keep }: { readonly end: number; readonly keep: Keep },
): string {
  const items: string[] = [];
  let at = skipBlanks(text, start + 1);
  for (let place = 0; at < end - 1; place++) {
    const next = skipValue(text, at), isKept = keep(String(place));
    while (isKept !== false && items.length < place) items.push("null");
    if (typeof isKept === "function") items.push(condense(text, at, { end: next, keep: isKept }));
    else if (isKept) items.push(outermost(text, at, next));
    at = skipBlanks(text, skipBlanks(text, next) + 1);
  }
  return `[${items.join(",")}]`;
}

/** Returns a value as it is written; an array or an object without its content. */
function outermost(text: string, start: number, end: number): string {
  const first = text.charCodeAt(start);
  return first === ARRAY ? "[]" : first === OBJECT ? "{}" : text.slice(start, end);
}

/** Returns the end of a value, however deep it is; −1 if there is none. */
function skipValue(text: string, start: number): number {
  // The closing brackets that are still awaited.
  const open: number[] = [];
  for (let at = start;;) {
    const first = text.charCodeAt(at);
    if (first === ARRAY || first === OBJECT) {
      const close = first === ARRAY ? END_OF_ARRAY : END_OF_OBJECT;
      at = skipBlanks(text, at + 1);
      if (text.charCodeAt(at) !== close) {
        open.push(close);
        if (close === END_OF_OBJECT) at = skipName(text, at);
        if (at === -1) return -1;
        continue;
      }
      at++;
    } else {
      at = skipScalar(text, at);
      if (at === -1) return -1;
    }
    // Behind a value: closing brackets, or a comma.
    for (;;) {
      if (open.length === 0) return at;
      at = skipBlanks(text, at);
      if (text.charCodeAt(at) !== open.at(-1)) break;
      open.pop();
      at++;
    }
    if (text.charCodeAt(at) !== COMMA) return -1;
    at = skipBlanks(text, at + 1);
    if (open.at(-1) === END_OF_OBJECT) at = skipName(text, at);
    if (at === -1) return -1;
  }
}

/** Returns where the value of a member begins, behind its name and colon; −1 if there is no member. */
function skipName(text: string, start: number): number {
  const end = skipString(text, start);
  const colon = end === -1 ? -1 : skipBlanks(text, end);
  return colon !== -1 && text.charCodeAt(colon) === COLON ? skipBlanks(text, colon + 1) : -1;
}

function skipScalar(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return skipString(text, start);
  if (first === MINUS || first >= ZERO && first <= NINE) return skipNumber(text, start);
  const literal = LITERALS.find((literal) => text.startsWith(literal, start));
  return literal === undefined ? -1 : start + literal.length;
}

function skipString(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) return -1;
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end === -1) return -1;
  const string = text.slice(start, end + 1);
  if (CONTROL.test(string)) return -1;
  return !string.includes("\\") || isJson(string) ? end + 1 : -1;
}

/** Returns whether an odd number of backslashes precedes `at`. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === BACKSLASH) start--;
  return (at - start) % 2 === 1;
}

function isJson(string: string): boolean {
  try {
    JSON.parse(string);
    return true;
  } catch {
    return false;
  }
}

function skipNumber(text: string, start: number): number {
  let at = start + Number(text.charCodeAt(start) === MINUS);
  const whole = skipDigits(text, at);
  // A number has no leading zero.
  if (whole === at || text.charCodeAt(at) === ZERO && whole > at + 1) return -1;
  at = whole;
  if (text.charCodeAt(at) === DOT) {
    const decimals = skipDigits(text, at + 1);
    if (decimals === at + 1) return -1;
    at = decimals;
  }
  if (text[at] !== "e" && text[at] !== "E") return at;
  const sign = text.charCodeAt(at + 1);
  const digits = at + 1 + Number(sign === PLUS || sign === MINUS);
  const end = skipDigits(text, digits);
  return end === digits ? -1 : end;
}

function skipDigits(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at++;
  return at;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  for (let code; (code = text.charCodeAt(at)), code <= 0x20;) {
    if (code !== 0x20 && code !== 0x09 && code !== 0x0A && code !== 0x0D) break;
    at++;
  }
  return at;
}
