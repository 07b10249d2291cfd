import type { NumberColumn } from "./number_column.ts";
import { type JsonObject, readIntegers } from "./read_state.ts";

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
 * import { JsonColumn } from "./json_columns.ts";
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

/** Columns of one table, each with its name in a state. */
export type NamedColumns<Name extends string> = readonly (readonly [
  name: Name,
  column: NumberColumn,
])[];

/**
 * Makes the JSON form of some rows of a table: a list for each column, which is absent if all its numbers are 0.
 *
 * @param columns The columns.
 * @param rows The rows, in the order in which they are listed.
 *
 * @example A column of zeros is absent
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { NumberColumn } from "./number_column.ts";
 * import { columnsToState } from "./json_columns.ts";
 *
 * const [counts, errors] = [new NumberColumn(), new NumberColumn()];
 * counts.set(2, 7);
 * assertEquals(columnsToState([["counts", counts], ["errors", errors]], [2, 0]), { counts: [7, 0] });
 * ```
 */
export function columnsToState<Name extends string>(
  columns: NamedColumns<Name>,
  rows: ArrayLike<number>,
): Partial<Record<Name, readonly number[]>> {
  const lists = columns.map(([name, column]) =>
    [name, Array.from(rows, (row) => column.at(row))] as const
  );
  const written = lists.filter(([, numbers]) => numbers.some((number) => number > 0));
  const state: Partial<Record<Name, readonly number[]>> = {};
  for (const [name, numbers] of written) state[name] = numbers;
  return state;
}

/**
 * Reads the rows 0, 1, … of a table from their JSON form.
 *
 * @param columns The columns, whose numbers are all 0.
 * @param state The parsed JSON.
 * @param length How many rows each column must have.
 * @throws {SyntaxError} If a column is no list of so many integers from 0 on.
 */
export function readColumns(
  columns: NamedColumns<string>,
  state: JsonObject,
  length: number,
): void {
  for (const [name, column] of columns) {
    if (state[name] === undefined) continue;
    const numbers = readIntegers(state, name, { least: 0, length });
    for (let row = 0; row < length; row++) column.set(row, numbers[row]!);
  }
}
