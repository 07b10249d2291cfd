import { isFull, LEAST_PLACES, lengthFor, nextLength, SMALL, withSpare } from "./block_lengths.ts";
import { Blocks, type BlocksParts } from "./blocks.ts";
import type { HashKey } from "./half_sip_hash.ts";
import { PairPlaces, type PairPlacesParts } from "./pair_places.ts";

/** Blocks of so many places are made longer one at a time. */
const LARGE = 2 ** 16;

/** What a table is made of. */
export interface PairTableParts {
  /** Of each group, where its block is, and how many pairs it has. */
  readonly blocks: BlocksParts;
  /** The blocks. */
  readonly places: PairPlacesParts;
  /** Where the last block ends. */
  readonly end: number;
  /** How many places before that belong to no block. */
  readonly unused: number;
  /** How many pairs there are. */
  readonly size: number;
}

/** Of a block, where it was and where it goes to, and how long it is there. */
type Move = Readonly<Record<"length" | "to" | "toLength", number>> & { readonly from: number };

/**
 * Counts of pairs of a group and an item, both small integers from 0 on. The pairs of one group stand
 * together: where those of one group mostly follow each other, as requests of one window do, they are
 * found in memory that was used a moment ago.
 *
 * Each group has a block of places, which is a hash table of its own if it is not small; blocks stand
 * one behind the other, and one that has become too small is left for a larger one at the end.
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
  /** Where the pairs of each group are. */
  #blocks = new Blocks();
  #places = new PairPlaces(LEAST_PLACES);
  /** What hashes of items depend on. */
  readonly #salt: number;
  readonly #factor: number;
  #end = 0;
  #unused = 0;
  #size = 0;

  /** Makes the table of no pairs, whose items are hashed so. */
  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
    this.#salt = hashKey[0] | 0;
    this.#factor = hashKey[1] | 1;
  }

  /** Makes a table of the parts of one of the same hash key. */
  static ofParts(parts: PairTableParts, hashKey: HashKey): PairTable {
    const table = new PairTable(hashKey);
    table.#blocks = Blocks.ofParts(parts.blocks);
    table.#places = PairPlaces.ofParts(parts.places);
    table.#end = parts.end;
    table.#unused = parts.unused;
    table.#size = parts.size;
    return table;
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): PairTableParts {
    return {
      blocks: this.#blocks.toParts(),
      places: this.#places.toParts(),
      end: this.#end,
      unused: this.#unused,
      size: this.#size,
    };
  }

  /** How many pairs there are. */
  get size(): number {
    return this.#size;
  }

  /** No group from here on has had a pair. */
  get groups(): number {
    return this.#blocks.groups;
  }

  /** How many pairs a group has. */
  sizeOf(group: number): number {
    return this.#blocks.sizeOf(group);
  }

  /** Where a pair is, or −1; good until a pair is entered. */
  placeOf(group: number, item: number): number {
    const start = this.#blocks.startOf(group), length = this.#blocks.lengthOf(group);
    const places = this.#places, mask = length - 1;
    let at = this.#home(item, mask);
    for (let tries = length; tries > 0; tries--, at = at + 1 & mask) {
      const there = places.itemAt(start + at);
      if (there === item) return start + at;
      if (there === -1) return -1;
    }
    return -1;
  }

  /** Counts a pair that it does not have yet; places are others afterwards. */
  enter(group: number, item: number, count: number, error: number): void {
    const blocks = this.#blocks, length = blocks.lengthOf(group);
    if (isFull(length, blocks.sizeOf(group))) this.#enlarge(group, length);
    blocks.fill(group, 1);
    this.#size++;
    this.#occupy(blocks.startOf(group), blocks.lengthOf(group), item, count, error);
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
    const { table } = from, start = table.startOf(from.group), end = table.endOf(from.group);
    const { items, counts, errors } = table.#places.collect(start, end, itemOf);
    this.#allot(group, items.length);
    const to = this.startOf(group), length = this.endOf(group) - to;
    for (const [i, item] of items.entries()) {
      this.#occupy(to, length, item, counts[i]! + added, errors[i]! + added);
    }
  }

  /** Makes an empty block for so many pairs of a group that has none. */
  #allot(group: number, size: number): void {
    const length = lengthFor(size);
    this.#unused += this.#blocks.lengthOf(group);
    this.#blocks.set(group, 0, 0);
    this.#reserve(length);
    this.#blocks.set(group, this.#end, length);
    this.#blocks.fill(group, size);
    this.#end += length;
    this.#size += size;
  }

  /** Which item is at a place, or −1. */
  itemAt(place: number): number {
    return this.#places.itemAt(place);
  }

  /** How often the pair at a place came at most. */
  countAt(place: number): number {
    return this.#places.countAt(place);
  }

  /** By how much that may be too high. */
  errorAt(place: number): number {
    return this.#places.errorAt(place);
  }

  /** Adds to the counts of a place. */
  increase(place: number, count: number, error: number): void {
    this.#places.increase(place, count, error);
  }

  /** A table of those pairs of which it is so; this one is of no use afterwards. */
  filter(isSo: (count: number, item: number) => boolean): PairTable {
    const kept = new PairTable(this.#hashKey);
    for (let group = 0; group < this.groups; group++) {
      if (this.sizeOf(group) === 0) continue;
      const keep = (item: number, count: number) => isSo(count, item) ? item : -1;
      kept.enterAll(group, { table: this, group }, 0, keep);
    }
    // Freed at once; there may be many megabytes of them.
    this.#places.free();
    this.#blocks.free();
    return kept;
  }

  /** How many pairs came how often. */
  countOfCounts(): Map<number, number> {
    return this.#places.countOfCounts(this.#end);
  }

  /** Visits all pairs, those of one group after those of another. */
  forEach(visit: (place: number, group: number, item: number) => void): void {
    for (let group = 0; group < this.groups; group++) {
      const [start, end] = [this.startOf(group), this.endOf(group)];
      this.#places.forEach(start, end, (place, item) => visit(place, group, item));
    }
  }

  /** The places of a group's pairs that came more than so often, 0 or more. */
  placesAbove(group: number, limit: number): number[] {
    return this.#places.above(limit, this.startOf(group), this.endOf(group));
  }

  /** Where the places of a group begin. */
  startOf(group: number): number {
    return this.#blocks.startOf(group);
  }

  /** Where the places of a group end. */
  endOf(group: number): number {
    return this.#blocks.endOf(group);
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
    const places = this.#places, mask = length - 1;
    let at = this.#home(item, mask);
    while (places.itemAt(start + at) !== -1) at = at + 1 & mask;
    places.write(start + at, item, count, error);
  }

  /** Gives a group a longer block. */
  #enlarge(group: number, before: number): void {
    const length = nextLength(before, group === 0 ? 0 : this.sizeOf(group - 1));
    if (before >= LARGE) {
      // As if it were longer already: two of its length at once would take too much memory.
      this.#unused -= length - before;
      this.#moveTogether(withSpare(this.#end - this.#unused), group, length);
      return;
    }
    this.#reserve(length);
    const start = this.startOf(group), end = this.#end;
    if (before > 0 && start + before === end && length <= SMALL) {
      this.#blocks.set(group, start, length);
      return void (this.#end = start + length);
    }
    this.#blocks.set(group, end, length);
    this.#end = end + length;
    this.#unused += before;
    this.#spread(this.#places, { from: start, length: before, to: end, toLength: length });
    // Of no block any more, so that no pair is found there by those that look at all places.
    this.#places.clear(start, start + before);
  }

  /** Makes room behind the last block; if a quarter is unused, blocks move together. */
  #reserve(places: number): void {
    const needed = this.#end + places;
    if (needed <= this.#places.length) return;
    if (4 * this.#unused < this.#end) this.#places.lengthen(withSpare(needed));
    else this.#moveTogether(withSpare(needed - this.#unused));
  }

  /** Moves blocks to the front of so many places; that of one group may become longer. */
  #moveTogether(places: number, longer = -1, longerLength = 0): void {
    const before = this.#places;
    this.#places = new PairPlaces(places);
    let to = 0;
    for (let group = 0; group < this.groups; group++) {
      const from = this.startOf(group), length = this.#blocks.lengthOf(group);
      if (length === 0) continue;
      const toLength = group === longer ? longerLength : length;
      this.#blocks.set(group, to, toLength);
      if (toLength === length) this.#places.take(before, from, length, to);
      else this.#spread(before, { from, length, to, toLength });
      to += toLength;
    }
    [this.#end, this.#unused] = [to, 0];
    before.free();
  }

  /** Moves a block from where it was to a place of this table where it is longer. */
  #spread(before: PairPlaces, { from, length, to, toLength }: Move): void {
    for (let place = from; place < from + length; place++) {
      const item = before.itemAt(place);
      if (item === -1) continue;
      this.#occupy(to, toLength, item, before.countAt(place), before.errorAt(place));
    }
  }
}
