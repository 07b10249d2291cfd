import { lengthen } from "./buffers.ts";
import type { Integers } from "./read_state.ts";
import { readText, TextColumn } from "./text_column.ts";

/** How deep values may nest; those of states nest less than half as deep. */
const MAX_DEPTH = 16;
/** The most numbers of a list that becomes a plain array: many short typed arrays would take more memory. */
const SHORT_LIST = 32;
/** Each number of at most this many digits is a safe integer. */
const SAFE_DIGITS = 15;

/**
 * Parses JSON whose long lists hold integers or texts, into little memory: long lists of numbers become
 * typed arrays, and lists of texts remain bytes, which are decoded text by text when they are read.
 *
 * It accepts JSON (RFC 8259) but rejects what no state has: a list that begins with a number or a text and
 * has values of other types, a member that comes twice, and values that nest deeper than 16.
 *
 * @param bytes JSON in UTF-8; lists of texts are views of it.
 * @returns The value; objects have no prototype.
 * @throws {SyntaxError} If `bytes` is not such JSON.
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
  /** Scratch space for the list that is being read: lists of numbers or texts do not nest. */
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
    // Other literals, not all of which are numbers, are left to `JSON.parse`.
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

  /** Reads a number, `true`, `false` or `null`. */
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

  /** Skips a text; returns where it ends. */
  #passText(): number {
    const bytes = this.#bytes;
    let at = this.#at + 1;
    for (let byte; (byte = bytes[at]) !== QUOTE; at++) {
      if (byte === undefined) throw new SyntaxError("it is cut off within a text");
      if (byte === BACKSLASH) at++;
    }
    return this.#at = at + 1;
  }

  /** Skips the comma before an item, or the closing bracket; returns whether there is an item. */
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

  /** Skips white space; returns the byte behind it, without skipping that. */
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
