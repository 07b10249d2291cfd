import { longerBuffer } from "../longer_buffer.ts";
import type { TextRun } from "./text_run.ts";

/**
 * Gathers texts that come again and again into a short run: each text with an alias once, and how often it came. To
 * count here takes two writes to memory that was used a moment ago.
 *
 * @example Twice the alias 7
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { TextCounts } from "./text_counts.ts";
 *
 * const bytes = new TextEncoder().encode("abc"), texts = new TextCounts(3);
 * texts.begin(bytes);
 * texts.add(0, 1, 7);
 * texts.add(1, 3, -1);
 * texts.add(0, 1, 7);
 * assertEquals([texts.size, [...texts.times.subarray(0, 2)]], [2, [2, 1]]);
 * ```
 */
export class TextCounts implements TextRun {
  /** The bytes of all texts. */
  bytes: Uint8Array = new Uint8Array();
  /** Where copies of texts are put. */
  #copies = new Uint8Array(4096);
  /** How many texts there are. */
  size = 0;
  /** How many bytes they have, each counted once. */
  textBytes = 0;
  /** For each text, the index of its first byte. */
  readonly starts: Int32Array;
  /** For each text, the index behind its last byte. */
  readonly ends: Int32Array;
  /** For each text, its alias, or below 0. */
  readonly aliases: Int32Array;
  /** For each text, how often it came. */
  readonly times: Int32Array;
  /** For each alias, one more than the place of its text, or 0. */
  #places = new Int32Array();

  /** Makes a run of no texts, with room for so many. */
  constructor(room: number) {
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
    this.aliases = new Int32Array(room);
    this.times = new Int32Array(room);
  }

  /** Forgets all texts; those that come next are in `bytes`. */
  begin(bytes: Uint8Array): void {
    for (let i = 0; i < this.size; i++) {
      const alias = this.aliases[i]!;
      if (alias >= 0) this.#places[alias] = 0;
    }
    this.size = this.textBytes = 0;
    this.bytes = bytes;
  }

  /** Counts a text, the bytes from `start` to `end`, whose alias is below 0 if it has none. */
  add(start: number, end: number, alias: number): void {
    if (!this.#isKnown(alias)) this.#put(start, end, alias);
  }

  /** Forgets all texts; those that come next are copied. */
  beginCopies(): void {
    this.begin(this.#copies);
  }

  /** Counts a text: a letter, and `bytes` from `start` to `end`. */
  addCopy(letter: number, bytes: Uint8Array, start: number, end: number, alias: number): void {
    if (this.#isKnown(alias)) return;
    const at = this.textBytes, needed = at + 1 + end - start;
    if (needed > this.#copies.length) {
      this.bytes = this.#copies = new Uint8Array(longerBuffer(this.#copies.buffer, 2 * needed));
    }
    this.#copies[at] = letter;
    for (let i = start; i < end; i++) this.#copies[at + 1 + i - start] = bytes[i]!;
    this.#put(at, needed, alias);
  }

  /** Counts a text once more, if it came already. */
  #isKnown(alias: number): boolean {
    const place = alias < 0 ? 0 : this.#places[alias] ?? 0;
    if (place > 0) this.times[place - 1]!++;
    return place > 0;
  }

  #put(start: number, end: number, alias: number): void {
    const { size } = this;
    this.starts[size] = start;
    this.ends[size] = end;
    this.aliases[size] = alias;
    this.times[size] = 1;
    this.size = size + 1;
    this.textBytes += end - start;
    if (alias < 0) return;
    if (alias >= this.#places.length) this.#reach(alias);
    this.#places[alias] = size + 1;
  }

  #reach(alias: number): void {
    const length = Math.max(alias + 1, Math.ceil(1.5 * this.#places.length));
    this.#places = new Int32Array(longerBuffer(this.#places.buffer, 4 * length));
  }
}
