/** The buckets of values from 1 to 2^OCTAVES are looked up; those of others are computed. */
const OCTAVES = 50;
/** How many first bits of the fraction may choose a range. A gamma that needs more has no lookup. */
const MAX_RANGE_BITS = 10;
const EXPONENT_BIAS = 1023, FRACTION_BITS = 20;

// A double, and its two words: the upper one holds the exponent and the first bits of the fraction.
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const UPPER = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/**
 * Finds the bucket of a positive number, `ceil(log_gamma(x))`, mostly without computing a logarithm.
 * Numbers whose first bits are equal form a range, which has at most two buckets. The bound between them
 * is computed once, when it is first needed.
 *
 * Memory: twelve bytes for each of some thousand ranges.
 *
 * @example Within one per cent
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LogBuckets } from "./log_buckets.ts";
 *
 * const buckets = new LogBuckets(1.01);
 * assertEquals(buckets.bucketOf(1000), Math.ceil(Math.log(1000) / Math.log(1.01)));
 * ```
 */
export class LogBuckets {
  /** The ratio of the upper end of a bucket to its lower end. */
  readonly gamma: number;
  readonly #perLog: number;
  /** By how many bits the upper word of a double is shifted right for its range. */
  readonly #shift: number;
  readonly #firstRange: number;
  /** For each range, the largest number in the bucket of its least; NaN until it is computed. */
  readonly #bounds: Float64Array;
  /** For each range, the bucket of its least number. */
  readonly #buckets: Int32Array;

  /**
   * Returns buckets in which {@linkcode middleOf} differs from each number of its bucket by at most a share
   * of that number. Caches the last: two calls in a row with the same share return the same buckets.
   *
   * @throws {RangeError} If `relativeAccuracy` is outside (0, 1).
   */
  static ofAccuracy(relativeAccuracy: number): LogBuckets {
    if (!(relativeAccuracy > 0 && relativeAccuracy < 1)) {
      throw new RangeError(
        `Cannot create a quantile sketch: relativeAccuracy must lie in (0, 1), got ${relativeAccuracy}`,
      );
    }
    const gamma = (1 + relativeAccuracy) / (1 - relativeAccuracy);
    if (gamma !== last.gamma) last = new LogBuckets(gamma);
    return last;
  }

  /** Makes the buckets of `gamma`, which is above 1. */
  constructor(gamma: number) {
    this.gamma = gamma;
    this.#perLog = 1 / Math.log(gamma);
    // With these bits the largest number of a range is less than gamma times the least.
    const rangeBits = Math.max(0, Math.floor(-Math.log2(gamma - 1)) + 1);
    const ranges = rangeBits > MAX_RANGE_BITS ? 0 : OCTAVES * 2 ** rangeBits;
    this.#shift = FRACTION_BITS - Math.min(rangeBits, MAX_RANGE_BITS);
    this.#firstRange = EXPONENT_BIAS * 2 ** (FRACTION_BITS - this.#shift);
    this.#bounds = new Float64Array(ranges).fill(NaN);
    this.#buckets = new Int32Array(ranges);
  }

  /** The bucket of a number above 0. */
  bucketOf(value: number): number {
    double[0] = value;
    const range = (words[UPPER]! >>> this.#shift) - this.#firstRange;
    if (range < 0 || range >= this.#bounds.length) return this.#compute(value);
    const bound = this.#bounds[range]!;
    if (Number.isNaN(bound)) return this.#learn(range, value);
    // No branch depends on which of the two it is: it would often be mispredicted.
    return this.#buckets[range]! + Number(value > bound);
  }

  /** The number that represents a bucket: the one with the smallest maximum relative error. */
  middleOf(bucket: number): number {
    return 2 * this.gamma ** bucket / (this.gamma + 1);
  }

  #compute(value: number): number {
    return Math.ceil(Math.log(value) * this.#perLog);
  }

  #learn(range: number, value: number): number {
    const least = this.#leastOf(range), bucket = this.#compute(least);
    // Bisection: the bound is between a number inside the bucket and one outside, if the range has one.
    let inside = least, outside = this.#leastOf(range + 1);
    while (this.#compute(outside) > bucket) {
      const middle = inside + (outside - inside) / 2;
      if (middle <= inside || middle >= outside) break;
      if (this.#compute(middle) > bucket) outside = middle;
      else inside = middle;
    }
    this.#buckets[range] = bucket;
    this.#bounds[range] = this.#compute(outside) > bucket ? inside : outside;
    return value <= this.#bounds[range]! ? bucket : bucket + 1;
  }

  #leastOf(range: number): number {
    words[1 - UPPER] = 0;
    words[UPPER] = range + this.#firstRange << this.#shift;
    return double[0]!;
  }
}

/** Caches the buckets made last: mostly all sketches have the same accuracy, and share them. */
let last = new LogBuckets(2);
