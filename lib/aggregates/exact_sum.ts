/**
 * Adds up non-negative integers and never rounds, however many they are.
 *
 * The running sum is a number, which is fast; before it could pass 2^53 it moves into a bigint.
 *
 * @example Past 2^53
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ExactSum } from "./exact_sum.ts";
 *
 * const sum = new ExactSum();
 * for (let i = 0; i < 11; i++) sum.add(1e15 - 1);
 * assertEquals(sum.result(), 10_999_999_999_999_989n);
 * ```
 */
export class ExactSum {
  #near = 0;
  #far = 0n;

  /**
   * Adds one value.
   *
   * @param value An integer from 0 to 2^52.
   */
  add(value: number): void {
    this.#near += value;
    if (this.#near >= 2 ** 52) this.#carry();
  }

  /** Starts again from 0. */
  clear(): void {
    this.#near = 0;
    this.#far = 0n;
  }

  /** Adds what another sum holds. */
  merge(other: ExactSum): void {
    this.addExactly(other.result());
  }

  /** Adds an integer of any size. */
  addExactly(value: bigint): void {
    this.#far += value;
  }

  /** The sum so far. */
  result(): bigint {
    return this.#far + BigInt(this.#near);
  }

  #carry(): void {
    this.#far += BigInt(this.#near);
    this.#near = 0;
  }
}
