import type { CountHistogram } from "../count_histogram.ts";
import type { HashKey } from "../hashes/half_sip_hash.ts";
import { hashItem } from "../hashes/hash_integer.ts";
import { type Blocks, isFull, SMALL } from "./blocks.ts";
import { OpenBlock } from "./open_block.ts";
import { PairBlocks, type PairBlocksParts } from "./pair_blocks.ts";
import type { PairPlaces, Taking } from "./pair_places.ts";

/** How many groups are looked through at once. */
const GROUPS_AT_ONCE = 2 ** 14;

/** The fields of a `PairTable` as typed arrays, to transfer to another thread. */
export interface PairTableParts {
  /** The pairs, those of each group in a block. */
  readonly space: PairBlocksParts;
  /** How many pairs there are. */
  readonly size: number;
}

/**
 * Counts of pairs of a group and an item, both small integers from 0 on. The pairs of one group are stored
 * together: if those of one group mostly come in a row, as requests of one window do, they are found in
 * memory that was used a moment ago.
 *
 * Each group has a block of places, see {@linkcode PairBlocks}. The last block grows without free places, see
 * {@linkcode OpenBlock}. Another that is not small becomes a hash table with open addressing, once it is searched.
 *
 * Memory: 4 to 20 bytes a place, 1 to 4 places a pair, 12 to 18 bytes a group, and 4 to 6 an item.
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
  /** Returns where in a block the search for an item begins. */
  readonly #home = (item: number, mask: number): number =>
    mask < SMALL ? 0 : hashItem(item, this.#salt, this.#factor) & mask;
  /** The block of each group, with its pairs. */
  #space = new PairBlocks(this.#home);
  readonly #open = new OpenBlock();
  /** What `hashItem` combines items with. */
  readonly #salt: number;
  readonly #factor: number;
  #size = 0;

  /** Makes an empty table, whose items are hashed with `hashKey`. */
  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
    this.#salt = hashKey[0] | 0;
    this.#factor = hashKey[1] | 1;
  }

  /** Makes a table of the fields of another of the same hash key. */
  static ofParts(parts: PairTableParts, hashKey: HashKey): PairTable {
    const table = new PairTable(hashKey);
    table.#space = PairBlocks.ofParts(parts.space, table.#home);
    table.#size = parts.size;
    return table;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): PairTableParts {
    return { space: this.#space.toParts(), size: this.#size };
  }

  get #blocks(): Blocks {
    return this.#space.blocks;
  }

  get #places(): PairPlaces {
    return this.#space.places;
  }

  /** How many pairs there are. */
  get size(): number {
    return this.#size;
  }

  /** One more than the last group that has had a pair. */
  get groups(): number {
    return this.#blocks.groups;
  }

  /** How many pairs a group has. */
  sizeOf(group: number): number {
    return this.#blocks.sizeOf(group);
  }

  /**
   * The place of a pair, or −1; valid until a pair is entered or counted. Where pairs were counted or came from another
   * table, a search for another pair may move it too.
   */
  placeOf(group: number, item: number): number {
    this.#space.settle(group);
    const start = this.#blocks.startOf(group), length = this.#blocks.lengthOf(group);
    const place = this.#search(this.#places, item, start, length);
    return place >= 0 && this.#places.itemAt(place) === item ? place : -1;
  }

  /** Probes a block: returns the place of an item, or else the first free place, or −1 if none is free. */
  #search(places: PairPlaces, item: number, start: number, length: number): number {
    // A small block may have any length: it is searched from its first place on, and nothing is masked.
    const mask = length <= SMALL ? -1 : length - 1;
    let at = this.#home(item, mask);
    for (let tries = length; tries > 0; tries--, at = at + 1 & mask) {
      const there = places.itemAt(start + at);
      if (there === item || there === -1) return start + at;
    }
    return -1;
  }

  /** Counts a pair once; if it is new, its count may be too high by `error`. Places change. */
  count(group: number, item: number, error: number): void {
    if (this.#open.open(this.#space, group)) {
      if (this.#open.count(this.#space, item, error)) this.#size++;
      return;
    }
    const place = this.placeOf(group, item);
    if (place === -1) this.enter(group, item, 1 + error, error);
    else this.increase(place, 1, 0);
  }

  /** Adds a pair that the table does not have; places change. */
  enter(group: number, item: number, count: number, error: number): void {
    const blocks = this.#blocks;
    this.#space.settle(group);
    if (isFull(blocks.lengthOf(group), blocks.sizeOf(group))) this.#space.enlarge(group);
    blocks.fill(group, 1);
    this.#size++;
    this.#write(blocks.startOf(group), blocks.lengthOf(group), item, count, error);
  }

  /**
   * Adds pairs of groups of another table as those of groups that have none.
   *
   * @param groups The groups.
   * @param other The other table, which has the same hash key.
   * @param otherGroups The group there of each of them.
   * @param how Which pairs, and what becomes of them.
   */
  enterGroups(
    groups: ArrayLike<number>,
    other: PairTable,
    otherGroups: ArrayLike<number>,
    how: Taking,
  ): void {
    const space = this.#space, blocks = other.#blocks, { places } = other.#space;
    for (let i = 0; i < groups.length; i++) {
      const first = blocks.startOf(otherGroups[i]!), end = blocks.endOf(otherGroups[i]!);
      space.reserve(end - first);
      const size = space.places.take(places, { first, end, to: space.end }, how);
      space.add(groups[i]!, size);
      this.#size += size;
    }
  }

  /** Forgets all pairs of a group. */
  clear(group: number): void {
    const size = this.#blocks.sizeOf(group);
    if (size === 0) return;
    this.#open.close();
    this.#size -= size;
    this.#blocks.fill(group, -size);
    this.#space.allot(group, 0);
  }

  /** Makes room at once for so many pairs of new groups. */
  reserve(pairs: number): void {
    this.#space.reserve(pairs);
  }

  /** The item at a place, or −1. */
  itemAt(place: number): number {
    return this.#places.itemAt(place);
  }

  /** The most times the pair at a place may have come. */
  countAt(place: number): number {
    return this.#places.countAt(place);
  }

  /** By how much the count at a place may be too high. */
  errorAt(place: number): number {
    return this.#places.errorAt(place);
  }

  /** Adds to the count and the error of a place. */
  increase(place: number, count: number, error: number): void {
    this.#places.increase(place, count, error);
  }

  /**
   * Moves the pairs with a high count to a new table; this one is of no use afterwards.
   *
   * @param above The count that a pair must exceed.
   * @param isLeft Is set to 1 for each item that has such a pair.
   * @returns The new table.
   */
  filter(above: number, isLeft: Uint8Array): PairTable {
    const kept = new PairTable(this.#hashKey);
    const itemOf = (item: number) => {
      isLeft[item] = 1;
      return item;
    };
    for (const groups of this.groupsAbove(above)) {
      kept.enterGroups(groups, this, groups, { above, added: 0, itemOf });
    }
    // Freed at once; there may be many megabytes of them.
    this.#space.free();
    return kept;
  }

  /** Adds the counts of the groups for which `isAsked` is true to a histogram, each increased by `added`. */
  addCounts(counts: CountHistogram, added: number, isAsked: (group: number) => boolean): void {
    for (let group = 0; group < this.groups; group++) {
      if (!isAsked(group)) continue;
      this.#places.addCounts(counts, this.startOf(group), this.endOf(group), added);
    }
  }

  /** Calls `visit` for each pair, group by group. */
  forEach(visit: (place: number, group: number, item: number) => void): void {
    for (let group = 0; group < this.groups; group++) {
      const [start, end] = [this.startOf(group), this.endOf(group)];
      this.#places.forEach(start, end, (place, item) => visit(place, group, item));
    }
  }

  /**
   * The groups from `first` to before `end` that have a pair whose count is more than `limit`, 0 or above, some thousand
   * at a time: a list of all might have a million.
   */
  *groupsAbove(
    limit: number,
    first: number = 0,
    end: number = this.groups,
  ): Generator<readonly number[]> {
    for (let from = first; from < end; from += GROUPS_AT_ONCE) {
      const to = Math.min(end, from + GROUPS_AT_ONCE);
      yield this.#places.groupsAbove(this.#blocks, limit, from, to);
    }
  }

  /** The places of a group's pairs whose count is more than `limit`, 0 or above. */
  placesAbove(group: number, limit: number): readonly number[] {
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

  #write(start: number, length: number, item: number, count: number, error: number): void {
    const places = this.#places, mask = length - 1;
    let at = this.#home(item, mask);
    while (places.itemAt(start + at) !== -1) at = at + 1 & mask;
    places.write(start + at, item, count, error);
  }
}
