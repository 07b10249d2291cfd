import { lengthen } from "../../tables/lengthen.ts";

/** What sums are made of. */
export interface ExactSumsParts {
  /** Of each row, what has not moved. */
  readonly near: Float64Array<ArrayBuffer>;
  /** What has moved, of the rows of which some has. */
  readonly far: ReadonlyMap<number, bigint>;
}

/**
 * Adds up non-negative integers and never rounds, however many they are. There may be many sums, each
 * in a row of its own.
 *
 * A running sum is a number, which is fast; before it could pass 2^53 it moves into a bigint.
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
  /** What has moved, of the rows of which some has. */
  readonly #far = new Map<number, bigint>();

  /**
   * Adds one value.
   *
   * @param value An integer from 0 to 2^52.
   */
  add(value: number, row: number): void {
    if (row >= this.#near.length) this.#near = lengthen(this.#near, row + 1);
    const sum = this.#near[row]! + value;
    if (sum < 2 ** 52) this.#near[row] = sum;
    else this.#carry(row, sum);
  }

  /** Starts again from 0. */
  clear(row: number): void {
    this.#near[row] = 0;
    this.#far.delete(row);
  }

  /** Adds what another sum holds. */
  merge(other: ExactSums, row: number, otherRow: number): void {
    this.addExactly(other.result(otherRow), row);
  }

  /** Adds an integer of any size. */
  addExactly(value: bigint, row: number): void {
    if (value < 2 ** 52) this.add(Number(value), row);
    else this.#far.set(row, (this.#far.get(row) ?? 0n) + value);
  }

  /** The sum so far. */
  result(row: number): bigint {
    return BigInt(this.#near[row] ?? 0) + (this.#far.get(row) ?? 0n);
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): ExactSumsParts {
    return { near: this.#near, far: this.#far };
  }

  /** Makes sums of the parts of some. */
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
