import type { HashKey } from "./half_sip_hash.ts";
import { type Column, JsonColumn } from "./json_column.ts";
import { KeyStore } from "./key_store.ts";
import { MinQueue } from "./min_queue.ts";
import { NumberColumn } from "./number_column.ts";
import { readInteger, readIntegers, readObject, readTexts, wrong } from "./read_state.ts";

/** For how many keys there is room, and what keeps them from colliding. */
export interface SpaceSavingOptions {
  /** For how many keys there is room, at least 1. */
  readonly capacity: number;
  /** What hashes of keys depend on. */
  readonly hashKey: HashKey;
  /** Is told that a slot has a new key, before it is counted. */
  readonly onTaken?: (slot: number, text: string) => void;
}

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

/** A summary as JSON: a column of each figure, keys ascending; a column of nothing but 0 or "" is left out. */
export interface SpaceSavingState {
  /** How often a key that is missing may have come. */
  readonly missing: number;
  /** The numbers of the keys. */
  readonly numbers?: Column<number>;
  /** The texts of the keys. */
  readonly texts?: Column<string>;
  /** How often they came at most. */
  readonly counts: Column<number>;
  /** By how much that may be too high. */
  readonly errors?: Column<number>;
}

/**
 * Counts keys, each a number and a text, of which there may be any number, in memory for a fixed
 * number of them.
 *
 * While no more keys came than there is room for, counts are exact. Then a new key takes the place
 * of the one that came least and inherits its count as its error. Of `n` counted keys, every one
 * that came more than `n / capacity` times is there, no count is too low, and none is too high by
 * more than `n / capacity`. Two summaries merge into one of the same bounds.
 *
 * Cost: constant time for each key. Memory: 2 to 16 bytes a key for its counts, 32 more once there
 * are too many, and the key in a {@linkcode KeyStore}.
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
  readonly #onTaken: (slot: number, text: string) => void;
  readonly #keys: KeyStore;
  readonly #counts = new NumberColumn();
  readonly #errors = new NumberColumn();
  #missing = 0;
  /** The slots by count; made when it is needed first. */
  #queue: MinQueue | undefined;

  /** Makes the summary of no keys. */
  constructor(options: SpaceSavingOptions) {
    this.#capacity = options.capacity;
    this.#keys = new KeyStore(options.hashKey);
    this.#onTaken = options.onTaken ?? (() => {});
  }

  /** How many keys it holds: in the slots 0 to `size` − 1. */
  get size(): number {
    return this.#keys.size;
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
    let slot = this.find(number, text);
    if (slot === -1) slot = this.take(number, text);
    this.count(slot);
    return slot;
  }

  /** The slot of a key, or −1. */
  find(number: number, text: string): number {
    return this.#keys.slotOf(number, text);
  }

  /**
   * Makes a slot of a key that has none, without counting it: a free one, or that of the key that
   * came least.
   */
  take(number: number, text: string): number {
    if (this.size < this.#capacity) {
      this.#queue = undefined;
      return this.#put(this.size, number, text, { count: this.#missing, error: this.#missing });
    }
    this.#queue ??= new MinQueue(this.size, (slot) => this.#counts.at(slot));
    const slot = this.#queue.least();
    const count = this.#counts.at(slot);
    this.#missing = Math.max(this.#missing, count);
    return this.#put(slot, number, text, { count, error: count });
  }

  /** Counts the key of a slot once. */
  count(slot: number): void {
    this.#counts.increase(slot, 1);
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
    const ownMissing = this.#missing;
    const joined = new Int32Array(this.size).fill(-1);
    const added = new Uint32Array(other.size);
    let additions = 0;
    for (let otherSlot = 0; otherSlot < other.size; otherSlot++) {
      const slot = other.#keys.slotIn(this.#keys, otherSlot);
      if (slot === -1) added[additions++] = otherSlot;
      else joined[slot] = otherSlot;
    }
    for (const [slot, otherSlot] of joined.entries()) {
      const isThere = otherSlot !== -1;
      this.#counts.increase(slot, isThere ? other.#counts.at(otherSlot) : other.#missing);
      this.#errors.increase(slot, isThere ? other.#errors.at(otherSlot) : other.#missing);
      if (isThere) onJoined(slot, otherSlot);
    }
    this.#missing += other.#missing;
    this.#queue = undefined;

    const free = this.#dropLeast(other, added.subarray(0, additions), ownMissing);
    for (const otherSlot of added.subarray(0, additions)) {
      if (otherSlot === DROPPED) continue;
      const slot = free.pop() ?? this.size;
      this.#put(slot, other.#keys.numberAt(otherSlot), other.#keys.textAt(otherSlot), {
        count: other.#counts.at(otherSlot) + ownMissing,
        error: other.#errors.at(otherSlot) + ownMissing,
      });
      onJoined(slot, otherSlot);
    }
  }

  /** A key with its counts. */
  entryAt(slot: number): HeavyHitter {
    const [number, text] = [this.#keys.numberAt(slot), this.#keys.textAt(slot)];
    return { number, text, slot, count: this.#counts.at(slot), error: this.#errors.at(slot) };
  }

  /** The slots of the keys that came most, most first; keys that came equally often ascend. */
  ranked(): Uint32Array {
    return this.#slots().sort((a, b) =>
      this.#counts.at(b) - this.#counts.at(a) || this.#keys.compare(a, b)
    );
  }

  /** The slots of the keys by number, then by code point of the text. */
  sorted(): Uint32Array {
    return this.#slots().sort((a, b) => this.#keys.compare(a, b));
  }

  /** Its JSON form: the same for the same keys and counts. The rows are in the order of `sorted()`. */
  toJSON(): SpaceSavingState {
    const slots = this.sorted();
    const column = <T>(of: (slot: number) => T) => new JsonColumn(slots, of);
    const numbers = column((slot) => this.#keys.numberAt(slot));
    const texts = column((slot) => this.#keys.textAt(slot));
    const errors = column((slot) => this.#errors.at(slot));
    return {
      missing: this.#missing,
      ...(numbers.some((number) => number !== 0) ? { numbers } : {}),
      ...(texts.some((text) => text !== "") ? { texts } : {}),
      counts: column((slot) => this.#counts.at(slot)),
      ...(errors.some((error) => error !== 0) ? { errors } : {}),
    };
  }

  /**
   * Makes a summary of its JSON form; the rows get the slots 0, 1, ….
   *
   * @throws {SyntaxError} If it is none, or of more keys than there is room for.
   */
  static fromJSON(value: unknown, options: SpaceSavingOptions): SpaceSaving {
    const state = readObject(value, "a Space-Saving summary");
    const counts = readIntegers(state, "counts", { least: 0 });
    const { length } = counts;
    if (length > options.capacity) throw wrong("counts", `at most ${options.capacity} items`);
    const column = (name: string, least: number) =>
      state[name] === undefined ? undefined : readIntegers(state, name, { least, length });
    const numbers = column("numbers", -Number.MAX_SAFE_INTEGER);
    const errors = column("errors", 0);
    const texts = state["texts"] === undefined ? undefined : readTexts(state, "texts", length);

    const summary = new SpaceSaving(options);
    for (const [slot, count] of counts.entries()) {
      const [number, text] = [numbers?.[slot] ?? 0, texts?.[slot] ?? ""];
      if (summary.find(number, text) !== -1) throw wrong("counts", "each key once");
      summary.#put(slot, number, text, { count, error: errors?.[slot] ?? 0 });
    }
    summary.#missing = readInteger(state, "missing", 0);
    return summary;
  }

  #slots(): Uint32Array {
    return new Uint32Array(this.size).map((_, slot) => slot);
  }

  /**
   * Of own keys and those to be added, drops the lowest until there is room for the rest.
   *
   * @param added Slots of the other; those that are dropped are overwritten with `DROPPED`.
   * @returns The slots that are free now.
   */
  #dropLeast(other: SpaceSaving, added: Uint32Array, ownMissing: number): number[] {
    const size = this.size;
    const excess = size + added.length - this.#capacity;
    if (excess <= 0) return [];
    const isOwn = (i: number) => i < size;
    const countOf = (i: number) =>
      isOwn(i) ? this.#counts.at(i) : other.#counts.at(added[i - size]!) + ownMissing;
    const keysOf = (i: number) => isOwn(i) ? this.#keys : other.#keys;
    const slotOf = (i: number) => isOwn(i) ? i : added[i - size]!;
    // Among equals by key, so that what is dropped depends on nothing else.
    const lowestFirst = new Uint32Array(size + added.length).map((_, i) => i).sort((a, b) =>
      countOf(a) - countOf(b) || keysOf(b).compare(slotOf(b), slotOf(a), keysOf(a))
    );
    const free: number[] = [];
    for (const i of lowestFirst.subarray(0, excess)) {
      this.#missing = Math.max(this.#missing, countOf(i));
      if (isOwn(i)) {
        this.#keys.remove(i);
        free.push(i);
      } else {
        added[i - size] = DROPPED;
      }
    }
    return free;
  }

  #put(
    slot: number,
    number: number,
    text: string,
    { count, error }: { readonly count: number; readonly error: number },
  ): number {
    this.#keys.put(slot, number, text);
    this.#counts.set(slot, count);
    this.#errors.set(slot, error);
    this.#onTaken(slot, text);
    return slot;
  }
}

const DROPPED = 2 ** 32 - 1;
