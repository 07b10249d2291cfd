/**
 * The texts of a list of JSON, which stay bytes until each is asked for: a million texts would take more
 * memory than all that is made of them.
 *
 * @example Two texts
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { TextColumn } from "./text_column.ts";
 *
 * const bytes = new TextEncoder().encode('["a","\\n"]');
 * const texts = new TextColumn(bytes, Uint32Array.of(1, 4, 5, 9));
 * assertEquals([texts.length, texts.at(1)], [2, "\n"]);
 * assertEquals([...texts], ["a", "\n"]);
 * ```
 */
export class TextColumn {
  readonly #bytes: Uint8Array;
  /** Of each text the place of its first quotation mark, then that behind its last. */
  readonly #places: Uint32Array;

  /** Makes the column of texts that stand, with their quotation marks, from one place to the next. */
  constructor(bytes: Uint8Array, places: Uint32Array) {
    this.#bytes = bytes;
    this.#places = places;
  }

  /** How many texts there are. */
  get length(): number {
    return this.#places.length / 2;
  }

  /**
   * A text, or `undefined` if there is none at the index.
   *
   * @throws {SyntaxError} If it is no text of JSON.
   */
  at(index: number): string | undefined {
    if (index >= this.length) return undefined;
    return readText(this.#bytes, this.#places[2 * index]!, this.#places[2 * index + 1]!);
  }

  /** The texts, in order. */
  *[Symbol.iterator](): Generator<string> {
    for (let i = 0; i < this.length; i++) yield this.at(i)!;
  }
}

/**
 * Reads a text of JSON.
 *
 * @param bytes UTF-8.
 * @param start Where its first quotation mark is.
 * @param end The place behind its last.
 * @throws {SyntaxError} If it is none.
 */
export function readText(bytes: Uint8Array, start: number, end: number): string {
  const text = DECODER.decode(bytes.subarray(start + 1, end - 1));
  return NEEDS_PARSER.test(text) ? JSON.parse(`"${text}"`) : text;
}

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
/** What is not as it stands: escapes, and controls, which JSON does not allow. */
// deno-lint-ignore no-control-regex
const NEEDS_PARSER = /[\\\0-\x1F]/;
