import type { HashKey } from "./half_sip_hash.ts";
import { hashNumber } from "./hash_number.ts";
import { NumberColumn, type Numbers } from "./number_column.ts";

/** A group of so many places or fewer is searched from its first place on, and may be full. */
const SMALL = 8;
/** Blocks of so many places are made longer one at a time. */
const LARGE = 2 ** 16;
/** What is known of a group: where its block begins, how long it is, how many pairs it has. */
const WORDS = 3, LENGTH = 1, SIZE = 2;
const LEAST_PLACES = 64, MOST_SPARE = 2 ** 17;

/** What a table is made of. */
export interface PairTableParts {
  /** Of each group, where its block begins, how long it is, and how many pairs it has. */
  readonly blocks: Uint32Array<ArrayBuffer>;
  /** Of each place one more than the item, or 0. */
  readonly items: Uint32Array<ArrayBuffer>;
  /** Of each place, how often the pair came at most. */
  readonly counts: Numbers;
  /** Of each place, by how much that may be too high. */
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

/**
 * Counts of pairs of a group and an item, both small integers from 0 on. The pairs of one group stand
 * together: where those of one group mostly follow each other, as requests of one window do, they are
 * found in memory that was used a moment ago.
 *
 * Each group has a block of places, which is a hash table of its own if it is not small; blocks stand
 * one behind the other, and one that has become too small is left for a larger one at the end.
 *
 * Memory: 6 to 20 bytes a place, 1 to 4 places a pair, and 12 to 18 bytes a group.
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
  /** Of each place, how often the pair came at most. */
  #counts = new NumberColumn();
  /** Of each place, by how much that may be too high. */
  #errors = new NumberColumn();
  /** What is known of each group. */
  #blocks = new Uint32Array(16 * WORDS);
  /** Of each place one more than the item, or 0. */
  #items = new Uint32Array(16);
  #end = 0;
  #unused = 0;
  #size = 0;
  #groups = 0;

  /** Makes the table of no pairs, whose items are hashed so. */
  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
  }

  /** Makes a table of the parts of one of the same hash key. */
  static ofParts(parts: PairTableParts, hashKey: HashKey): PairTable {
    const table = new PairTable(hashKey);
    table.#counts = NumberColumn.ofParts(parts.counts);
    table.#errors = NumberColumn.ofParts(parts.errors);
    table.#blocks = parts.blocks;
    table.#items = parts.items;
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
      counts: this.#counts.toParts(),
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
    const items = this.#items, mask = length - 1, wanted = item + 1;
    let at = this.#home(item, mask);
    for (let tries = length; tries > 0; tries--, at = at + 1 & mask) {
      const there = items[start + at]!;
      if (there === wanted) return start + at;
      if (there === 0) return -1;
    }
    return -1;
  }

  /** Counts a pair that it does not have yet; places are others afterwards. */
  enter(group: number, item: number, count: number, error: number): void {
    if (group >= this.#groups) this.#reach(group);
    const at = WORDS * group, length = this.#blocks[at + LENGTH]!;
    const size = this.#blocks[at + SIZE]!++;
    this.#size++;
    if (length <= SMALL ? size === length : 4 * size >= 3 * length) this.#enlarge(group, length);
    this.#occupy(this.#blocks[at]!, this.#blocks[at + LENGTH]!, item, count, error);
  }

  /** Which item is at a place, or −1. */
  itemAt(place: number): number {
    return this.#items[place]! - 1;
  }

  /** How often the pair at a place came at most. */
  countAt(place: number): number {
    return this.#counts.at(place);
  }

  /** By how much that may be too high. */
  errorAt(place: number): number {
    return this.#errors.at(place);
  }

  /** Adds to the counts of a place. */
  increase(place: number, count: number, error: number): void {
    this.#counts.increase(place, count);
    if (error !== 0) this.#errors.increase(place, error);
  }

  /** A table of those pairs of which it is so; this one is of no use afterwards. */
  filter(isSo: (count: number, item: number) => boolean): PairTable {
    const kept = new PairTable(this.#hashKey);
    this.forEach((place, group, item) => {
      const count = this.countAt(place);
      if (isSo(count, item)) kept.enter(group, item, count, this.errorAt(place));
    });
    // Freed at once; there may be many megabytes of them.
    this.#items.buffer.transfer(0);
    this.#blocks.buffer.transfer(0);
    this.#counts.clear();
    this.#errors.clear();
    return kept;
  }

  /** Visits all pairs, those of one group after those of another. */
  forEach(visit: (place: number, group: number, item: number) => void): void {
    for (let group = 0; group < this.#groups; group++) {
      this.forEachOf(group, (place, item) => visit(place, group, item));
    }
  }

  /** Visits all pairs of a group. */
  forEachOf(group: number, visit: (place: number, item: number) => void): void {
    for (let place = this.startOf(group), end = this.endOf(group); place < end; place++) {
      const item = this.itemAt(place);
      if (item !== -1) visit(place, item);
    }
  }

  /** Where the places of a group begin. */
  startOf(group: number): number {
    return group < this.#groups ? this.#blocks[WORDS * group]! : 0;
  }

  /** Where the places of a group end. */
  endOf(group: number): number {
    return group < this.#groups ? this.startOf(group) + this.#blocks[WORDS * group + LENGTH]! : 0;
  }

  /** Where the search for an item begins in a block. */
  #home(item: number, mask: number): number {
    if (mask < SMALL) return 0;
    return hashNumber(this.#hashKey, item) & mask;
  }

  #occupy(start: number, length: number, item: number, count: number, error: number): void {
    const items = this.#items, mask = length - 1;
    let at = this.#home(item, mask);
    while (items[start + at] !== 0) at = at + 1 & mask;
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
    const length = before === 0 ? 1 : before === 1 ? 4 : 2 * before;
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
  }

  /** Makes room behind the last block; if a quarter is unused, blocks move together. */
  #reserve(places: number): void {
    const needed = this.#end + places;
    if (needed <= this.#items.length) return;
    if (4 * this.#unused < this.#end) {
      const length = withSpare(needed);
      // Moved, not copied, so that the old bytes are not left to the garbage collector.
      this.#items = new Uint32Array(this.#items.buffer.transfer(4 * length));
    } else {
      this.#moveTogether(withSpare(needed - this.#unused));
    }
  }

  /** Moves blocks to the front of so many places; that of one group may become longer. */
  #moveTogether(places: number, longer = -1, longerLength = 0): void {
    const items = this.#items, counts = this.#counts, errors = this.#errors;
    this.#items = new Uint32Array(places);
    this.#counts = new NumberColumn();
    this.#errors = new NumberColumn();
    let to = 0;
    for (let group = 0; group < this.#groups; group++) {
      const from = this.#blocks[WORDS * group]!, length = this.#blocks[WORDS * group + LENGTH]!;
      if (length === 0) continue;
      this.#blocks[WORDS * group] = to;
      const next = to + (group === longer ? longerLength : length);
      for (let place = from; place < from + length; place++) {
        const item = items[place]!;
        if (item === 0) continue;
        const [count, error] = [counts.at(place), errors.at(place)];
        if (group === longer) this.#occupy(to, longerLength, item - 1, count, error);
        else this.#write(to + place - from, item - 1, count, error);
      }
      to = next;
    }
    if (longer !== -1) this.#blocks[WORDS * longer + LENGTH] = longerLength;
    [this.#end, this.#unused] = [to, 0];
    items.buffer.transfer(0);
    counts.clear();
    errors.clear();
  }

  #write(place: number, item: number, count: number, error: number): void {
    this.#items[place] = item + 1;
    this.#counts.set(place, count);
    this.#errors.set(place, error);
  }
}

/** So many places and some more: half as many, as long as that is little. */
function withSpare(places: number): number {
  return Math.max(LEAST_PLACES, places + Math.min(Math.ceil(places / 2), MOST_SPARE));
}
