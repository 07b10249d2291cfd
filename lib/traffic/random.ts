/**
 * A generator of pseudo-random integers: xoshiro128**, with 128 bits of state and a period of 2^128 − 1,
 * seeded by SplitMix64. The same seed gives the same sequence everywhere.
 *
 * @see Blackman, Vigna (2021), "Scrambled linear pseudorandom number generators", ACM TOMS 47(4);
 * https://prng.di.unimi.it/xoshiro128starstar.c and https://prng.di.unimi.it/splitmix64.c
 *
 * @example A die
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { Random } from "./random.ts";
 *
 * const [die, same] = [Random.fromSeed(42), Random.fromSeed(42)];
 * for (let i = 0; i < 100; i++) {
 *   const points = die.between(1, 6);
 *   assert(points >= 1 && points <= 6);
 *   assertEquals(same.between(1, 6), points);
 * }
 * ```
 */
export class Random {
  readonly #state: Uint32Array;

  /**
   * Makes a generator with a given state.
   *
   * @param state Four unsigned 32-bit integers, not all zero.
   */
  constructor(state: readonly [number, number, number, number]) {
    this.#state = Uint32Array.from(state);
  }

  /**
   * Makes a generator with a state that is computed from a seed.
   *
   * @param seed An integer from 0 to 2^53 − 1.
   */
  static fromSeed(seed: number): Random {
    const words = splitMix64(BigInt(seed));
    const [a, b] = [words.next().value, words.next().value];
    return new Random([Number(a & LOW), Number(a >> 32n), Number(b & LOW), Number(b >> 32n)]);
  }

  /** The next integer of the sequence, from 0 to 2^32 − 1. */
  next(): number {
    const s = this.#state as Uint32Array & [number, number, number, number];
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /**
   * Draws an integer from 0 to `bound` − 1, each equally likely.
   *
   * @param bound How many integers there are to choose from, 1 to 2^32.
   */
  below(bound: number): number {
    // The engine computes remainders of 32-bit integers fast, and of other numbers slowly.
    const divisor = bound >>> 0;
    for (;;) {
      const drawn = this.next();
      const rest = divisor === 0 ? drawn : drawn % divisor;
      // Rejects numbers from the largest multiple of `bound` on: else small integers would be likelier.
      if (drawn - rest <= 2 ** 32 - bound) return rest;
    }
  }

  /**
   * Draws an integer from `least` to `most`, each equally likely.
   *
   * @param least The smallest integer.
   * @param most The largest integer, at most 2^32 − 1 above the smallest.
   */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** Draws a number above 0 and below 1, one of 2^32 equally likely ones. */
  share(): number {
    return (this.next() + 0.5) / 2 ** 32;
  }

  /**
   * Draws one of several items, each equally likely.
   *
   * @param items The items, at least one.
   */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /**
   * Draws one of several items, each with a probability proportional to its weight.
   *
   * @param items Items with positive integer weights, at least one.
   */
  pickWeighted<T extends { readonly weight: number }>(items: readonly T[]): T {
    let left = this.below(items.reduce((sum, { weight }) => sum + weight, 0));
    return items.find(({ weight }) => (left -= weight) < 0)!;
  }
}

const LOW = 0xFFFFFFFFn;

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function* splitMix64(seed: bigint): Generator<bigint, never> {
  for (let state = seed;;) {
    state = BigInt.asUintN(64, state + 0x9E3779B97F4A7C15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xBF58476D1CE4E5B9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94D049BB133111EBn);
    yield z ^ (z >> 31n);
  }
}
