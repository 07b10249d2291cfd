import type { HashKey } from "./half_sip_hash.ts";
import { NumberColumn, type Numbers } from "./number_column.ts";

/** A group of so many places or fewer is searched from its first place on, and may be full. */
const SMALL = 8;
const LEAST_PLACES = 64;

/** What a table is made of. */
export interface PairTableParts {
  /** Of each group, where its block begins. */
  readonly starts: Numbers;
  /** Of each group, how long its block is. */
  readonly lengths: Numbers;
  /** Of each group, how many pairs it has. */
  readonly sizes: Numbers;
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
 * Memory: 6 to 20 bytes a place, 1 to 4 places a pair, and 3 to 12 bytes a group.
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
  #starts = new NumberColumn();
  #lengths = new NumberColumn();
  #sizes = new NumberColumn();
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
    table.#starts = NumberColumn.ofParts(parts.starts);
    table.#lengths = NumberColumn.ofParts(parts.lengths);
    table.#sizes = NumberColumn.ofParts(parts.sizes);
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
      starts: this.#starts.toParts(),
      lengths: this.#lengths.toParts(),
      sizes: this.#sizes.toParts(),
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
    return this.#sizes.at(group);
  }

  /** Where a pair is, or −1; good until a pair is entered. */
  placeOf(group: number, item: number): number {
    const length = this.#lengths.at(group), start = this.#starts.at(group);
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
    const length = this.#lengths.at(group), size = this.#sizes.at(group);
    if (length <= SMALL ? size === length : 4 * size >= 3 * length) this.#enlarge(group, length);
    this.#sizes.set(group, size + 1);
    this.#size++;
    this.#occupy(this.#starts.at(group), this.#lengths.at(group), item, count, error);
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
    return this.#starts.at(group);
  }

  /** Where the places of a group end. */
  endOf(group: number): number {
    return this.#starts.at(group) + this.#lengths.at(group);
  }

  /** Where the search for an item begins in a block. */
  #home(item: number, mask: number): number {
    if (mask < SMALL) return 0;
    let hash = Math.imul(item ^ this.#hashKey[0], 0x85EBCA6B);
    hash = Math.imul(hash ^ hash >>> 13 ^ this.#hashKey[1], 0xC2B2AE35);
    return (hash ^ hash >>> 16) & mask;
  }

  #occupy(start: number, length: number, item: number, count: number, error: number): void {
    const items = this.#items, mask = length - 1;
    let at = this.#home(item, mask);
    while (items[start + at] !== 0) at = at + 1 & mask;
    items[start + at] = item + 1;
    this.#counts.set(start + at, count);
    this.#errors.set(start + at, error);
  }

  /** Gives a group a longer block. */
  #enlarge(group: number, before: number): void {
    this.#groups = Math.max(this.#groups, group + 1);
    const length = before === 0 ? 1 : before === 1 ? 4 : 2 * before;
    this.#reserve(length);
    const start = this.#starts.at(group);
    const isLast = before > 0 && start + before === this.#end;
    this.#lengths.set(group, length);
    if (isLast && length <= SMALL) {
      this.#end = start + length;
      return;
    }
    const end = this.#end;
    this.#starts.set(group, end);
    this.#end = end + length;
    this.#unused += before;
    for (let place = start; place < start + before; place++) {
      const item = this.#items[place]!;
      if (item === 0) continue;
      this.#occupy(end, length, item - 1, this.countAt(place), this.errorAt(place));
    }
  }

  /** Makes room behind the last block; if a quarter is unused, blocks move together. */
  #reserve(places: number): void {
    const needed = this.#end + places;
    if (needed <= this.#items.length) return;
    if (4 * this.#unused < this.#end) {
      const length = Math.max(LEAST_PLACES, needed, Math.ceil(1.5 * this.#items.length));
      // Moved, not copied, so that the old bytes are not left to the garbage collector.
      this.#items = new Uint32Array(this.#items.buffer.transfer(4 * length));
    } else {
      this.#moveTogether(Math.ceil(1.5 * (needed - this.#unused)));
    }
  }

  #moveTogether(length: number): void {
    const items = this.#items, counts = this.#counts, errors = this.#errors;
    this.#items = new Uint32Array(Math.max(length, LEAST_PLACES));
    this.#counts = new NumberColumn();
    this.#errors = new NumberColumn();
    let to = 0;
    for (let group = 0; group < this.#groups; group++) {
      const from = this.#starts.at(group), length = this.#lengths.at(group);
      if (length === 0) continue;
      this.#starts.set(group, to);
      for (let place = from; place < from + length; place++, to++) {
        if (items[place] === 0) continue;
        this.#items[to] = items[place]!;
        this.#counts.set(to, counts.at(place));
        this.#errors.set(to, errors.at(place));
      }
    }
    this.#end = to;
    this.#unused = 0;
    items.buffer.transfer(0);
  }
}
