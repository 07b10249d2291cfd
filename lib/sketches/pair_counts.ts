import { CountHistogram } from "../tables/count_histogram.ts";
import { Aliases, type TextPlace } from "../tables/keys/aliases.ts";
import { KeyStore } from "../tables/keys/key_store.ts";
import { NumberStore } from "../tables/keys/number_store.ts";
import type { Taking } from "../tables/pairs/pair_places.ts";
import { PairTable } from "../tables/pairs/pair_table.ts";
import { wrong } from "../tables/read_state.ts";
import { bytesOfCounts, largestToForget } from "./largest_to_forget.ts";
import {
  HeldPair,
  type PairCountsOptions,
  type PairCountsParts,
  PairCountsRows,
  type PairCountsState,
  TEXT_BYTES,
  toPairCountsState,
} from "./pair_counts_state.ts";

/**
 * Counts pairs of a number and a text. Any number of pairs may come; there is memory for `capacity` of
 * them, whose texts, each counted once, have 26 bytes on average.
 *
 * While all pairs fit, counts are exact. Then the half with the lowest counts is evicted, and each new
 * pair inherits the largest evicted count as its error. After `n` counted pairs no count is too low.
 * None is too high by more than `n / floor(capacity / 2)`, or by more if it was the texts that did not
 * fit. A pair that came more often than that is in the table. Two tables merge into one of the same
 * bounds.
 *
 * Cost: constant time for each pair, amortised; least if those of one number come in a row. Memory: that of a
 * {@linkcode PairTable}, each number once in a {@linkcode NumberStore}, and each text once in a {@linkcode KeyStore}; less than that of {@linkcode SpaceSaving}, for there may be a million.
 *
 * @see Anderson et al. (2017), "A high-performance algorithm for identifying frequent items in data
 * streams", IMC; with errors kept for each pair, as in Space-Saving.
 *
 * @example Three pairs
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PairCounts } from "./pair_counts.ts";
 *
 * const pairs = new PairCounts({ capacity: 10, hashKey: [1, 2] });
 * for (const text of ["a", "b", "a"]) pairs.add(7, text);
 * const found = Array.from(pairs.above(0), ({ text, count }) => [text, count]);
 * assertEquals(found, [["a", 2], ["b", 1]]);
 * ```
 */
export class PairCounts {
  readonly #capacity: number;
  #numbers: NumberStore;
  #texts: KeyStore;
  /** The counts: groups are the slots of numbers, items the slots of texts. */
  #pairs: PairTable;
  #bound = 0;
  /** The number that was counted last, and its group, while that is the same. */
  #lastNumber = NaN;
  #lastGroup = -1;
  readonly #aliases = new Aliases();

  /** Makes an empty table. */
  constructor({ capacity, hashKey }: PairCountsOptions) {
    this.#capacity = capacity;
    this.#numbers = new NumberStore(hashKey);
    this.#texts = new KeyStore(hashKey);
    this.#pairs = new PairTable(hashKey);
  }

  /** Makes a table of the fields of another of the same options. */
  static ofParts(parts: PairCountsParts, options: PairCountsOptions): PairCounts {
    const table = new PairCounts(options);
    table.#numbers = NumberStore.ofParts(parts.numbers, options.hashKey);
    table.#texts = KeyStore.ofParts(parts.texts, options.hashKey);
    table.#pairs = PairTable.ofParts(parts.pairs, options.hashKey);
    table.#bound = parts.missing;
    return table;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): PairCountsParts {
    return {
      numbers: this.#numbers.toParts(),
      texts: this.#texts.toParts(),
      pairs: this.#pairs.toParts(),
      missing: this.#bound,
    };
  }

  /** The most times a pair that is not held may have come. No error is larger; 0 if all counts are exact. */
  get bound(): number {
    return this.#bound;
  }

  /** Counts a pair once. */
  add(number: number, text: string): void {
    this.#count(number, this.#texts.intern(0, text));
  }

  /** Counts a pair once; the alias of its text is below 0 if it has none, see {@linkcode Aliases}. */
  addText(number: number, text: TextPlace, alias: number): void {
    this.#count(number, this.#aliases.intern(this.#texts, text, alias));
  }

  /**
   * Counts a pair once, if it is known which text an alias stands for, and there is room for a pair more.
   *
   * @returns Whether it was counted.
   */
  addAlias(number: number, alias: number): boolean {
    const item = this.#aliases.slotOf(alias);
    if (item === -1 || this.#pairs.size >= this.#capacity) return false;
    this.#pairs.count(this.#groupOf(number), item, this.#bound);
    return true;
  }

  /** Forgets the text of an alias. */
  forgetAlias(alias: number): void {
    this.#aliases.forgetAlias(alias);
  }

  /** Adds all pairs of another table of the same capacity, which is not changed. */
  merge(other: PairCounts): void {
    // Each pair may have been evicted there. For those that were not, `#mergeGroup` subtracts this again.
    this.#bound += other.#bound;
    if (other.#bound > 0) {
      this.#pairs.forEach((place) => this.#pairs.increase(place, other.#bound, other.#bound));
    }
    const own = other.#numbers.slotsIn(this.#numbers);
    // A pair whose number is new here is new as well.
    const isNew = (group: number) => own[group] === -1;
    const added = this.#bound - other.#bound;
    const above = this.#makeRoom(other, isNew, added);
    const items = new Int32Array(other.#texts.end).fill(-1);
    for (let group = 0; group < own.length; group++) {
      if (!isNew(group)) this.#mergeGroup(other, group, items);
    }
    const itemOf = (item: number) => this.#itemIn(other, item, items);
    const how = { above: Math.max(above, 0), added, itemOf };
    for (const groups of other.#pairs.groupsAbove(how.above)) {
      const newGroups = groups.filter(isNew);
      if (this.#takeGroups(other, newGroups, how)) continue;
      for (const group of newGroups) this.#mergeGroup(other, group, items, above);
    }
  }

  /**
   * Makes room for the pairs of the groups that are new here; `added` is added to their counts. If there are too many,
   * evicts the lowest, see `#forget`. Returns the count up to which those of `other` are evicted too, or −1.
   */
  #makeRoom(other: PairCounts, isNew: (group: number) => boolean, added: number): number {
    let size = 0;
    for (let group = 0; group < other.#pairs.groups; group++) {
      if (isNew(group)) size += other.#pairs.sizeOf(group);
    }
    if (!this.#isOver(1, this.#pairs.size + size, 0)) {
      this.#pairs.reserve(size);
      return -1;
    }
    const counts = new CountHistogram();
    this.#pairs.addCounts(counts, 0, () => true);
    other.#pairs.addCounts(counts, added, isNew);
    const most = largestToForget(counts, (pairs) => this.#isOver(1 / 2, pairs, 0));
    this.#forgetUpTo(most);
    return most - added;
  }

  /** Takes over the pairs of numbers that have none here, if all would fit; returns whether they would. */
  #takeGroups(other: PairCounts, otherGroups: readonly number[], how: Taking): boolean {
    const bytes = this.#texts.textBytes + other.#texts.textBytes;
    const size = otherGroups.reduce((sum, group) => sum + other.#pairs.sizeOf(group), 0);
    if (this.#isOver(1, this.#pairs.size + size, bytes)) return false;
    const groups = otherGroups.map((group) => this.#numbers.append(other.#numbers.numberAt(group)));
    this.#pairs.enterGroups(groups, other.#pairs, otherGroups, how);
    return true;
  }

  /** Adds the pairs of a number whose count there is more than `above`, one by one. */
  #mergeGroup(other: PairCounts, otherGroup: number, items: Int32Array, above = -1): void {
    const end = other.#pairs.endOf(otherGroup), number = other.#numbers.numberAt(otherGroup);
    let group = -1, missing = this.#bound;
    for (let otherPlace = other.#pairs.startOf(otherGroup); otherPlace < end; otherPlace++) {
      const otherItem = other.#pairs.itemAt(otherPlace);
      const count = other.#pairs.countAt(otherPlace), error = other.#pairs.errorAt(otherPlace);
      if (otherItem === -1 || count <= above) continue;
      if (group === -1) group = this.#numbers.intern(number);
      const item = this.#itemIn(other, otherItem, items), place = this.#pairs.placeOf(group, item);
      if (place === -1) this.#enter(group, item, count, error, other.#bound);
      else this.#pairs.increase(place, count - other.#bound, error - other.#bound);
      if (missing === this.#bound) continue;
      // Pairs were evicted: slots may have changed.
      group = -1;
      items.fill(-1);
      missing = this.#bound;
    }
  }

  /** Returns the item here of an item of `other`, a new one if needed. `items` caches it. */
  #itemIn(other: PairCounts, otherItem: number, items: Int32Array): number {
    return items[otherItem] === -1
      ? items[otherItem] = other.#texts.internIn(this.#texts, otherItem)
      : items[otherItem]!;
  }

  /** Whether some pair has a number. */
  has(number: number): boolean {
    return this.#numbers.slotOf(number) !== -1;
  }

  /** The pairs whose count is more than `limit`, 0 or above, in no order. */
  above(limit: number): Generator<HeldPair> {
    return this.#above(limit, 0, this.#pairs.groups);
  }

  /** The pairs of one number whose count is more than `limit`, in no order. */
  aboveOf(number: number, limit: number): Generator<HeldPair> {
    const group = this.#numbers.slotOf(number);
    return this.#above(limit, group, group + 1);
  }

  /** Its JSON form: the same for the same pairs and counts. */
  toJSON(): PairCountsState {
    return toPairCountsState(this.#bound, this.#numbers, this.#texts, this.#pairs);
  }

  /**
   * Makes a table from its JSON form.
   *
   * @throws {SyntaxError} If `value` is not one, or has more pairs than fit.
   */
  static fromJSON(value: unknown, options: PairCountsOptions): PairCounts {
    const table = new PairCounts(options);
    const state = new PairCountsRows(value);
    const items = new Int32Array(state.texts.length).fill(-1);
    for (const { number, key, count, error } of state.pairs()) {
      const group = table.#numbers.intern(number);
      if (items[key] === -1) items[key] = table.#texts.intern(0, state.texts.at(key)!);
      if (table.#pairs.placeOf(group, items[key]!) !== -1) throw wrong("keys", "each pair once");
      table.#enter(group, items[key]!, count, error, 0);
      if (table.#bound > 0) throw wrong("counts", "no more pairs than there is room for");
    }
    table.#bound = state.bound();
    return table;
  }

  *#above(limit: number, firstGroup: number, endOfGroups: number): Generator<HeldPair> {
    const pairs = this.#pairs;
    for (const groups of pairs.groupsAbove(limit, firstGroup, endOfGroups)) {
      for (const group of groups) {
        const number = this.#numbers.numberAt(group);
        for (const place of pairs.placesAbove(group, limit)) {
          const item = pairs.itemAt(place), count = pairs.countAt(place);
          yield new HeldPair(number, this.#texts, item, count, pairs.errorAt(place));
        }
      }
    }
  }

  #count(number: number, item: number): void {
    this.#pairs.count(this.#groupOf(number), item, this.#bound);
    if (this.#isOver(1)) this.#forget();
  }

  #groupOf(number: number): number {
    if (number !== this.#lastNumber) {
      [this.#lastNumber, this.#lastGroup] = [number, this.#numbers.intern(number)];
    }
    return this.#lastGroup;
  }

  /** Adds a pair that may have come `#bound` times before, less `elsewhere`: the bound of a table that has it. */
  #enter(group: number, item: number, count: number, error: number, elsewhere: number): void {
    const before = this.#bound - elsewhere;
    this.#pairs.enter(group, item, count + before, error + before);
    if (this.#isOver(1)) this.#forget();
  }

  #isOver(share: number, pairs = this.#pairs.size, bytes = this.#texts.textBytes): boolean {
    const room = this.#capacity * share;
    return pairs > Math.floor(room) || bytes > room * TEXT_BYTES;
  }

  /** Evicts the pairs with the lowest counts, until the rest fits into half the capacity. */
  #forget(): void {
    const counts = new CountHistogram(), isOver = this.#isOver.bind(this, 1 / 2);
    this.#pairs.addCounts(counts, 0, () => true);
    // If all texts fit together, those of the rest fit as well.
    const doTextsFit = !isOver(0, this.#texts.textBytes);
    const bytesOf = doTextsFit ? undefined : bytesOfCounts(this.#pairs, this.#texts);
    this.#forgetUpTo(largestToForget(counts, isOver, bytesOf));
  }

  #forgetUpTo(most: number): void {
    this.#bound = Math.max(this.#bound, most);
    const isLeft = new Uint8Array(this.#texts.end);
    this.#pairs = this.#pairs.filter(most, isLeft);
    this.#lastNumber = NaN;
    this.#numbers.removeWhere((group) => this.#pairs.sizeOf(group) === 0);
    for (let item = 0; item < isLeft.length; item++) {
      if (isLeft[item] === 0) this.#texts.remove(item);
    }
    this.#aliases.clear();
  }
}
