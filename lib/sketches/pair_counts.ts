import type { HashKey } from "./half_sip_hash.ts";
import { type Column, JsonColumn } from "./json_column.ts";
import { type CountedKeysParts, KeyStore } from "./key_store.ts";
import { NumberColumn } from "./number_column.ts";
import { readInteger, readIntegers, readObject, readTexts, wrong } from "./read_state.ts";

/** For how many pairs there is room, and what keeps them from colliding. */
export interface PairCountsOptions {
  /** For how many pairs there is room, at least 2. */
  readonly capacity: number;
  /** What hashes of pairs depend on. */
  readonly hashKey: HashKey;
}

/** How often a pair came: at most `count`, at least `count - error` times. */
export interface PairCount {
  /** The number of the pair. */
  readonly number: number;
  /** The text of the pair. */
  readonly text: string;
  /** At most so often it came. */
  readonly count: number;
  /** At least `count - error` times it came. */
  readonly error: number;
}

/** A table as JSON: pairs by number, then by code point of the text. */
export interface PairCountsState {
  /** How often a pair that is missing may have come. */
  readonly missing: number;
  /** The texts, each once, ascending. */
  readonly texts: Column<string>;
  /** The numbers, each once, ascending. */
  readonly numbers: readonly number[];
  /** How many pairs have each number. */
  readonly sizes: readonly number[];
  /** Which text each pair has, by its place in `texts`. */
  readonly keys: Column<number>;
  /** How often each pair came at most. */
  readonly counts: Column<number>;
  /** By how much that may be too high; left out if all are 0. */
  readonly errors?: Column<number>;
}

/** How many bytes of UTF-8 the texts may have, for each pair that there is room for: IPv6 fits. */
const TEXT_BYTES = 40;

/**
 * Counts pairs of a number and a text, of which there may be any number, in memory for a fixed
 * number of them, whose texts have 40 bytes on average.
 *
 * While no more pairs came than there is room for, counts are exact. Then the half that came least
 * is forgotten, and what comes anew inherits the largest count forgotten as its error. Of `n` counted
 * pairs no count is too low, none is too high by more than `n / floor(capacity / 2)`, or more where
 * it was the texts that took the room, and a pair that came more often is there. Two tables merge
 * into one of the same bounds.
 *
 * Cost: constant time for each pair, amortised. Memory: 2 to 16 bytes a pair, and its key in a
 * {@linkcode KeyStore}; less than {@linkcode SpaceSaving}, as there may be a million.
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
 * assertEquals([...pairs.above(0)], [
 *   { number: 7, text: "a", count: 2, error: 0 },
 *   { number: 7, text: "b", count: 1, error: 0 },
 * ]);
 * ```
 */
export class PairCounts {
  readonly #capacity: number;
  readonly #hashKey: HashKey;
  #keys: KeyStore;
  #counts = new NumberColumn();
  #errors = new NumberColumn();
  #missing = 0;
  /** All slots before it have a pair. */
  #firstFree = 0;
  /** No slot from here on has had a pair. */
  #end = 0;

  /** Makes the table of no pairs. */
  constructor(options: PairCountsOptions) {
    this.#capacity = options.capacity;
    this.#hashKey = options.hashKey;
    this.#keys = new KeyStore(options.hashKey);
  }

  /** Makes a table of the parts of one of the same options. */
  static ofParts(parts: CountedKeysParts, options: PairCountsOptions): PairCounts {
    const table = new PairCounts(options);
    table.#keys = KeyStore.ofParts(parts.keys, options.hashKey);
    table.#counts = NumberColumn.ofParts(parts.counts);
    table.#errors = NumberColumn.ofParts(parts.errors);
    table.#missing = parts.missing;
    table.#end = parts.keys.end;
    return table;
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): CountedKeysParts {
    return {
      keys: this.#keys.toParts(),
      counts: this.#counts.toParts(),
      errors: this.#errors.toParts(),
      missing: this.#missing,
    };
  }

  /** How often a pair that it does not hold may have come; no error is larger. 0 if all are exact. */
  get bound(): number {
    return this.#missing;
  }

  /** Counts a pair once. */
  add(number: number, text: string): void {
    const slot = this.#keys.slotOf(number, text);
    if (slot !== -1) return this.#counts.increase(slot, 1);
    this.#keys.put(this.#freeSlot(), number, text);
    this.#start(this.#firstFree, { count: 1, error: 0 }, 0);
  }

  /** The same for a pair whose text is some bytes of well-formed UTF-8. */
  addBytes(number: number, bytes: Uint8Array, start: number, end: number): void {
    const slot = this.#keys.slotOfBytes(number, bytes, start, end);
    if (slot !== -1) return this.#counts.increase(slot, 1);
    this.#keys.putMissed(this.#freeSlot(), number, bytes, start, end);
    this.#start(this.#firstFree, { count: 1, error: 0 }, 0);
  }

  /** Takes in all that another table of the same capacity has; that one is not changed. */
  merge(other: PairCounts): void {
    // Any pair may be missing there. Where it is not, this is taken back.
    this.#missing += other.#missing;
    for (const slot of this.#slots()) {
      this.#counts.increase(slot, other.#missing);
      this.#errors.increase(slot, other.#missing);
    }
    for (const otherSlot of other.#slots()) {
      const [count, error] = [other.#counts.at(otherSlot), other.#errors.at(otherSlot)];
      const slot = other.#keys.slotIn(this.#keys, otherSlot);
      if (slot !== -1) {
        this.#counts.increase(slot, count - other.#missing);
        this.#errors.increase(slot, error - other.#missing);
      } else {
        const bytes = other.#keys.bytesAt(otherSlot);
        const number = other.#keys.numberAt(otherSlot);
        this.#keys.putMissed(this.#freeSlot(), number, bytes, 0, bytes.length);
        this.#start(this.#firstFree, { count, error }, other.#missing);
      }
    }
  }

  /** The pairs that came more than so often, 0 or more, as far as is known; in no order. */
  *above(limit: number): Generator<PairCount> {
    for (const slot of this.#slots()) {
      const count = this.#counts.at(slot);
      if (count <= limit) continue;
      const [number, text] = [this.#keys.numberAt(slot), this.#keys.textAt(slot)];
      yield { number, text, count, error: this.#errors.at(slot) };
    }
  }

  /** Its JSON form: the same for the same pairs and counts. */
  toJSON(): PairCountsState {
    const slots = new Uint32Array(this.#keys.size);
    let used = 0;
    for (let slot = 0; slot < this.#end; slot++) if (this.#keys.has(slot)) slots[used++] = slot;
    slots.sort((a, b) => this.#keys.compare(a, b));
    const texts = new KeyStore(this.#hashKey);
    const sizes = new Map<number, number>();
    for (const slot of slots) {
      const [number, text] = [this.#keys.numberAt(slot), this.#keys.textAt(slot)];
      sizes.set(number, (sizes.get(number) ?? 0) + 1);
      if (texts.slotOf(0, text) === -1) texts.put(texts.size, 0, text);
    }
    const order = new Uint32Array(texts.size).map((_, i) => i).sort((a, b) => texts.compare(a, b));
    const places = new Uint32Array(texts.size);
    for (const [place, i] of order.entries()) places[i] = place;
    const errors = new JsonColumn(slots, (slot) => this.#errors.at(slot));
    const placeOf = (slot: number) => places[texts.slotOf(0, this.#keys.textAt(slot))]!;
    return {
      missing: this.#missing,
      texts: new JsonColumn(order, (i) => texts.textAt(i)),
      numbers: [...sizes.keys()],
      sizes: [...sizes.values()],
      keys: new JsonColumn(slots, placeOf),
      counts: new JsonColumn(slots, (slot) => this.#counts.at(slot)),
      ...(errors.some((error) => error > 0) ? { errors } : {}),
    };
  }

  /**
   * Makes a table of its JSON form.
   *
   * @throws {SyntaxError} If it is none, or of more pairs than there is room for.
   */
  static fromJSON(value: unknown, options: PairCountsOptions): PairCounts {
    const state = readObject(value, "a table of pairs");
    const numbers = readIntegers(state, "numbers", { least: -Number.MAX_SAFE_INTEGER });
    const sizes = readIntegers(state, "sizes", { least: 1, length: numbers.length });
    const length = sizes.reduce((sum, size) => sum + size, 0);
    const texts = readTexts(state, "texts");
    const keys = readIntegers(state, "keys", { least: 0, length });
    const counts = readIntegers(state, "counts", { least: 1, length });
    const errors = state["errors"] === undefined
      ? undefined
      : readIntegers(state, "errors", { least: 0, length });

    const table = new PairCounts(options);
    let i = 0;
    for (const [place, number] of numbers.entries()) {
      for (const last = i + sizes[place]!; i < last; i++) {
        const text = texts[keys[i]!];
        if (text === undefined) throw wrong("keys", "places in texts");
        if (table.#keys.slotOf(number, text) !== -1) throw wrong("keys", "each pair once");
        table.#keys.put(table.#freeSlot(), number, text);
        table.#start(table.#firstFree, { count: counts[i]!, error: errors?.[i] ?? 0 }, 0);
      }
    }
    if (table.#missing > 0) throw wrong("counts", "no more pairs than there is room for");
    table.#missing = readInteger(state, "missing", 0);
    return table;
  }

  *#slots(): Generator<number> {
    for (let slot = 0; slot < this.#end; slot++) if (this.#keys.has(slot)) yield slot;
  }

  #freeSlot(): number {
    while (this.#keys.has(this.#firstFree)) this.#firstFree++;
    return this.#firstFree;
  }

  /**
   * Counts a pair that is new here, and may have come before as often as is missing, but for what is
   * missing only elsewhere.
   */
  #start(
    slot: number,
    { count, error }: { readonly count: number; readonly error: number },
    missingElsewhere: number,
  ): void {
    this.#end = Math.max(this.#end, slot + 1);
    const before = this.#missing - missingElsewhere;
    this.#counts.set(slot, count + before);
    this.#errors.set(slot, error + before);
    if (this.#isOver(1)) this.#forget();
  }

  #isOver(share: number, pairs = this.#keys.size, bytes = this.#keys.textBytes): boolean {
    return pairs > Math.floor(this.#capacity * share) ||
      bytes > this.#capacity * TEXT_BYTES * share;
  }

  /** Forgets the half that came least, and as many more as it takes to fit. */
  #forget(): void {
    const most = this.#largestToForget();
    this.#missing = Math.max(this.#missing, most);
    for (let slot = 0; slot < this.#end; slot++) {
      if (this.#keys.has(slot) && this.#counts.at(slot) <= most) this.#keys.remove(slot);
    }
    this.#firstFree = 0;
  }

  /** The largest count with which there are more than half as many as there is room for. */
  #largestToForget(): number {
    const sizes = new Map<number, { pairs: number; bytes: number }>();
    for (const slot of this.#slots()) {
      const count = this.#counts.at(slot);
      let size = sizes.get(count);
      if (size === undefined) sizes.set(count, size = { pairs: 0, bytes: 0 });
      size.pairs++;
      size.bytes += this.#keys.textBytesAt(slot);
    }
    let [pairs, bytes] = [0, 0];
    for (const [count, size] of [...sizes].sort(([a], [b]) => b - a)) {
      pairs += size.pairs;
      bytes += size.bytes;
      if (this.#isOver(1 / 2, pairs, bytes)) return count;
    }
    return 0;
  }
}
