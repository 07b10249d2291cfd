import { columnsToState, type NamedColumns, readColumns } from "../tables/json_columns.ts";
import { NumberColumn, type Numbers } from "../tables/number_column.ts";
import { readObject } from "../tables/read_state.ts";

/** A sum is kept in two parts: what is above this, and the rest, so that it is exact whatever it is. */
const RADIX = 2 ** 32;

/** How long requests took. */
export interface TimeSum {
  /** How many of them have a response time. */
  readonly count: number;
  /** The sum of their response times, in microseconds. */
  readonly totalUs: bigint;
}

/** A table as JSON: a column for each number, absent if all are 0. */
export interface TimeSumsState {
  /** For each row, how many requests have a response time. */
  readonly counts?: readonly number[];
  /** For each row, the sum of the response times in microseconds, modulo 2^32. */
  readonly low?: readonly number[];
  /** For each row, how often 2^32 is in that sum. */
  readonly high?: readonly number[];
}

/** The columns of `TimeSums` as typed arrays, to transfer to another thread. */
export type TimeSumsParts = readonly [counts: Numbers, low: Numbers, high: Numbers];

/**
 * A table of sums of response times, exact in any order: each row has a {@linkcode TimeSum}, 0 at first.
 *
 * Memory: 5 bytes a row and more, as its numbers grow.
 *
 * @example Two requests with a response time, and one without
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { TimeSums } from "./time_sums.ts";
 *
 * const sums = new TimeSums();
 * sums.addRun(3, Float64Array.of(5, -1, 2 ** 40), 0, 3);
 * assertEquals(sums.at(3), { count: 2, totalUs: 2n ** 40n + 5n });
 * ```
 */
export class TimeSums {
  #counts = new NumberColumn();
  #low = new NumberColumn();
  #high = new NumberColumn();

  /** Makes a table of the columns of another. */
  static ofParts([counts, low, high]: TimeSumsParts): TimeSums {
    const sums = new TimeSums();
    sums.#counts = NumberColumn.ofParts(counts);
    sums.#low = NumberColumn.ofParts(low);
    sums.#high = NumberColumn.ofParts(high);
    return sums;
  }

  /** Its columns as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): TimeSumsParts {
    return [this.#counts.toParts(), this.#low.toParts(), this.#high.toParts()];
  }

  /**
   * Adds a run of response times to a row.
   *
   * @param row The row.
   * @param timesUs Whole microseconds, at most 10^15; those below 0 are left out.
   * @param start The index of the first time.
   * @param end The index behind the last.
   */
  addRun(row: number, timesUs: Float64Array, start: number, end: number): void {
    let count = 0, sum = 0;
    for (let i = start; i < end; i++) {
      const us = timesUs[i]!;
      if (us < 0) continue;
      count++;
      sum += us;
      // One time more is at most 10^15, so the sum stays exact.
      if (sum < RADIX) continue;
      this.#add(row, sum);
      sum = 0;
    }
    if (count === 0) return;
    this.#counts.increase(row, count);
    this.#add(row, sum);
  }

  /** Sets a row to 0. */
  clear(row: number): void {
    this.#counts.set(row, 0);
    this.#low.set(row, 0);
    this.#high.set(row, 0);
  }

  /** Adds a row of another table to a row. */
  join(row: number, other: TimeSums, otherRow: number): void {
    this.#counts.increase(row, other.#counts.at(otherRow));
    this.#high.increase(row, other.#high.at(otherRow));
    this.#add(row, other.#low.at(otherRow));
  }

  /** The sum of a row. */
  at(row: number): TimeSum {
    const high = BigInt(this.#high.at(row)), low = BigInt(this.#low.at(row));
    return { count: this.#counts.at(row), totalUs: high * BigInt(RADIX) + low };
  }

  /** The JSON form of the given rows, in their order. */
  stateOf(rows: ArrayLike<number>): TimeSumsState {
    return columnsToState(this.#columns(), rows);
  }

  /**
   * Makes a table of its JSON form; the rows are 0, 1, ….
   *
   * @param value The parsed JSON.
   * @param length How many rows each column must have.
   * @throws {SyntaxError} If `value` is no such form.
   */
  static fromJSON(value: unknown, length: number): TimeSums {
    const sums = new TimeSums();
    readColumns(sums.#columns(), readObject(value, "sums of response times"), length);
    return sums;
  }

  #columns(): NamedColumns<keyof TimeSumsState> {
    return [["counts", this.#counts], ["low", this.#low], ["high", this.#high]];
  }

  /** Adds a sum below 2^53 to a row. */
  #add(row: number, us: number): void {
    const sum = this.#low.at(row) + us % RADIX, carry = sum >= RADIX ? 1 : 0;
    this.#low.set(row, sum - carry * RADIX);
    const high = Math.floor(us / RADIX) + carry;
    if (high > 0) this.#high.increase(row, high);
  }
}
