import type { HashKey } from "./half_sip_hash.ts";
import { NumberColumn, type Numbers } from "./number_column.ts";

/** A group of so many places or fewer is searched from its first place on, and may be full. */
const SMALL = 8;
/** Blocks of so many places are made longer one at a time. */
const LARGE = 2 ** 16;
/** A block that is no longer small is at once as long as its neighbour's pairs are many, but for this. */
const MOST_FORESEEN = 2 ** 12;
/** What is known of a group: where its block begins, how long it is, how many pairs it has. */
const WORDS = 3, LENGTH = 1, SIZE = 2;
const LEAST_PLACES = 64, MOST_SPARE = 2 ** 18;
/** Counts below it are common. */
const FEW = 1024;
/** How many bits of a word are one more than the item, unless there is an item that needs more. */
const ITEM_BITS = 22;

/** What a table is made of. */
export interface PairTableParts {
  /** Of each group, where its block begins, how long it is, and how many pairs it has. */
  readonly blocks: Uint32Array<ArrayBuffer>;
  /** Of each place one more than the item, or 0, and above it the lower bits of the count. */
  readonly items: Int32Array<ArrayBuffer>;
  /** How many bits the item has. */
  readonly itemBits: number;
  /** Of each place, the higher bits of the count. */
  readonly highCounts: Numbers;
  /** Of each place, by how much the count may be too high. */
  readonly errors: Numbers;
  /** Where the last block ends. */
  readonly end: number;
  /** How many places before that belong to no block. */
  readonly unused: number;
  /** How many pairs there are. */
  readonly size: number;
  /** No group from here on has had a pair. */
  readonly groups: number;
}

/** A block of places among others. */
interface Block {
  readonly items: Int32Array;
  readonly highCounts: NumberColumn;
  readonly errors: NumberColumn;
  readonly from: number;
  readonly length: number;
}

/**
 * Counts of pairs of a group and an item, both small integers from 0 on. The pairs of one group stand
 * together: where those of one group mostly follow each other, as requests of one window do, they are
 * found in memory that was used a moment ago.
 *
 * Each group has a block of places, which is a hash table of its own if it is not small; blocks stand
 * one behind the other, and one that has become too small is left for a larger one at the end. A place
 * is a word with the item and the count, as long as that is below a thousand.
 *
 * Memory: 4 to 20 bytes a place, 1 to 4 places a pair, and 12 to 18 bytes a group.
 *
 * @example Two groups
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PairTable } from "./pair_table.ts";
 *
 * const table = new PairTable([1, 2]);
 * table.enter(7, 1, 5, 0);
 * table.enter(3, 1, 6, 0);
 * assertEquals(table.size, 2);
 * assertEquals(table.countAt(table.placeOf(3, 1)), 6);
 * assertEquals(table.placeOf(3, 2), -1);
 * ```
 */
export class PairTable {
  readonly #hashKey: HashKey;
  /** What is known of each group. */
  #blocks = new Uint32Array(16 * WORDS);
  /** Of each place one more than the item, or 0, and above it the lower bits of the count. */
  #items = new Int32Array(16);
  #itemBits = ITEM_BITS;
  /** What is left of a word if its count is taken away. */
  #itemMask = 2 ** ITEM_BITS - 1;
  /** The least count that is not in the lower bits alone. */
  #radix = 2 ** (32 - ITEM_BITS);
  /** What hashes of items depend on. */
  readonly #salt: number;
  readonly #factor: number;
  /** Of each place, the higher bits of the count: mostly none. */
  #highCounts = new NumberColumn();
  /** Of each place, by how much the count may be too high. */
  #errors = new NumberColumn();
  #end = 0;
  #unused = 0;
  #size = 0;
  #groups = 0;

  /** Makes the table of no pairs, whose items are hashed so. */
  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
    this.#salt = hashKey[0] | 0;
    this.#factor = hashKey[1] | 1;
  }

  /** Makes a table of the parts of one of the same hash key. */
  static ofParts(parts: PairTableParts, hashKey: HashKey): PairTable {
    const table = new PairTable(hashKey);
    table.#blocks = parts.blocks;
    table.#items = parts.items;
    table.#setItemBits(parts.itemBits);
    table.#highCounts = NumberColumn.ofParts(parts.highCounts);
    table.#errors = NumberColumn.ofParts(parts.errors);
    table.#end = parts.end;
    table.#unused = parts.unused;
    table.#size = parts.size;
    table.#groups = parts.groups;
    return table;
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): PairTableParts {
    return {
      blocks: this.#blocks,
      items: this.#items,
      itemBits: this.#itemBits,
      highCounts: this.#highCounts.toParts(),
      errors: this.#errors.toParts(),
      end: this.#end,
      unused: this.#unused,
      size: this.#size,
      groups: this.#groups,
    };
  }

  /** How many pairs there are. */
  get size(): number {
    return this.#size;
  }

  /** No group from here on has had a pair. */
  get groups(): number {
    return this.#groups;
  }

  /** How many pairs a group has. */
  sizeOf(group: number): number {
    return group < this.#groups ? this.#blocks[WORDS * group + SIZE]! : 0;
  }

  /** Where a pair is, or −1; good until a pair is entered. */
  placeOf(group: number, item: number): number {
    if (group >= this.#groups) return -1;
    const start = this.#blocks[WORDS * group]!, length = this.#blocks[WORDS * group + LENGTH]!;
    const items = this.#items, itemMask = this.#itemMask, mask = length - 1, wanted = item + 1;
    let at = this.#home(item, mask);
    for (let tries = length; tries > 0; tries--, at = at + 1 & mask) {
      const there = items[start + at]! & itemMask;
      if (there === wanted) return start + at;
      if (there === 0) return -1;
    }
    return -1;
  }

  /** Counts a pair that it does not have yet; places are others afterwards. */
  enter(group: number, item: number, count: number, error: number): void {
    if (group >= this.#groups) this.#reach(group);
    if (item >= this.#itemMask) this.#widen(item);
    const at = WORDS * group, length = this.#blocks[at + LENGTH]!;
    const size = this.#blocks[at + SIZE]!++;
    this.#size++;
    if (length <= SMALL ? size === length : 4 * size >= 3 * length) this.#enlarge(group, length);
    this.#occupy(this.#blocks[at]!, this.#blocks[at + LENGTH]!, item, count, error);
  }

  /**
   * Counts pairs of a group of another table as those of a group that has none.
   *
   * @param from The other table, which has the same hash key, and the group there.
   * @param added How much is added to their counts and errors.
   * @param itemOf Tells which item here is an item there; two there are two here. One below 0 is left out.
   */
  enterAll(
    group: number,
    from: { readonly table: PairTable; readonly group: number },
    added: number,
    itemOf: (item: number, count: number) => number,
  ): void {
    if (group >= this.#groups) this.#reach(group);
    const { table } = from, start = table.startOf(from.group), end = table.endOf(from.group);
    const items: number[] = [], counts: number[] = [], errors: number[] = [];
    for (let place = start; place < end; place++) {
      const there = table.itemAt(place), count = table.countAt(place);
      const item = there === -1 ? -1 : itemOf(there, count);
      if (item === -1) continue;
      items.push(item);
      counts.push(count + added);
      errors.push(table.errorAt(place) + added);
    }
    this.#allot(group, items.length);
    for (const [i, item] of items.entries()) {
      if (item >= this.#itemMask) this.#widen(item);
      const at = WORDS * group;
      this.#occupy(this.#blocks[at]!, this.#blocks[at + LENGTH]!, item, counts[i]!, errors[i]!);
    }
  }

  /** Makes an empty block for so many pairs of a group that has none. */
  #allot(group: number, size: number): void {
    const wanted = size <= SMALL ? size : 4 * size / 3 + 1;
    const length = size === 0 ? 0 : Math.max(2 ** Math.ceil(Math.log2(wanted)), size === 1 ? 1 : 4);
    const at = WORDS * group;
    this.#unused += this.#blocks[at + LENGTH]!;
    this.#blocks[at + LENGTH] = 0;
    this.#reserve(length);
    this.#blocks[at] = this.#end;
    this.#blocks[at + LENGTH] = length;
    this.#blocks[at + SIZE] = size;
    this.#end += length;
    this.#size += size;
  }

  /** Which item is at a place, or −1. */
  itemAt(place: number): number {
    return (this.#items[place]! & this.#itemMask) - 1;
  }

  /** How often the pair at a place came at most. */
  countAt(place: number): number {
    return (this.#items[place]! >>> this.#itemBits) + this.#highCounts.at(place) * this.#radix;
  }

  /** By how much that may be too high. */
  errorAt(place: number): number {
    return this.#errors.at(place);
  }

  /** Adds to the counts of a place. */
  increase(place: number, count: number, error: number): void {
    const bits = this.#itemBits, word = this.#items[place]!, low = (word >>> bits) + count;
    if (low >= 0 && low < this.#radix) this.#items[place] = word + (count << bits);
    else this.#setCount(place, this.countAt(place) + count);
    if (error !== 0) this.#errors.increase(place, error);
  }

  /** A table of those pairs of which it is so; this one is of no use afterwards. */
  filter(isSo: (count: number, item: number) => boolean): PairTable {
    const kept = new PairTable(this.#hashKey);
    kept.#setItemBits(this.#itemBits);
    for (let group = 0; group < this.#groups; group++) {
      if (this.sizeOf(group) === 0) continue;
      const keep = (item: number, count: number) => isSo(count, item) ? item : -1;
      kept.enterAll(group, { table: this, group }, 0, keep);
    }
    // Freed at once; there may be many megabytes of them.
    this.#items.buffer.transfer(0);
    this.#blocks.buffer.transfer(0);
    this.#highCounts.clear();
    this.#errors.clear();
    return kept;
  }

  /** How many pairs came how often. */
  countOfCounts(): Map<number, number> {
    const few = new Uint32Array(FEW), sizes = new Map<number, number>();
    for (let place = 0; place < this.#end; place++) {
      if (this.itemAt(place) === -1) continue;
      const count = this.countAt(place);
      if (count < FEW) few[count]!++;
      else sizes.set(count, (sizes.get(count) ?? 0) + 1);
    }
    for (const [count, size] of few.entries()) if (size > 0) sizes.set(count, size);
    return sizes;
  }

  /** Visits all pairs, those of one group after those of another. */
  forEach(visit: (place: number, group: number, item: number) => void): void {
    for (let group = 0; group < this.#groups; group++) this.#forEachOf(group, visit);
  }

  /** The places of a group's pairs that came more than so often, 0 or more. */
  placesAbove(group: number, limit: number): number[] {
    const places: number[] = [], end = this.endOf(group);
    for (let place = this.startOf(group); place < end; place++) {
      if (this.countAt(place) > limit) places.push(place);
    }
    return places;
  }

  /** Where the places of a group begin. */
  startOf(group: number): number {
    return group < this.#groups ? this.#blocks[WORDS * group]! : 0;
  }

  /** Where the places of a group end. */
  endOf(group: number): number {
    return group < this.#groups ? this.startOf(group) + this.#blocks[WORDS * group + LENGTH]! : 0;
  }

  /** Apart from the loop over groups, as engines are better at one loop than at two. */
  #forEachOf(group: number, visit: (place: number, group: number, item: number) => void): void {
    const end = this.endOf(group);
    for (let place = this.startOf(group); place < end; place++) {
      const item = this.itemAt(place);
      if (item !== -1) visit(place, group, item);
    }
  }

  /**
   * Where the search for an item begins in a block. Items are numbered here, not from outside, so it
   * takes no more than a multiplier that nobody can guess.
   *
   * @see Dietzfelbinger et al. (1997), "A reliable randomized algorithm for the closest-pair problem",
   * J. Algorithms 25(1), section 2.
   */
  #home(item: number, mask: number): number {
    if (mask < SMALL) return 0;
    const hash = Math.imul(item ^ this.#salt, this.#factor);
    return (hash ^ hash >>> 16) & mask;
  }

  #occupy(start: number, length: number, item: number, count: number, error: number): void {
    const items = this.#items, itemMask = this.#itemMask, mask = length - 1;
    let at = this.#home(item, mask);
    while ((items[start + at]! & itemMask) !== 0) at = at + 1 & mask;
    this.#write(start + at, item, count, error);
  }

  /** Makes room for groups up to one. */
  #reach(group: number): void {
    this.#groups = group + 1;
    const { buffer, length } = this.#blocks;
    if (WORDS * this.#groups <= length) return;
    const groups = Math.max(this.#groups, Math.ceil(length / WORDS * 1.5));
    this.#blocks = new Uint32Array(buffer.transfer(4 * WORDS * groups));
  }

  /** Gives a group a longer block. */
  #enlarge(group: number, before: number): void {
    const length = before === 0 ? 1 : before === 1 ? 4 : this.#foresee(group, 2 * before);
    if (before >= LARGE) {
      // As if it were longer already: two of its length at once would take too much memory.
      this.#unused -= length - before;
      this.#moveTogether(withSpare(this.#end - this.#unused), group, length);
      return;
    }
    this.#reserve(length);
    const at = WORDS * group, start = this.#blocks[at]!, end = this.#end;
    const isLast = before > 0 && start + before === end;
    this.#blocks[at + LENGTH] = length;
    if (isLast && length <= SMALL) return void (this.#end = start + length);
    this.#blocks[at] = end;
    this.#end = end + length;
    this.#unused += before;
    for (let place = start; place < start + before; place++) {
      const item = this.itemAt(place);
      if (item !== -1) this.#occupy(end, length, item, this.countAt(place), this.errorAt(place));
    }
    // Of no block any more, so that no pair is found there by those that look at all places.
    this.#items.fill(0, start, start + before);
  }

  /**
   * How long a block is to become that is no longer small: windows that follow each other are mostly
   * alike. As each group has one neighbour, that takes no more places than there are pairs.
   */
  #foresee(group: number, least: number): number {
    if (least !== 2 * SMALL || group === 0) return least;
    const foreseen = Math.min(this.sizeOf(group - 1), MOST_FORESEEN);
    return Math.max(least, 2 ** (31 - Math.clz32(foreseen)));
  }

  /** Makes room behind the last block; if a quarter is unused, blocks move together. */
  #reserve(places: number): void {
    const needed = this.#end + places;
    if (needed <= this.#items.length) return;
    if (4 * this.#unused < this.#end) {
      const length = withSpare(needed);
      // Moved, not copied, so that the old bytes are not left to the garbage collector.
      this.#items = new Int32Array(this.#items.buffer.transfer(4 * length));
    } else {
      this.#moveTogether(withSpare(needed - this.#unused));
    }
  }

  /** Moves blocks to the front of so many places; that of one group may become longer. */
  #moveTogether(places: number, longer = -1, longerLength = 0): void {
    const items = this.#items, highCounts = this.#highCounts, errors = this.#errors;
    this.#items = new Int32Array(places);
    this.#highCounts = new NumberColumn();
    this.#errors = new NumberColumn();
    let to = 0;
    for (let group = 0; group < this.#groups; group++) {
      const from = this.#blocks[WORDS * group]!, length = this.#blocks[WORDS * group + LENGTH]!;
      if (length === 0) continue;
      this.#blocks[WORDS * group] = to;
      const toLength = group === longer ? longerLength : length;
      this.#moveBlock({ items, highCounts, errors, from, length }, to, toLength);
      to += toLength;
    }
    if (longer !== -1) this.#blocks[WORDS * longer + LENGTH] = longerLength;
    [this.#end, this.#unused] = [to, 0];
    items.buffer.transfer(0);
    highCounts.clear();
    errors.clear();
  }

  /** Moves a block from where it was to a place of this table, where it may be longer. */
  #moveBlock(
    { items, highCounts, errors, from, length }: Block,
    to: number,
    toLength: number,
  ): void {
    const areSimple = highCounts.byteLength === 0 && errors.byteLength === 0;
    if (length === toLength && areSimple) {
      this.#items.set(items.subarray(from, from + length), to);
      return;
    }
    for (let place = from; place < from + length; place++) {
      const word = items[place]!, item = (word & this.#itemMask) - 1;
      if (item === -1) continue;
      const count = (word >>> this.#itemBits) + highCounts.at(place) * this.#radix;
      if (length < toLength) this.#occupy(to, toLength, item, count, errors.at(place));
      else this.#write(to + place - from, item, count, errors.at(place));
    }
  }

  /** Makes items so wide that one fits. */
  #widen(item: number): void {
    const itemMask = this.#itemMask, items = this.#items;
    const counts = new NumberColumn();
    for (let place = 0; place < this.#end; place++) counts.set(place, this.countAt(place));
    this.#setItemBits(Math.min(31, 34 - Math.clz32(item)));
    for (let place = 0; place < this.#end; place++) {
      items[place]! &= itemMask;
      if (items[place] !== 0) this.#setCount(place, counts.at(place));
    }
    counts.clear();
  }

  #setItemBits(bits: number): void {
    this.#itemBits = bits;
    this.#itemMask = 2 ** bits - 1;
    this.#radix = 2 ** (32 - bits);
  }

  #write(place: number, item: number, count: number, error: number): void {
    this.#items[place] = item + 1;
    if (count < this.#radix && this.#highCounts.byteLength === 0) {
      this.#items[place] = item + 1 | count << this.#itemBits;
    } else {
      this.#setCount(place, count);
    }
    this.#errors.set(place, error);
  }

  /** Writes the count of a place whose item is written. */
  #setCount(place: number, count: number): void {
    const low = count % this.#radix, item = this.#items[place]! & this.#itemMask;
    this.#items[place] = item | low << this.#itemBits;
    this.#highCounts.set(place, (count - low) / this.#radix);
  }
}

/** So many places and some more: half as many, as long as that is little. */
function withSpare(places: number): number {
  return Math.max(LEAST_PLACES, places + Math.min(Math.ceil(places / 2), MOST_SPARE));
}
