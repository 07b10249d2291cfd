import type { KeyColumn } from "../records/key_column.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import type { SpaceSavingState } from "../sketches/space_saving_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { countAll } from "./count_all.ts";

/**
 * Counts how often each key came: exactly up to `capacity` keys, and only the heavy hitters if there are
 * more, see {@linkcode SpaceSaving}.
 *
 * @example Methods
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { KeyColumn } from "../records/key_column.ts";
 * import { Tally } from "./tally.ts";
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
