import { longerBuffer } from "../buffers.ts";
import type { CountHistogram } from "../count_histogram.ts";
import { NumberColumn, type Numbers } from "../number_column.ts";
import type { Blocks } from "./blocks.ts";

/** How many bits of a word hold one more than the item, until an item needs more. */
const ITEM_BITS = 22;

/** The fields of a `PairPlaces` as typed arrays, to transfer to another thread. */
export interface PairPlacesParts {
  /** For each place, one more than the item, or 0, and above it the lower bits of the count. */
  readonly words: Int32Array<ArrayBuffer>;
  /** How many bits of a word hold the item. */
  readonly itemBits: number;
  /** For each place, the higher bits of the count. */
  readonly highCounts: Numbers;
  /** For each place, by how much the count may be too high. */
  readonly errors: Numbers;
}

/** A block that moves: `length` places from `from` on become `toLength`, a power of 2, from `to` on. */
export type Move = Readonly<Record<"length" | "to" | "toLength", number>> & {
  readonly from: number;
};

/** Which pairs are taken over from other places, and what becomes of them. */
export interface Taking {
  /** The count that a pair must exceed, 0 or above. */
  readonly above: number;
  /** What is added to counts and errors. */
  readonly added: number;
  /** Returns the item here of an item there, another for each. */
  readonly itemOf: (item: number) => number;
}

/** Returns where in a block the search for an item begins; `mask` is one less than the block's length. */
export type Home = (item: number, mask: number) => number;

/**
 * Places, each for an item, its count and its error. Items are small integers from 0 on. A place is one word
 * with the item and the count inline, while the count is below a thousand.
 *
 * Memory: 4 bytes a place; 1 to 8 more if there are larger counts, and as many if there are errors.
 *
 * @example A place
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PairPlaces } from "./pair_places.ts";
 *
 * const places = new PairPlaces(8);
 * places.write(3, 7, 5000, 1);
 * assertEquals([places.itemAt(3), places.countAt(3), places.errorAt(3)], [7, 5000, 1]);
 * assertEquals(places.itemAt(4), -1);
 * ```
 */
export class PairPlaces {
  #words: Int32Array<ArrayBuffer>;
  #itemBits = ITEM_BITS;
  /** Masks the bits of a word that hold the item. */
  #itemMask = 2 ** ITEM_BITS - 1;
  /** The least count that a word has too few bits for. */
  #radix = 2 ** (32 - ITEM_BITS);
  /** For each place, the higher bits of the count, mostly 0. */
  #highCounts = new NumberColumn();
  #errors = new NumberColumn();

  /** Makes `length` places, all free. */
  constructor(length: number) {
    this.#words = new Int32Array(length);
  }

  /** Makes places of the fields of others. */
  static ofParts(parts: PairPlacesParts): PairPlaces {
    const places = new PairPlaces(0);
    places.#words = parts.words;
    places.#setItemBits(parts.itemBits);
    places.#highCounts = NumberColumn.ofParts(parts.highCounts);
    places.#errors = NumberColumn.ofParts(parts.errors);
    return places;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): PairPlacesParts {
    return {
      words: this.#words,
      itemBits: this.#itemBits,
      highCounts: this.#highCounts.toParts(),
      errors: this.#errors.toParts(),
    };
  }

  /** How many places there are. */
  get length(): number {
    return this.#words.length;
  }

  /** The item at a place, or −1 if the place is free. */
  itemAt(place: number): number {
    return (this.#words[place]! & this.#itemMask) - 1;
  }

  /** The most times the pair at a place may have come. */
  countAt(place: number): number {
    return (this.#words[place]! >>> this.#itemBits) + this.#highCounts.at(place) * this.#radix;
  }

  /** By how much the count at a place may be too high. */
  errorAt(place: number): number {
    return this.#errors.at(place);
  }

  /** Adds to the count and the error of a place. */
  increase(place: number, count: number, error: number): void {
    const bits = this.#itemBits, word = this.#words[place]!, low = (word >>> bits) + count;
    if (low >= 0 && low < this.#radix) this.#words[place] = word + (count << bits);
    else this.#setCount(place, this.countAt(place) + count);
    if (error !== 0) this.#errors.increase(place, error);
  }

  /** Writes an item with its count and its error to a place, over what was there. */
  write(place: number, item: number, count: number, error: number): void {
    if (item >= this.#itemMask) this.#widen(item);
    if (count < this.#radix) {
      this.#words[place] = item + 1 | count << this.#itemBits;
      this.#highCounts.set(place, 0);
    } else {
      this.#words[place] = item + 1;
      this.#setCount(place, count);
    }
    this.#errors.set(place, error);
  }

  /** Adds free places: `length` are there in all, more than before. */
  lengthen(length: number): void {
    this.#words = new Int32Array(longerBuffer(this.#words.buffer, 4 * length));
  }

  /** Copies `length` places of `others` from `from` on to the free places from `to` on. */
  copyFrom(others: PairPlaces, from: number, length: number, to: number): void {
    if (others.#itemBits === this.#itemBits) {
      this.#words.set(others.#words.subarray(from, from + length), to);
      if (others.#areWordsAll) return;
    }
    for (let i = 0; i < length; i++) this.#copyPlace(others, from + i, to + i);
  }

  /** Copies a block of `others`, or of this, to free places: each item to the first from its home on. */
  spread(others: PairPlaces, { from, length, to, toLength }: Move, home: Home): void {
    const words = others.#words, mask = toLength - 1;
    for (let place = from; place < from + length; place++) {
      if (words[place] === 0) continue;
      let at = home(others.itemAt(place), mask);
      while (this.#words[to + at] !== 0) at = at + 1 & mask;
      this.#copyPlace(others, place, to + at);
    }
  }

  #copyPlace(others: PairPlaces, from: number, to: number): void {
    if (others.#itemBits !== this.#itemBits) {
      const item = others.itemAt(from);
      if (item !== -1) this.write(to, item, others.countAt(from), others.errorAt(from));
      return;
    }
    this.#words[to] = others.#words[from]!;
    if (others.#areWordsAll) return;
    const high = others.#highCounts.at(from), error = others.errorAt(from);
    if (high !== 0) this.#highCounts.set(to, high);
    if (error !== 0) this.#errors.set(to, error);
  }

  /**
   * Takes over pairs of `others` at the places `first` to before `end`, one behind the other from the free place `to` on.
   * Returns how many.
   */
  take(
    others: PairPlaces,
    { first, end, to }: Readonly<Record<"first" | "end" | "to", number>>,
    { above, added, itemOf }: Taking,
  ): number {
    let at = to;
    for (let place = first; place < end; place++) {
      const count = others.countAt(place);
      if (count <= above) continue;
      const error = others.errorAt(place) + added;
      this.write(at++, itemOf(others.itemAt(place)), count + added, error);
    }
    return at - to;
  }

  /** Calls `visit` for each place from `start` to `end` that is not free. */
  forEach(start: number, end: number, visit: (place: number, item: number) => void): void {
    for (let place = start; place < end; place++) {
      const item = this.itemAt(place);
      if (item !== -1) visit(place, item);
    }
  }

  /** The places from `start` to `end` whose count is more than `limit`, 0 or above. */
  above(limit: number, start: number, end: number): readonly number[] {
    const words = this.#words, bits = this.#itemBits, areLow = this.#highCounts.byteLength === 0;
    const places: number[] = [];
    for (let place = start; place < end; place++) {
      const count = areLow ? words[place]! >>> bits : this.countAt(place);
      if (count > limit) places.push(place);
    }
    return places;
  }

  /** The groups from `first` to before `last` whose block has a count of more than `limit`, 0 or above. */
  groupsAbove(blocks: Blocks, limit: number, first: number, last: number): number[] {
    const words = this.#words, bits = this.#itemBits, areLow = this.#highCounts.byteLength === 0;
    const groups: number[] = [];
    for (let group = first; group < last; group++) {
      const start = blocks.startOf(group), end = start + blocks.lengthOf(group);
      for (let place = start; place < end; place++) {
        const count = areLow ? words[place]! >>> bits : this.countAt(place);
        if (count <= limit) continue;
        groups.push(group);
        break;
      }
    }
    return groups;
  }

  /** Adds the counts at the places from `start` to `end` to a histogram, each increased by `added`. */
  addCounts(counts: CountHistogram, start: number, end: number, added: number): void {
    const words = this.#words, bits = this.#itemBits, areLow = this.#highCounts.byteLength === 0;
    for (let place = start; place < end; place++) {
      const word = words[place]!;
      if (word !== 0) counts.add((areLow ? word >>> bits : this.countAt(place)) + added);
    }
  }

  /** Frees the memory at once, not by the garbage collector; the places are of no use afterwards. */
  free(): void {
    this.#words.buffer.transfer(0);
    this.#highCounts.clear();
    this.#errors.clear();
  }

  /** Whether the words hold all there is: no place has higher bits of a count, and none has an error. */
  get #areWordsAll(): boolean {
    return this.#highCounts.byteLength === 0 && this.#errors.byteLength === 0;
  }

  /** Widens the items of all words until `item` fits. */
  #widen(item: number): void {
    const words = this.#words, itemMask = this.#itemMask, counts = new NumberColumn();
    for (let place = 0; place < words.length; place++) counts.set(place, this.countAt(place));
    this.#setItemBits(Math.min(31, 34 - Math.clz32(item)));
    for (let place = 0; place < words.length; place++) {
      words[place]! &= itemMask;
      if (words[place] !== 0) this.#setCount(place, counts.at(place));
    }
    counts.clear();
  }

  #setItemBits(bits: number): void {
    this.#itemBits = bits;
    this.#itemMask = 2 ** bits - 1;
    this.#radix = 2 ** (32 - bits);
  }

  /** Writes the count of a place whose item is already written. */
  #setCount(place: number, count: number): void {
    const low = count % this.#radix, item = this.#words[place]! & this.#itemMask;
    this.#words[place] = item | low << this.#itemBits;
    this.#highCounts.set(place, (count - low) / this.#radix);
  }
}
