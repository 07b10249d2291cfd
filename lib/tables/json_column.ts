/** A list in a JSON form: an array, or a column that makes its items when they are written. */
export type Column<Item> = readonly Item[] | JsonColumn<Item>;

const ITEMS_AT_ONCE = 4096;

/**
 * A long list in a JSON form. It makes its items when they are written: an array of a million would
 * take more memory than the data that they are made from.
 *
 * @example Squares
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { JsonColumn } from "./json_column.ts";
 *
 * const squares = new JsonColumn(Uint32Array.of(2, 3), (slot) => slot * slot);
 * assertEquals(JSON.stringify({ squares }), '{"squares":[4,9]}');
 * assertEquals([...squares.pieces()].join(""), "[4,9]");
 * ```
 */
export class JsonColumn<Item> {
  readonly #slots: Uint32Array;
  readonly #itemAt: (slot: number) => Item;

  /** Makes the list of `itemAt(slot)` for each of `slots`, in their order. */
  constructor(slots: Uint32Array, itemAt: (slot: number) => Item) {
    this.#slots = slots;
    this.#itemAt = itemAt;
  }

  /** Whether `isSuch` returns true for some item. */
  some(isSuch: (item: Item) => boolean): boolean {
    return this.#slots.some((slot) => isSuch(this.#itemAt(slot)));
  }

  /** The items as an array. */
  toJSON(): Item[] {
    return Array.from(this.#slots, this.#itemAt);
  }

  /** Its JSON text, in pieces. */
  *pieces(): Generator<string> {
    let before = "[";
    for (let start = 0; start < this.#slots.length; start += ITEMS_AT_ONCE) {
      const slots = this.#slots.subarray(start, start + ITEMS_AT_ONCE);
      yield before + JSON.stringify(Array.from(slots, this.#itemAt)).slice(1, -1);
      before = ",";
    }
    yield this.#slots.length === 0 ? "[]" : "]";
  }
}
