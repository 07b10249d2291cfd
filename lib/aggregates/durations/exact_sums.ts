import { lengthen } from "../../tables/buffers.ts";

/** The fields of `ExactSums` as typed arrays, to transfer to another thread. */
export interface ExactSumsParts {
  /** For each row, the part of its sum that is a number. */
  readonly near: Float64Array<ArrayBuffer>;
  /** For each row that has one, the part of its sum that is a bigint. */
  readonly far: ReadonlyMap<number, bigint>;
}

/**
 * Exact sums of non-negative integers, however many, each sum in a row of its own.
 *
 * A running sum is a number, which is fast. Before it could pass 2^53 it is added to a bigint, and starts
 * again from 0.
 *
 * @example Past 2^53
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ExactSums } from "./exact_sums.ts";
 *
 * const sums = new ExactSums();
 * for (let i = 0; i < 4; i++) sums.add(2 ** 52, 0);
 * sums.add(1, 0);
 * assertEquals(sums.result(0), 2n ** 54n + 1n);
 * ```
 */
export class ExactSums {
  #near = new Float64Array(1);
  /** For each row that has one, the part of its sum that is a bigint. */
  readonly #far = new Map<number, bigint>();

  /**
   * Adds one value to the sum of a row.
   *
   * @param value An integer from 0 to 2^52.
   */
  add(value: number, row: number): void {
    if (row >= this.#near.length) this.#near = lengthen(this.#near, row + 1);
    const sum = this.#near[row]! + value;
    if (sum < 2 ** 52) this.#near[row] = sum;
    else this.#carry(row, sum);
  }

  /** Sets the sum of a row to 0. */
  clear(row: number): void {
    this.#near[row] = 0;
    this.#far.delete(row);
  }

  /** Adds the sum of a row of another to the sum of a row. */
  merge(other: ExactSums, row: number, otherRow: number): void {
    this.addExactly(other.result(otherRow), row);
  }

  /** Adds a non-negative integer of any size to the sum of a row. */
  addExactly(value: bigint, row: number): void {
    if (value < 2 ** 52) this.add(Number(value), row);
    else this.#far.set(row, (this.#far.get(row) ?? 0n) + value);
  }

  /** The sum of a row; 0 if nothing was added to it. */
  result(row: number): bigint {
    return BigInt(this.#near[row] ?? 0) + (this.#far.get(row) ?? 0n);
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): ExactSumsParts {
    return { near: this.#near, far: this.#far };
  }

  /** Makes sums of the fields of others. */
  static ofParts({ near, far }: ExactSumsParts): ExactSums {
    const sum = new ExactSums();
    sum.#near = near;
    for (const [row, value] of far) sum.#far.set(row, value);
    return sum;
  }

  #carry(row: number, sum: number): void {
    this.#near[row] = 0;
    this.#far.set(row, (this.#far.get(row) ?? 0n) + BigInt(sum));
  }
}
