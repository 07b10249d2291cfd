import type { HashKey } from "./half_sip_hash.ts";
import { enlarge, KeyStore } from "./key_store.ts";
import { MinQueue } from "./min_queue.ts";

/** A key that came often, and how often at most and at least. */
export interface HeavyHitter {
  /** The number of the key. */
  readonly number: number;
  /** The text of the key. */
  readonly text: string;
  /** Where its owner may keep what else it knows of it, 0 to `capacity` − 1. */
  readonly slot: number;
  /** At most so often it came. */
  readonly count: number;
  /** At least `count - error` times it came. */
  readonly error: number;
}

/**
 * Counts keys, each a number and a text, of which there may be any number, in memory for a fixed number of them.
 *
 * While no more keys came than there is room for, counts are exact. Then a new key takes the place
 * of the one that came least and inherits its count as its error. Of `n` counted keys, every one
 * that came more than `n / capacity` times is there, no count is too low, and none is too high by
 * more than `n / capacity`. Two summaries merge into one of the same bounds.
 *
 * Cost: constant time for each key. Memory: 44 bytes a key, and the key in a
 * {@linkcode KeyStore}.
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
 * const [most] = [...keys].sort((x, y) => y.count - x.count);
 * assertEquals([most?.text, most?.count, most?.error], ["c", 4, 1]);
 * ```
 */
export class SpaceSaving {
  readonly #capacity: number;
  readonly #onTaken: (slot: number, text: string) => void;
  readonly #keys: KeyStore;
  #size = 0;
  #counts = new Float64Array(64);
  #errors = new Float64Array(64);
  #missing = 0;
  /** The slots by count; made when it is needed first. */
  #queue: MinQueue | undefined;

  /**
   * Makes the summary of no keys.
   *
   * @param options For how many keys there is room, at least 1; what keeps them from colliding; and
   * who is told that a slot has a new key, before it is counted.
   */
  constructor(
    options: {
      readonly capacity: number;
      readonly hashKey: HashKey;
      readonly onTaken?: (slot: number, text: string) => void;
    },
  ) {
    this.#capacity = options.capacity;
    this.#keys = new KeyStore(options.hashKey);
    this.#onTaken = options.onTaken ?? (() => {});
  }

  /** How many keys it holds. */
  get size(): number {
    return this.#size;
  }

  /** How often a key that it does not hold may have come; no error is larger. 0 if all are exact. */
  get bound(): number {
    return this.#missing;
  }

  /**
   * Counts a key once.
   *
   * @returns Its slot.
   */
  add(number: number, text: string): number {
    const slot = this.slotOf(number, text);
    this.count(slot);
    return slot;
  }

  /** Finds or takes the slot of a key, without counting it. */
  slotOf(number: number, text: string): number {
    const slot = this.#keys.slotOf(number, text);
    return slot === -1 ? this.#take(number, text) : slot;
  }

  /** Counts the key of a slot once. */
  count(slot: number): void {
    this.#counts[slot]!++;
    this.#queue?.increase(slot);
  }

  /**
   * Takes in all that another summary of the same capacity has; that one is not changed.
   *
   * @param other The other.
   * @param onJoined Is told, for every key that the other holds and that is kept, the slot here and
   * the slot there, after `onTaken` for a slot that is new here.
   */
  merge(other: SpaceSaving, onJoined: (slot: number, otherSlot: number) => void = () => {}): void {
    const joined: Joined[] = [];
    for (const { number, text, slot, count, error } of this) {
      const otherSlot = other.#keys.slotOf(number, text);
      const [more, doubt] = otherSlot === -1
        ? [other.#missing, other.#missing]
        : [other.#counts[otherSlot]!, other.#errors[otherSlot]!];
      joined.push({ number, text, slot, otherSlot, count: count + more, error: error + doubt });
    }
    for (const { number, text, slot: otherSlot, count, error } of other) {
      if (this.#keys.slotOf(number, text) !== -1) continue;
      const doubt = this.#missing;
      joined.push({
        number,
        text,
        slot: -1,
        otherSlot,
        count: count + doubt,
        error: error + doubt,
      });
    }
    joined.sort(byRank);
    const dropped = joined.splice(this.#capacity);
    this.#missing = Math.max(this.#missing + other.#missing, dropped[0]?.count ?? 0);

    const free = dropped.map(({ slot }) => slot).filter((slot) => slot !== -1);
    for (const { number, text, slot: ownSlot, otherSlot, count, error } of joined) {
      const slot = ownSlot === -1 ? this.#put(free.pop() ?? this.#size, number, text) : ownSlot;
      this.#counts[slot] = count;
      this.#errors[slot] = error;
      if (otherSlot !== -1) onJoined(slot, otherSlot);
    }
    this.#queue = undefined;
  }

  /** The keys that it holds, in no particular order. */
  *[Symbol.iterator](): Generator<HeavyHitter> {
    for (let slot = 0; slot < this.#size; slot++) yield this.#entryAt(slot);
  }

  /**
   * The keys that came most.
   *
   * @param most How many at the most.
   * @param order Ranks two texts of keys that came equally often.
   * @returns Most first.
   */
  top(most: number, order: (a: string, b: string) => number): HeavyHitter[] {
    const ranked: HeavyHitter[] = [];
    const isBehind = (a: HeavyHitter, count: number, text: () => string) =>
      a.count < count || a.count === count && order(a.text, text()) > 0;
    for (let slot = 0; slot < this.#size; slot++) {
      const count = this.#counts[slot]!;
      const text = () => this.#keys.textAt(slot);
      const last = ranked.at(-1);
      if (ranked.length === most && last !== undefined && !isBehind(last, count, text)) continue;
      const entry = this.#entryAt(slot);
      const place = ranked.findIndex((other) => isBehind(other, count, () => entry.text));
      ranked.splice(place === -1 ? ranked.length : place, 0, entry);
      if (ranked.length > most) ranked.pop();
    }
    return ranked;
  }

  #entryAt(slot: number): HeavyHitter {
    const [number, text] = [this.#keys.numberAt(slot), this.#keys.textAt(slot)];
    return { number, text, slot, count: this.#counts[slot]!, error: this.#errors[slot]! };
  }

  /** Finds a slot for a new key: a free one, or that of the key that came least. */
  #take(number: number, text: string): number {
    if (this.#size < this.#capacity) {
      const slot = this.#put(this.#size, number, text);
      this.#counts[slot] = this.#errors[slot] = this.#missing;
      this.#queue = undefined;
      return slot;
    }
    this.#queue ??= new MinQueue(this.#counts.subarray(0, this.#size));
    const slot = this.#put(this.#queue.least(), number, text);
    this.#errors[slot] = this.#counts[slot]!;
    this.#missing = Math.max(this.#missing, this.#counts[slot]!);
    return slot;
  }

  #put(slot: number, number: number, text: string): number {
    if (slot === this.#counts.length) {
      this.#counts = enlarge(this.#counts, 2 * slot);
      this.#errors = enlarge(this.#errors, 2 * slot);
    }
    this.#keys.put(slot, number, text);
    this.#size = Math.max(this.#size, slot + 1);
    this.#onTaken(slot, text);
    return slot;
  }
}

/** A key of two summaries, with −1 for the slot where it has none. */
interface Joined extends HeavyHitter {
  readonly otherSlot: number;
}

/** Most first; among equals in an order that depends on the keys alone. */
function byRank(a: HeavyHitter, b: HeavyHitter): number {
  return b.count - a.count || a.number - b.number || (a.text < b.text ? -1 : 1);
}
