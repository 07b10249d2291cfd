import { lengthen } from "./lengthen.ts";
import type { Integers } from "./read_state.ts";
import { readText, TextColumn } from "./text_column.ts";

/** How deep values may lie in each other: states are not half as deep. */
const MAX_DEPTH = 16;
/** Up to how many numbers a list is an array: as typed arrays many short ones would take more. */
const SHORT_LIST = 32;
/** Each number of so many digits is a safe integer. */
const SAFE_DIGITS = 15;

/**
 * Parses JSON whose long lists hold integers or texts, so that they take little memory: numbers become
 * typed arrays, texts stay the bytes that they are until each is asked for.
 *
 * It takes JSON (RFC 8259) and refuses what no state has: a list of values of different types, a member
 * that comes twice, and values that lie deeper than 16.
 *
 * @param bytes JSON in UTF-8; the texts of the value are views of it.
 * @returns The value; objects have no prototype.
 * @throws {SyntaxError} If it is none.
 *
 * @example Two columns
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseColumns } from "./parse_columns.ts";
 *
 * const bytes = new TextEncoder().encode('{"counts":[3,4],"texts":["a","b"]}');
 * const { counts, texts } = parseColumns(bytes) as { counts: number[]; texts: Iterable<string> };
 * assertEquals([counts, [...texts]], [[3, 4], ["a", "b"]]);
 * ```
 */
export function parseColumns(bytes: Uint8Array): unknown {
  return new ColumnParser(bytes).parse();
}

const BACKSLASH = 0x5C, BRACE = 0x7B, BRACKET = 0x5B, CLOSING_BRACE = 0x7D, CLOSING_BRACKET = 0x5D;
const COLON = 0x3A, COMMA = 0x2C, MINUS = 0x2D, QUOTE = 0x22, ZERO = 0x30, NINE = 0x39;

class ColumnParser {
  readonly #bytes: Uint8Array;
  #at = 0;
  #depth = 0;
  /** What was found of the list that is read: no other lies in it. */
  #numbers = new Float64Array(SHORT_LIST);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  parse(): unknown {
    const value = this.#value();
    if (this.#peek() !== undefined) throw this.#unexpected();
    return value;
  }

  #value(): unknown {
    const byte = this.#peek();
    if (byte === BRACE) return this.#nested(() => this.#object());
    if (byte === BRACKET) return this.#nested(() => this.#list());
    return byte === QUOTE ? this.#text() : this.#literal();
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) {
      throw new SyntaxError(`it is no state: values lie deeper than ${MAX_DEPTH} in each other`);
    }
    this.#at++;
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): Readonly<Record<string, unknown>> {
    const object: Record<string, unknown> = Object.create(null);
    for (let isFirst = true; this.#hasMore(CLOSING_BRACE, isFirst); isFirst = false) {
      const name = this.#peek() === QUOTE ? this.#text() : undefined;
      if (name === undefined || this.#peek() !== COLON) throw this.#unexpected();
      if (name in object) throw new SyntaxError(`member ${JSON.stringify(name)} comes twice`);
      this.#at++;
      object[name] = this.#value();
    }
    return object;
  }

  #list(): unknown {
    const first = this.#peek();
    if (first === QUOTE) return this.#texts();
    if (first === MINUS || isDigit(first)) return this.#integers();
    const list: unknown[] = [];
    while (this.#hasMore(CLOSING_BRACKET, list.length === 0)) list.push(this.#value());
    return list;
  }

  #texts(): TextColumn {
    let length = 0;
    while (this.#hasMore(CLOSING_BRACKET, length === 0)) {
      if (this.#peek() !== QUOTE) throw this.#unexpected();
      this.#numbers = lengthen(this.#numbers, length + 2);
      this.#numbers[length++] = this.#at;
      this.#numbers[length++] = this.#passText();
    }
    return new TextColumn(this.#bytes, Uint32Array.from(this.#numbers.subarray(0, length)));
  }

  #integers(): Integers {
    let length = 0, isSmall = true;
    for (; this.#hasMore(CLOSING_BRACKET, length === 0); length++) {
      this.#peek();
      const number = this.#number();
      this.#numbers = lengthen(this.#numbers, length + 1);
      this.#numbers[length] = number;
      isSmall &&= (number | 0) === number;
    }
    const numbers = this.#numbers.subarray(0, length);
    if (length <= SHORT_LIST) return Array.from(numbers);
    return isSmall ? Int32Array.from(numbers) : numbers.slice();
  }

  #number(): number {
    const bytes = this.#bytes, isNegative = bytes[this.#at] === MINUS;
    const start = this.#at + Number(isNegative);
    let end = start, number = 0;
    for (; isDigit(bytes[end]); end++) number = 10 * number + bytes[end]! - ZERO;
    // The others, not all of which are numbers, are left to the engine's parser.
    const digits = end - start;
    const isPlain = digits === 1 || digits > 1 && digits <= SAFE_DIGITS && bytes[start] !== ZERO;
    if (isPlain && (bytes[end] === COMMA || bytes[end] === CLOSING_BRACKET)) {
      this.#at = end;
      return isNegative ? -number : number;
    }
    const value = this.#literal();
    if (typeof value === "number") return value;
    throw new SyntaxError(`a list of numbers holds ${value}`);
  }

  /** A number, `true`, `false` or `null`. */
  #literal(): unknown {
    const start = this.#at;
    let end = start;
    while (end < this.#bytes.length && !ENDS_LITERAL.has(this.#bytes[end]!)) end++;
    if (end === start) throw this.#unexpected();
    this.#at = end;
    return JSON.parse(DECODER.decode(this.#bytes.subarray(start, end)));
  }

  #text(): string {
    const start = this.#at;
    return readText(this.#bytes, start, this.#passText());
  }

  /** Passes a text over and tells the end of it. */
  #passText(): number {
    const bytes = this.#bytes;
    let at = this.#at + 1;
    for (let byte; (byte = bytes[at]) !== QUOTE; at++) {
      if (byte === undefined) throw new SyntaxError("it is cut off within a text");
      if (byte === BACKSLASH) at++;
    }
    return this.#at = at + 1;
  }

  /** Passes what stands before an item or the end over, and tells whether there is one. */
  #hasMore(closing: number, isFirst: boolean): boolean {
    const byte = this.#peek();
    if (byte === closing) {
      this.#at++;
      return false;
    }
    if (isFirst) return true;
    if (byte !== COMMA) throw this.#unexpected();
    this.#at++;
    return true;
  }

  /** The next byte that is no white space. */
  #peek(): number | undefined {
    let byte;
    while (isSpace(byte = this.#bytes[this.#at])) this.#at++;
    return byte;
  }

  #unexpected(): SyntaxError {
    const rest = this.#bytes.subarray(this.#at, this.#at + 12);
    if (rest.length === 0) return new SyntaxError("it is cut off");
    return new SyntaxError(
      `it is no JSON of a state at byte ${this.#at}: ${new TextDecoder().decode(rest)}`,
    );
  }
}

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
const ENDS_LITERAL: ReadonlySet<number> = new Set(new TextEncoder().encode(',]}:[{" \t\n\r'));

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0A || byte === 0x0D;
}
