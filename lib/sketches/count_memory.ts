/** Counts are of 2^width bytes, from width 0 on; the widest are doubles, of which eight bytes are a word. */
export const WIDEST = 3;
/** What is too large for counts of each width; doubles are exact up to the last. */
export const LIMITS: readonly [number, number, number, number] = [
  2 ** 8,
  2 ** 16,
  2 ** 32,
  2 ** 53,
];

/** The memory of counts of which there are none: many sketches have none, and never will. */
const NO_WORDS = new Float64Array(), NO_BYTES = new Uint8Array(NO_WORDS.buffer);
const NO_HALVES = new Uint16Array(NO_WORDS.buffer), NO_QUADS = new Uint32Array(NO_WORDS.buffer);

/**
 * One piece of memory, a number of words of eight bytes, in which counts are of one width here and of another
 * there. A count is known by its width and by how many of that width are before it.
 *
 * @example Two widths
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CountMemory } from "./count_memory.ts";
 *
 * const memory = new CountMemory();
 * memory.lengthen(2);
 * memory.write(0, 3, 255);
 * memory.write(3, 1, 1e12);
 * assertEquals([memory.read(0, 3), memory.read(3, 1), memory.length], [255, 1e12, 2]);
 * ```
 */
export class CountMemory {
  #words = NO_WORDS;
  // The same, as counts of each width but the widest.
  #bytes = NO_BYTES;
  #halves = NO_HALVES;
  #quads = NO_QUADS;

  /** Makes it of words. */
  static of(words: Float64Array<ArrayBuffer>): CountMemory {
    const memory = new CountMemory();
    memory.#hold(words);
    return memory;
  }

  /** How many words there are. */
  get length(): number {
    return this.#words.length;
  }

  /** The words, to be taken over by another thread; it is of no use afterwards. */
  get words(): Float64Array<ArrayBuffer> {
    // What all share is not handed over.
    return this.#words === NO_WORDS ? new Float64Array() : this.#words;
  }

  /** A count. */
  read(width: number, at: number): number {
    if (width === 0) return this.#bytes[at]!;
    if (width === 1) return this.#halves[at]!;
    return width === 2 ? this.#quads[at]! : this.#words[at]!;
  }

  /** Writes a count. */
  write(width: number, at: number, count: number): void {
    if (width === 0) this.#bytes[at] = count;
    else if (width === 1) this.#halves[at] = count;
    else if (width === 2) this.#quads[at] = count;
    else this.#words[at] = count;
  }

  /** How many counts are in four bytes, or 1 where one takes as many or more. */
  perQuad(width: number): number {
    return 4 >> Math.min(width, 2);
  }

  /** The sum of so many of them, from one on that is the first in its four bytes. */
  sumOfQuad(width: number, at: number): number {
    if (width === WIDEST) return this.#words[at]!;
    const quad = this.#quads[at << width >> 2]!;
    if (width === 2) return quad;
    if (width === 1) return (quad & 0xFFFF) + (quad >>> 16);
    const halves = (quad & 0xFF00FF) + (quad >>> 8 & 0xFF00FF);
    return (halves & 0xFFFF) + (halves >>> 16);
  }

  /** Copies counts of a width. */
  copy(width: number, from: number, to: number, count: number): void {
    this.#bytes.copyWithin(to << width, from << width, from + count << width);
  }

  /** Makes words 0. */
  clear(start: number, words: number): void {
    this.#words.fill(0, start, start + words);
  }

  /** Makes room for so many words, the last of them 0; all move, none is copied. */
  lengthen(words: number): void {
    const buffer = this.#words === NO_WORDS ? new ArrayBuffer() : this.#words.buffer;
    this.#hold(new Float64Array(buffer.transfer(8 * words)));
  }

  /** Takes words of another. */
  take(other: CountMemory, start: number, words: number, to: number): void {
    this.#words.set(other.#words.subarray(start, start + words), to);
  }

  /** Gives the memory back at once, not when the garbage collector comes: there may be many megabytes. */
  free(): void {
    if (this.#words !== NO_WORDS) this.#words.buffer.transfer(0);
  }

  #hold(words: Float64Array<ArrayBuffer>): void {
    this.#words = words;
    this.#bytes = new Uint8Array(words.buffer);
    this.#halves = new Uint16Array(words.buffer);
    this.#quads = new Uint32Array(words.buffer);
  }
}
