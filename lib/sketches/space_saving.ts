import { JsonColumn } from "../tables/json_columns.ts";
import { KeyStore } from "../tables/keys/key_store.ts";
import type { Keys } from "../tables/keys/keys.ts";
import { NumberStore } from "../tables/keys/number_store.ts";
import { NumberColumn } from "../tables/number_column.ts";
import { wrong } from "../tables/read_state.ts";
import { firstOf, leastOf } from "./least_of.ts";
import { MinQueue } from "./min_queue.ts";
import {
  type HeavyHitter,
  readSpaceSavingState,
  type SpaceSavingOptions,
  type SpaceSavingParts,
  type SpaceSavingState,
} from "./space_saving_state.ts";

/**
 * Counts keys, each a number and a text. Any number of keys may come; there is memory for `capacity` of them.
 *
 * While at most `capacity` distinct keys came, counts are exact. Then a new key evicts the one with the lowest count
 * and inherits its count as its error. After `n` counted keys, every key that came more than `n / capacity` times is in
 * the summary, no count is too low, and none is too high by more than `n / capacity`. Two summaries merge into one of
 * the same bounds.
 *
 * Cost: constant time for each key. Memory: 2 to 16 bytes a key for its counts, 32 more once a key is evicted, and the
 * key in a {@linkcode KeyStore} or a {@linkcode NumberStore}.
 *
 * @see Metwally, Agrawal, El Abbadi (2005), "Efficient computation of frequent and top-k elements in
 * data streams", ICDT; Agarwal et al. (2012), "Mergeable summaries", PODS, section 3.
 *
 * @example A key that comes late and often
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SpaceSaving } from "./space_saving.ts";
 *
 * const keys = new SpaceSaving({ capacity: 2, hashKey: [1, 2] });
 * for (const text of ["a", "b", "c", "c", "c"]) keys.add(0, text);
 * const [most] = keys.ranked();
 * assertEquals(keys.entryAt(most!), { number: 0, text: "c", slot: most, count: 4, error: 1 });
 * ```
 */
export class SpaceSaving {
  readonly #capacity: number;
  readonly #onNewKey: (slot: number) => void;
  #keys: Keys;
  #counts = new NumberColumn();
  #errors = new NumberColumn();
  /** For each slot, how often it has gone to another key. */
  readonly #changes = new NumberColumn();
  #bound = 0;
  /** The slots by count; made when a key is to be evicted. */
  #queue: MinQueue | undefined;

  /** Makes an empty summary. */
  constructor(options: SpaceSavingOptions) {
    this.#capacity = options.capacity;
    this.#keys = new (options.areNumbers ? NumberStore : KeyStore)(options.hashKey);
    this.#onNewKey = options.onNewKey ?? (() => {});
  }

  /** Makes a summary of the fields of another of the same options. */
  static ofParts(parts: SpaceSavingParts, options: SpaceSavingOptions): SpaceSaving {
    const summary = new SpaceSaving(options);
    summary.#keys = "largest" in parts.keys
      ? NumberStore.ofParts(parts.keys, options.hashKey)
      : KeyStore.ofParts(parts.keys, options.hashKey);
    summary.#counts = NumberColumn.ofParts(parts.counts);
    summary.#errors = NumberColumn.ofParts(parts.errors);
    summary.#bound = parts.missing;
    return summary;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): SpaceSavingParts {
    return {
      keys: this.#keys.toParts(),
      counts: this.#counts.toParts(),
      errors: this.#errors.toParts(),
      missing: this.#bound,
    };
  }

  /** How many keys it holds; their slots are 0 to `size` − 1. */
  get size(): number {
    return this.#keys.size;
  }

  /** Whether the next new key evicts another. */
  get isFull(): boolean {
    return this.size === this.#capacity;
  }

  /** The most times a key that is not held may have come. No error is larger; 0 if all counts are exact. */
  get bound(): number {
    return this.#bound;
  }

  /**
   * Counts a key once.
   *
   * @returns Its slot.
   */
  add(number: number, text: string): number {
    let slot = this.#keys.slotOf(number, text);
    if (slot === -1) {
      slot = this.#claimSlot();
      this.#keys.put(slot, number, text);
      this.#start(slot, this.#bound, this.#bound);
    }
    this.count(slot);
    return slot;
  }

  /** The slot of a key whose text is given as UTF-8, `bytes` from `start` to `end`, or −1. */
  find(number: number, bytes: Uint8Array, start: number, end: number): number {
    return this.#keys.slotOfBytes(number, bytes, start, end);
  }

  /** How often a slot has gone to another key. While this is the same, the slot has the same key. */
  changesAt(slot: number): number {
    return this.#changes.at(slot);
  }

  /**
   * Claims a slot for the key that {@linkcode find} has just looked up in vain, without counting it: a free slot, or that of
   * the key with the lowest count, which is evicted. The text is well-formed UTF-8.
   *
   * @returns The slot.
   */
  claim(number: number, bytes: Uint8Array, start: number, end: number): number {
    const slot = this.#claimSlot();
    this.#keys.putMissed(slot, number, bytes, start, end);
    this.#start(slot, this.#bound, this.#bound);
    return slot;
  }

  /** Adds `times` to the count of a slot's key. */
  count(slot: number, times = 1): void {
    if (times === 0) return;
    this.#counts.increase(slot, times);
    this.#queue?.increase(slot, times);
  }

  /**
   * Adds all keys of another summary of the same capacity, which is not changed.
   *
   * @param other The other summary.
   * @param onJoined Is called for each key of the other that is kept, with the slot here and the slot
   * there; for a slot that is new here, after `onNewKey`.
   */
  merge(other: SpaceSaving, onJoined: (slot: number, otherSlot: number) => void = () => {}): void {
    if (other.size === 0 && other.#bound === 0) return;
    const ownBound = this.#bound;
    const slots = other.#keys.slotsIn(this.#keys);
    const added = new Uint32Array(other.size);
    let additions = 0;
    // Each key may have been evicted there; for those that were not, this is subtracted again.
    this.#counts.increaseFirst(this.size, other.#bound);
    this.#errors.increaseFirst(this.size, other.#bound);
    for (let otherSlot = 0; otherSlot < other.size; otherSlot++) {
      const slot = slots[otherSlot]!;
      if (slot === -1) {
        added[additions++] = otherSlot;
        continue;
      }
      this.#counts.increase(slot, other.#counts.at(otherSlot) - other.#bound);
      this.#errors.increase(slot, other.#errors.at(otherSlot) - other.#bound);
      onJoined(slot, otherSlot);
    }
    this.#bound += other.#bound;
    this.#queue = undefined;

    const free = this.#dropLeast(other, added.subarray(0, additions), ownBound);
    for (const otherSlot of added.subarray(0, additions)) {
      if (otherSlot === DROPPED) continue;
      const slot = free.pop() ?? this.size;
      other.#keys.putIn(this.#keys, slot, otherSlot);
      const count = other.#counts.at(otherSlot), error = other.#errors.at(otherSlot);
      this.#start(slot, count + ownBound, error + ownBound);
      onJoined(slot, otherSlot);
    }
  }

  /** The text of a slot's key in UTF-8; valid until a slot is claimed. */
  bytesAt(slot: number): Uint8Array {
    return this.#keys.bytesAt(slot);
  }

  /** The number of a slot's key. */
  numberAt(slot: number): number {
    return this.#keys.numberAt(slot);
  }

  /** The key of a slot, with its counts. */
  entryAt(slot: number): HeavyHitter {
    const [count, error] = [this.#counts.at(slot), this.#errors.at(slot)];
    return { number: this.numberAt(slot), text: this.#keys.textAt(slot), slot, count, error };
  }

  /** The slots of the `most` keys with the highest counts, highest first; keys of equal count ascend. */
  ranked(most: number = this.size): Uint32Array {
    const fewest = Float64Array.from({ length: this.size }, (_, slot) => -this.#counts.at(slot));
    return firstOf(Math.min(most, this.size), fewest, (a, b) => this.#keys.compare(a, b));
  }

  /** The slots of all keys, sorted by number, then by code point of the text. */
  sorted(): Uint32Array {
    return this.#keys.sorted();
  }

  /** Its JSON form: the same for the same keys and counts. The rows are in the order of `sorted()`. */
  toJSON(): SpaceSavingState {
    const slots = this.sorted(), column = <T>(of: (slot: number) => T) => new JsonColumn(slots, of);
    const numbers = column((slot) => this.#keys.numberAt(slot));
    const texts = column((slot) => this.#keys.textAt(slot));
    const errors = column((slot) => this.#errors.at(slot));
    return {
      missing: this.#bound,
      ...(numbers.some((number) => number !== 0) ? { numbers } : {}),
      ...(texts.some((text) => text !== "") ? { texts } : {}),
      counts: column((slot) => this.#counts.at(slot)),
      ...(errors.some((error) => error !== 0) ? { errors } : {}),
    };
  }

  /**
   * Makes a summary from its JSON form; the rows get the slots 0, 1, ….
   *
   * @throws {SyntaxError} If `value` is not one, or has more keys than fit.
   */
  static fromJSON(value: unknown, options: SpaceSavingOptions): SpaceSaving {
    const rows = readSpaceSavingState(value, options.capacity);
    const summary = new SpaceSaving(options);
    for (let slot = 0; slot < rows.length; slot++) {
      const { number, text, count, error } = rows.row(slot);
      if (summary.#keys.slotOf(number, text) !== -1) throw wrong("counts", "each key once");
      summary.#keys.put(slot, number, text);
      summary.#start(slot, count, error);
    }
    summary.#bound = rows.bound();
    return summary;
  }

  /**
   * Evicts the keys with the lowest counts, of those here and those to be added, until the rest fits.
   *
   * @param added Slots of the other; those of evicted keys are overwritten with `DROPPED`.
   * @returns The slots that are free now.
   */
  #dropLeast(other: SpaceSaving, added: Uint32Array, ownBound: number): number[] {
    const { size } = this, excess = size + added.length - this.#capacity;
    if (excess <= 0) return [];
    const counts = new Float64Array(size + added.length), theirs = other.#counts.first(other.size);
    counts.set(this.#counts.first(size));
    for (let i = 0; i < added.length; i++) counts[size + i] = theirs[added[i]!]! + ownBound;
    const keysOf = (i: number) => i < size ? this.#keys : other.#keys;
    const slotOf = (i: number) => i < size ? i : added[i - size]!;
    // Equal counts are ordered by key, the last first: the choice depends on nothing else.
    const least = leastOf(excess, counts, {
      numberOf: (i) => -keysOf(i).numberAt(slotOf(i)),
      compare: (a, b) => keysOf(b).compare(slotOf(b), slotOf(a), keysOf(a)),
    });
    const free: number[] = [];
    for (const i of least) {
      this.#bound = Math.max(this.#bound, counts[i]!);
      if (i < size) {
        this.#changes.increase(i, 1);
        free.push(i);
      } else {
        added[i - size] = DROPPED;
      }
    }
    this.#keys.removeAll(free);
    return free;
  }

  /** Returns a free slot, or evicts the key with the lowest count and returns its slot. */
  #claimSlot(): number {
    if (this.size < this.#capacity) {
      this.#queue = undefined;
      return this.size;
    }
    this.#queue ??= new MinQueue(this.size, (slot) => this.#counts.at(slot));
    const slot = this.#queue.least();
    this.#bound = Math.max(this.#bound, this.#counts.at(slot));
    this.#changes.increase(slot, 1);
    return slot;
  }

  #start(slot: number, count: number, error: number): void {
    this.#counts.set(slot, count);
    this.#errors.set(slot, error);
    this.#onNewKey(slot);
  }
}

const DROPPED = 2 ** 32 - 1;
