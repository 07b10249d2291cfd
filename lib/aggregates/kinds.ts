import type { KeyColumn } from "../records/key_column.ts";
import type { RecordBatch } from "../records/record_batch.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import type { SpaceSavingState } from "../sketches/space_saving_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { readInteger, readObject, wrong } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { countAll } from "./count_all.ts";

/** Up to how many methods counts are exact. RFC 9110 defines eight; only an attacker's log has more than a thousand. */
export const MAX_METHODS = 1000;

/** The aggregate as JSON. */
export interface KindsState {
  /** The methods and how often each came. */
  readonly methods: SpaceSavingState;
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** Which methods and which statuses came, and how often? */
export class Kinds implements Aggregate<Kinds, KindsState> {
  readonly #methods: Tally;
  readonly #statuses = new Float64Array(1000);

  /** Makes the aggregate of no records, or of methods counted before; methods are hashed with `hashKey`. */
  constructor(hashKey: HashKey, methods: Tally = new Tally(MAX_METHODS, hashKey)) {
    this.#methods = methods;
  }

  /** Counts the methods of a batch, and writes the slot of each. */
  resolve({ size, bytes, methods }: RecordBatch): void {
    this.#methods.addAll(bytes, methods, size);
  }

  /** Counts the statuses of a batch. */
  add({ size, statusCodes }: RecordBatch): void {
    for (let row = 0; row < size; row++) this.#statuses[statusCodes[row]!]!++;
  }

  /** Adds all counts of another; that one is not changed. */
  merge(other: Kinds): void {
    this.#methods.merge(other.#methods);
    other.#statuses.forEach((count, status) => this.#statuses[status]! += count);
  }

  /** Each method with its count, by code point. */
  methods(): [method: string, count: number][] {
    return this.#methods.result();
  }

  /** The largest error of a method's count; 0 unless there were more than a thousand. */
  methodsBound(): number {
    return this.#methods.bound;
  }

  /** Each status that came, with its count, ascending. */
  statuses(): [status: number, count: number][] {
    return [...this.#statuses.entries()].filter(([, count]) => count > 0);
  }

  /** Its JSON form. */
  toJSON(): KindsState {
    return { methods: this.#methods.toJSON(), statuses: Object.fromEntries(this.statuses()) };
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If `value` is no such form.
   */
  static fromJSON(value: unknown, hashKey: HashKey): Kinds {
    const state = readObject(value, "kinds of requests");
    const statuses = readObject(state["statuses"], "statuses");
    const kinds = new Kinds(hashKey, Tally.fromJSON(state["methods"], MAX_METHODS, hashKey));
    for (const status of Object.keys(statuses)) {
      if (!/^[1-9]\d\d$/.test(status)) throw wrong("statuses", "three digits each");
      kinds.#statuses[Number(status)] = readInteger(statuses, status, 0);
    }
    return kinds;
  }
}

/**
 * Counts how often each key came: exactly up to `capacity` keys, and only the heavy hitters if there are
 * more, see {@linkcode SpaceSaving}.
 *
 * @example Methods
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { KeyColumn } from "../records/key_column.ts";
 * import { Tally } from "./kinds.ts";
 *
 * const methods = new Tally(100, [1, 2]);
 * const keys = new KeyColumn(3);
 * for (const [row, start] of [0, 3, 0].entries()) keys.place(row, start, start + 3);
 * methods.addAll(new TextEncoder().encode("PUTGET"), keys, 3);
 * assertEquals(methods.result(), [["GET", 1], ["PUT", 2]]);
 * ```
 */
export class Tally {
  #keys: SpaceSaving;

  /** Makes the tally of no keys, with room for `capacity` keys, hashed with `hashKey`. */
  constructor(capacity: number, hashKey: HashKey) {
    this.#keys = new SpaceSaving({ capacity, hashKey });
  }

  /** Counts the keys of the first `count` rows of a column, each once, and writes the slot of each. */
  addAll(bytes: Uint8Array, keys: KeyColumn, count: number): void {
    countAll(this.#keys, bytes, keys, count);
  }

  /** Adds all counts of another of the same capacity; that one is not changed. */
  merge(other: Tally): void {
    this.#keys.merge(other.#keys);
  }

  /** Its JSON form. */
  toJSON(): SpaceSavingState {
    return this.#keys.toJSON();
  }

  /**
   * Makes the tally of its JSON form.
   *
   * @throws {SyntaxError} If `value` is not the JSON form of a tally of this capacity.
   */
  static fromJSON(value: unknown, capacity: number, hashKey: HashKey): Tally {
    const tally = new Tally(capacity, hashKey);
    tally.#keys = SpaceSaving.fromJSON(value, { capacity, hashKey });
    return tally;
  }

  /** How often a key without a slot may have come at most; no error of a count is larger. */
  get bound(): number {
    return this.#keys.bound;
  }

  /** Each key with its count, by code point of the key. */
  result(): [key: string, count: number][] {
    return Array.from(this.#keys.sorted(), (slot) => {
      const { text, count } = this.#keys.entryAt(slot);
      return [text, count];
    });
  }
}
