/**
 * Adds up non-negative integers and never rounds, however many they are.
 *
 * The running sum is a number below 2^30, which takes no memory beside the field. From there on it moves
 * into a larger one, and before that could pass 2^53 into a bigint.
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
  #far = 0;
  #farthest = 0n;

  /**
   * Adds one value.
   *
   * @param value An integer from 0 to 2^52.
   */
  add(value: number): void {
    const sum = this.#near + value;
    if (sum < 2 ** 30) {
      this.#near = sum;
    } else {
      this.#near = 0;
      this.#far += sum;
      if (this.#far >= 2 ** 51) this.#carry();
    }
  }

  /** Starts again from 0. */
  clear(): void {
    this.#near = this.#far = 0;
    this.#farthest = 0n;
  }

  /** Adds what another sum holds. */
  merge(other: ExactSum): void {
    this.addExactly(other.result());
  }

  /** Adds an integer of any size. */
  addExactly(value: bigint): void {
    this.#farthest += value;
  }

  /** The sum so far. */
  result(): bigint {
    return this.#farthest + BigInt(this.#far) + BigInt(this.#near);
  }

  #carry(): void {
    this.#farthest += BigInt(this.#far);
    this.#far = 0;
  }
}
