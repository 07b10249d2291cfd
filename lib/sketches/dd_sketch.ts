import { GrowingCounts, type GrowingCountsParts } from "./growing_counts.ts";
import { readInteger, readIntegers, readList, readObject, wrong } from "./read_state.ts";

/** How exact a sketch is, and for how long it is exact. */
export interface DDSketchOptions {
  /** The most that a quantile may be off, as a share of the true value, in (0, 1). */
  readonly relativeAccuracy: number;
  /** Up to how many values are held as they are; they take eight bytes each. */
  readonly exactUpTo: number;
}

/** What a sketch is made of. */
export interface DDSketchParts {
  /** How many values it has taken in. */
  readonly count: number;
  /** How many of them were 0, if they are in buckets. */
  readonly zeros: number;
  /** The values, as long as they are few. */
  readonly values: readonly number[];
  /** How many values each bucket has, once they are many. */
  readonly buckets: GrowingCountsParts | undefined;
}

/**
 * A sketch as JSON: its values, ascending, while they are few; after that the zeros, the first bucket
 * that is not empty, and the counts from there on, where `-n` stands for `n` buckets without any.
 */
export type DDSketchState =
  | { readonly values: readonly number[] }
  | { readonly zeros: number; readonly first: number; readonly counts: readonly number[] };

/** No double has a bucket farther from 0, at any accuracy that makes sense. */
const MOST_BUCKETS = 1e6;

/**
 * Estimates quantiles of a stream of non-negative numbers in memory that grows with the logarithm of
 * their range, not with their number.
 *
 * The first values are held as they are, and quantiles are exact. Once there are more than
 * `exactUpTo`, a value `x` falls into bucket `ceil(log_gamma(x))` with `gamma = (1 + a) / (1 - a)`;
 * hence each quantile lies within a factor `1 ± a` of the true one, and two sketches of equal options
 * merge without loss: neither the order of values nor how they were split shows in an answer. Zero is
 * a bucket of its own.
 *
 * Memory: at most `ln(largest / smallest) / ln(gamma)` buckets of 1 to 8 bytes.
 *
 * @see Masson, Rim, Lee (2019), "DDSketch", PVLDB 12(12), algorithms 1 and 2.
 *
 * @example The median of a thousand values
 * ```ts
 * import { assert } from "@std/assert";
 * import { DDSketch } from "./dd_sketch.ts";
 *
 * const sketch = new DDSketch({ relativeAccuracy: 0.01, exactUpTo: 10 });
 * for (let i = 1; i <= 1000; i++) sketch.add(i);
 * assert(Math.abs(sketch.atRank(500) - 500) <= 5);
 * ```
 */
export class DDSketch {
  readonly #scale: Scale;
  #count = 0;
  /** The values themselves, while they are few: as many as have been counted. */
  readonly #values: number[] = [];
  #zeros = 0;
  /** How many values are in which bucket, once they are many. */
  #buckets: GrowingCounts | undefined;

  /**
   * Makes the sketch of no values.
   *
   * @throws {RangeError} If `relativeAccuracy` is outside (0, 1).
   */
  constructor(options: DDSketchOptions) {
    if (
      options.relativeAccuracy !== lastScale.relativeAccuracy ||
      options.exactUpTo !== lastScale.exactUpTo
    ) {
      lastScale = new Scale(options);
    }
    this.#scale = lastScale;
  }

  /** How many values it has taken in. */
  get count(): number {
    return this.#count;
  }

  /** Whether its answers are exact. */
  get isExact(): boolean {
    return this.#buckets === undefined;
  }

  /** How many bytes its values or buckets take. */
  get byteLength(): number {
    return 8 * this.#values.length + (this.#buckets?.byteLength ?? 0);
  }

  /** Forgets all values. */
  clear(): void {
    // The room for values stays: it is soon used again.
    this.#count = this.#zeros = 0;
    this.#buckets = undefined;
  }

  /** Takes a value in, 0 or above. */
  add(value: number): void {
    if (this.#buckets === undefined && this.#count === this.#scale.exactUpTo) this.#promote();
    if (this.#buckets === undefined) this.#values[this.#count] = value;
    else this.#addToBucket(this.#buckets, value);
    this.#count++;
  }

  /** Takes in all that another sketch of the same options has; that one is not changed. */
  merge(other: DDSketch): void {
    if (other.#buckets === undefined) {
      for (let i = 0; i < other.#count; i++) this.add(other.#values[i]!);
      return;
    }
    const buckets = this.#buckets ?? this.#promote();
    buckets.merge(other.#buckets);
    this.#zeros += other.#zeros;
    this.#count += other.#count;
  }

  /**
   * The value of a rank.
   *
   * @param rank Its place among the sorted values, 1 for the smallest to `count` for the largest.
   * @returns The value, exact or within the relative accuracy.
   * @throws {RangeError} If there is no such rank.
   */
  atRank(rank: number): number {
    if (!(rank >= 1 && rank <= this.#count)) {
      throw new RangeError(
        `Cannot tell the value of rank ${rank}: expected a rank from 1 to ${this.#count}`,
      );
    }
    if (this.#buckets === undefined) {
      return this.#values.slice(0, this.#count).sort((a, b) => a - b)[rank - 1]!;
    }
    if (rank <= this.#zeros) return 0;
    return 2 * this.#scale.gamma ** this.#buckets.placeOf(rank - this.#zeros) /
      (this.#scale.gamma + 1);
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): DDSketchParts {
    const { count } = this, zeros = this.#zeros, buckets = this.#buckets?.toParts();
    return { count, zeros, values: buckets ? [] : this.#values.slice(0, count), buckets };
  }

  /** Makes a sketch of the parts of one of the same options. */
  static ofParts(
    { count, zeros, values, buckets }: DDSketchParts,
    options: DDSketchOptions,
  ): DDSketch {
    const sketch = new DDSketch(options);
    sketch.#count = count;
    sketch.#zeros = zeros;
    sketch.#values.push(...values);
    sketch.#buckets = buckets && GrowingCounts.ofParts(buckets);
    return sketch;
  }

  /** Its JSON form: the same for the same values, whatever their order. */
  toJSON(): DDSketchState {
    if (this.#buckets === undefined) {
      return { values: this.#values.slice(0, this.#count).sort((a, b) => a - b) };
    }
    const counts: number[] = [];
    let first = 0, next = 0;
    for (const [bucket, count] of this.#buckets) {
      if (counts.length === 0) first = next = bucket;
      if (bucket > next) counts.push(next - bucket);
      counts.push(count);
      next = bucket + 1;
    }
    return { zeros: this.#zeros, first, counts };
  }

  /**
   * Makes a sketch of its JSON form.
   *
   * @throws {SyntaxError} If it is none of these options.
   */
  static fromJSON(value: unknown, options: DDSketchOptions): DDSketch {
    const sketch = new DDSketch(options);
    const state = readObject(value, "a quantile sketch");
    if ("values" in state) {
      for (const item of readList(state, "values")) {
        if (!(typeof item === "number" && item >= 0)) throw wrong("values", "numbers from 0 on");
        sketch.add(item);
      }
      if (!sketch.isExact) throw wrong("values", `at most ${options.exactUpTo} items`);
      return sketch;
    }
    const buckets = sketch.#promote();
    const least = -Number.MAX_SAFE_INTEGER;
    let bucket = readInteger(state, "first", -MOST_BUCKETS);
    for (const count of readIntegers(state, "counts", { least })) {
      if (count > 0) buckets.add(bucket, count);
      bucket += count > 0 ? 1 : -count;
      if (bucket > MOST_BUCKETS) throw wrong("counts", `no bucket beyond ${MOST_BUCKETS}`);
      sketch.#count += Math.max(count, 0);
    }
    sketch.#zeros = readInteger(state, "zeros", 0);
    sketch.#count += sketch.#zeros;
    if (sketch.#count <= options.exactUpTo) {
      throw wrong("counts", `more than ${options.exactUpTo} values`);
    }
    return sketch;
  }

  #addToBucket(buckets: GrowingCounts, value: number): void {
    if (value === 0) {
      this.#zeros++;
      return;
    }
    buckets.add(this.#scale.bucketOf(value), 1);
  }

  #promote(): GrowingCounts {
    const buckets = this.#buckets = new GrowingCounts();
    let least = Infinity, most = 0;
    for (let i = 0; i < this.#count; i++) {
      const value = this.#values[i]!;
      if (value > 0) least = Math.min(least, value);
      most = Math.max(most, value);
    }
    // Reached at once, not one after the other.
    if (most > 0) {
      buckets.add(this.#scale.bucketOf(least), 0);
      buckets.add(this.#scale.bucketOf(most), 0);
    }
    for (let i = 0; i < this.#count; i++) this.#addToBucket(buckets, this.#values[i]!);
    this.#values.length = 0;
    return buckets;
  }
}

/** What all sketches of equal options share. */
class Scale {
  readonly relativeAccuracy: number;
  readonly exactUpTo: number;
  readonly gamma: number;
  readonly #perLog: number;
  // The value whose bucket was computed last: often the next sketch is asked to take the same.
  #lastValue = NaN;
  #lastBucket = 0;

  constructor({ relativeAccuracy, exactUpTo }: DDSketchOptions) {
    if (!(relativeAccuracy > 0 && relativeAccuracy < 1)) {
      throw new RangeError(
        `Cannot create a quantile sketch: relativeAccuracy must lie in (0, 1), got ${relativeAccuracy}`,
      );
    }
    this.relativeAccuracy = relativeAccuracy;
    this.exactUpTo = exactUpTo;
    this.gamma = (1 + relativeAccuracy) / (1 - relativeAccuracy);
    this.#perLog = 1 / Math.log(this.gamma);
  }

  bucketOf(value: number): number {
    if (value !== this.#lastValue) {
      this.#lastBucket = Math.ceil(Math.log(value) * this.#perLog);
      this.#lastValue = value;
    }
    return this.#lastBucket;
  }
}

let lastScale = new Scale({ relativeAccuracy: 0.01, exactUpTo: 0 });
