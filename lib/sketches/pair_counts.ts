import type { HashKey } from "./half_sip_hash.ts";
import { enlarge, KeyStore } from "./key_store.ts";

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

/**
 * Counts pairs of a number and a text, of which there may be any number, in memory for a fixed
 * number of them.
 *
 * While no more pairs came than there is room for, counts are exact. Then the half that came least
 * is forgotten, and what comes anew inherits the largest count forgotten as its error. Of `n` counted
 * pairs no count is too low, none is too high by more than `n / floor(capacity / 2)`, and a pair that
 * came more often is there. Two tables merge into one of the same bounds.
 *
 * Cost: constant time for each pair, amortised. Memory: 16 bytes a pair, and its key in a
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
  readonly #keys: KeyStore;
  #size = 0;
  #missing = 0;
  // A count of 0 is a free slot.
  #counts = new Float64Array(64);
  #errors = new Float64Array(64);
  #free: number[] = [];

  /** Makes the table of no pairs, with room for so many; the key keeps them from colliding. */
  constructor(options: { readonly capacity: number; readonly hashKey: HashKey }) {
    this.#capacity = options.capacity;
    this.#keys = new KeyStore(options.hashKey);
  }

  /** How often a pair that it does not hold may have come; no error is larger. 0 if all are exact. */
  get bound(): number {
    return this.#missing;
  }

  /** Counts a pair once. */
  add(number: number, text: string): void {
    let slot = this.#keys.slotOf(number, text);
    if (slot === -1) {
      if (this.#size >= this.#capacity) this.#forget();
      slot = this.#take(number, text);
      this.#counts[slot] = this.#errors[slot] = this.#missing;
    }
    this.#counts[slot]!++;
  }

  /** Takes in all that another table of the same capacity has; that one is not changed. */
  merge(other: PairCounts): void {
    const ownOnly = new Set<number>();
    if (other.#missing > 0) {
      for (const [slot, count] of this.#counts.entries()) if (count > 0) ownOnly.add(slot);
    }
    for (const { number, text, count, error } of other.above(0)) {
      let slot = this.#keys.slotOf(number, text);
      ownOnly.delete(slot);
      if (slot === -1) {
        slot = this.#take(number, text);
        this.#counts[slot] = this.#errors[slot] = this.#missing;
      }
      this.#counts[slot]! += count;
      this.#errors[slot]! += error;
    }
    for (const slot of ownOnly) {
      this.#counts[slot]! += other.#missing;
      this.#errors[slot]! += other.#missing;
    }
    this.#missing += other.#missing;
    if (this.#size > this.#capacity) this.#forget();
  }

  /** The pairs that came more than so often, 0 or more, as far as is known. */
  *above(limit: number): Generator<PairCount> {
    for (const [slot, count] of this.#counts.entries()) {
      if (count <= limit) continue;
      const [number, text] = [this.#keys.numberAt(slot), this.#keys.textAt(slot)];
      yield { number, text, count, error: this.#errors[slot]! };
    }
  }

  #take(number: number, text: string): number {
    const slot = this.#free.pop() ?? this.#size;
    if (slot >= this.#counts.length) {
      this.#counts = enlarge(this.#counts, 2 * slot);
      this.#errors = enlarge(this.#errors, 2 * slot);
    }
    this.#keys.put(slot, number, text);
    this.#size++;
    return slot;
  }

  /** Forgets the half that came least, and as many more as it takes to fit. */
  #forget(): void {
    const most = this.#largestToForget();
    this.#missing = Math.max(this.#missing, most);
    for (const [slot, count] of this.#counts.entries()) {
      if (count === 0 || count > most) continue;
      this.#counts[slot] = 0;
      this.#keys.remove(slot);
      this.#free.push(slot);
      this.#size--;
    }
  }

  /** The largest count with which there are more than half as many as there is room for. */
  #largestToForget(): number {
    const pairsByCount = new Map<number, number>();
    for (const count of this.#counts) {
      if (count > 0) pairsByCount.set(count, (pairsByCount.get(count) ?? 0) + 1);
    }
    let left = Math.floor(this.#capacity / 2);
    for (const [count, pairs] of [...pairsByCount].sort(([a], [b]) => b - a)) {
      left -= pairs;
      if (left < 0) return count;
    }
    return 0;
  }
}
