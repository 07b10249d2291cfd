/**
 * The texts of a list in JSON, as bytes; each is decoded when it is read. A million strings would take more
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
  /** For each text, the index of its first quotation mark, then the index behind its last. */
  readonly #places: Uint32Array;

  /** Makes a column; `places` has, for each text, where its quotation marks begin and end in `bytes`. */
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
   * @throws {SyntaxError} If it is not a JSON text.
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
 * Reads a JSON text.
 *
 * @param bytes JSON in UTF-8.
 * @param start The index of the first quotation mark.
 * @param end The index behind the last.
 * @throws {SyntaxError} If it is not a JSON text.
 */
export function readText(bytes: Uint8Array, start: number, end: number): string {
  const text = DECODER.decode(bytes.subarray(start + 1, end - 1));
  return NEEDS_PARSER.test(text) ? JSON.parse(`"${text}"`) : text;
}

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
/** Finds what only a parser may decode: escapes, and control characters, which JSON does not allow. */
// deno-lint-ignore no-control-regex
const NEEDS_PARSER = /[\\\0-\x1F]/;
