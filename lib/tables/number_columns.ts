import type { NumberColumn } from "./number_column.ts";
import { type JsonObject, readIntegers } from "./read_state.ts";

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
 * import { columnsToState } from "./number_columns.ts";
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
