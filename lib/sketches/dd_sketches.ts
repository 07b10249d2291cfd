import { CountRows, type CountRowsParts } from "../tables/count_rows.ts";
import { lengthen } from "../tables/lengthen.ts";
import { readInteger, readIntegers, readList, readObject, wrong } from "../tables/read_state.ts";
import { LogBuckets } from "./log_buckets.ts";

/** How exact a sketch is, and for how long it is exact. */
export interface DDSketchesOptions {
  /** The most that a quantile may be off, as a share of the true value, in (0, 1). */
  readonly relativeAccuracy: number;
  /** Up to how many values are held as they are; they take eight bytes each. */
  readonly exactUpTo: number;
}

/** What sketches are made of. */
export interface DDSketchesParts {
  /** Of each row, how many values it has taken in, and how many of those in buckets were 0. */
  readonly counts: Float64Array<ArrayBuffer>;
  /** Of each row, the values as long as they are few. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Of each row, how many values each bucket has, once they are many. */
  readonly buckets: CountRowsParts;
}

/**
 * A sketch as JSON: its values, ascending, while they are few; after that the zeros, the first bucket
 * that is not empty, and the counts from there on, where `-n` stands for `n` buckets without any.
 */
export type DDSketchState =
  | { readonly values: readonly number[] }
  | { readonly zeros: number; readonly first: number; readonly counts: readonly number[] };

/** No double has a bucket farther from 0, at any accuracy that makes sense. */
const MAX_BUCKETS = 1e6;

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
 * There may be thousands of sketches, each in a row of its own; all are in few pieces of memory.
 *
 * Memory: that of {@linkcode CountRows} for at most `ln(largest / smallest) / ln(gamma)` buckets, a byte or
 * two each if they are close, four for each that holds a value if they are far apart; and eight bytes for each
 * value that is held as it is.
 *
 * @see Masson, Rim, Lee (2019), "DDSketch", PVLDB 12(12), algorithms 1 and 2.
 *
 * @example The median of a thousand values
 * ```ts
 * import { assert } from "@std/assert";
 * import { DDSketches } from "./dd_sketches.ts";
 *
 * const sketches = new DDSketches({ relativeAccuracy: 0.01, exactUpTo: 10 });
 * for (let i = 1; i <= 1000; i++) sketches.add(i, 0);
 * assert(Math.abs(sketches.atRank(500, 0) - 500) <= 5);
 * ```
 */
export class DDSketches {
  readonly #exactUpTo: number;
  readonly #scale: LogBuckets;
  /** Of each row, how many values it has taken in, and how many of those in buckets were 0. */
  #counts = new Float64Array(2);
  /** Of each row, the values themselves, while they are few. */
  #values = new Float64Array();
  /** Of each row, how many values are in which bucket, once they are many. */
  #buckets = new CountRows();

  /**
   * Makes the sketch of no values.
   *
   * @throws {RangeError} If `relativeAccuracy` is outside (0, 1).
   */
  constructor(options: DDSketchesOptions) {
    this.#scale = LogBuckets.ofAccuracy(options.relativeAccuracy);
    this.#exactUpTo = options.exactUpTo;
  }

  /** How many values a row has taken in. */
  countOf(row: number): number {
    return 2 * row < this.#counts.length ? this.#counts[2 * row]! : 0;
  }

  /** Whether the answers of a row are exact. */
  isExactAt(row: number): boolean {
    return this.countOf(row) <= this.#exactUpTo;
  }

  /** How many bytes the values or buckets of a row take. */
  byteLengthOf(row: number): number {
    return this.isExactAt(row) ? 8 * this.countOf(row) : this.#buckets.byteLengthOf(row);
  }

  /** Forgets all values of a row. */
  clear(row: number): void {
    this.#counts.fill(0, 2 * row, 2 * row + 2);
    this.#buckets.clear(row);
  }

  /** Takes a value in, 0 or above. */
  add(value: number, row: number): void {
    one[0] = value;
    this.addAll(one, 1, row);
  }

  /**
   * Takes values into a row.
   *
   * @param values The values; one below 0 is none.
   * @param count How many there are.
   * @param row Where to.
   */
  addAll(values: Float64Array, count: number, row: number): void {
    this.#reach(row);
    let at = this.#hold(values, count, row);
    while (at < count && !(values[at]! >= 0)) at++;
    if (at === count) return;
    if (this.isExactAt(row)) this.#promote(values, at, count, row);
    else this.#putIntoBuckets(values, at, count, row);
  }

  /** Takes in all that another sketch of the same options has; that one is not changed. */
  merge(other: DDSketches, row: number, otherRow: number): void {
    const otherCount = other.countOf(otherRow);
    if (other.isExactAt(otherRow)) {
      return this.addAll(other.#valuesOf(otherRow), otherCount, row);
    }
    this.#reach(row);
    if (this.isExactAt(row)) this.#promote(gathered, 0, 0, row);
    this.#buckets.merge(other.#buckets, row, otherRow);
    this.#counts[2 * row]! += otherCount;
    this.#counts[2 * row + 1]! += other.#counts[2 * otherRow + 1]!;
  }

  /**
   * The value of a rank.
   *
   * @param rank Its place among the sorted values, 1 for the smallest to `count` for the largest.
   * @returns The value, exact or within the relative accuracy.
   * @throws {RangeError} If there is no such rank.
   */
  atRank(rank: number, row: number): number {
    return this.atRanks([rank], row)[0]!;
  }

  /**
   * The values of some ranks.
   *
   * @param ranks Their places among the sorted values; best if they ascend.
   * @returns The value of each.
   * @throws {RangeError} If there is no such rank.
   */
  atRanks(ranks: readonly number[], row: number): number[] {
    const count = this.countOf(row), zeros = this.#counts[2 * row + 1]!;
    const wrongRank = ranks.find((rank) => !(rank >= 1 && rank <= count));
    if (wrongRank !== undefined) {
      throw new RangeError(
        `Cannot tell the value of rank ${wrongRank}: expected a rank from 1 to ${count}`,
      );
    }
    if (this.isExactAt(row)) return this.atRanksOf(this.#valuesOf(row).sort(), ranks);
    return this.#buckets.placesOf(ranks.map((rank) => rank - zeros), row)
      .map((bucket, i) => ranks[i]! <= zeros ? 0 : this.#scale.middleOf(bucket));
  }

  /**
   * What a row would tell of ranks if it had taken in some values and no others.
   *
   * @param sorted The values, ascending, each 0 or above.
   * @param ranks The ranks, each from 1 to the number of values.
   */
  atRanksOf(sorted: ArrayLike<number>, ranks: readonly number[]): number[] {
    const isExact = sorted.length <= this.#exactUpTo;
    return ranks.map((rank) => {
      const value = sorted[rank - 1]!;
      return isExact || value === 0 ? value : this.#scale.middleOf(this.#scale.bucketOf(value));
    });
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): DDSketchesParts {
    return { counts: this.#counts, values: this.#values, buckets: this.#buckets.toParts() };
  }

  /** Makes a sketch of the parts of one of the same options. */
  static ofParts(parts: DDSketchesParts, options: DDSketchesOptions): DDSketches {
    const sketch = new DDSketches(options);
    sketch.#counts = parts.counts;
    sketch.#values = parts.values;
    sketch.#buckets = CountRows.ofParts(parts.buckets);
    return sketch;
  }

  /** The JSON form of a row: the same for the same values, whatever their order. */
  stateOf(row: number): DDSketchState {
    if (this.isExactAt(row)) return { values: [...this.#valuesOf(row).sort()] };
    const counts: number[] = [];
    let first = 0, next = 0;
    for (const [bucket, count] of this.#buckets.entries(row)) {
      if (counts.length === 0) first = next = bucket;
      if (bucket > next) counts.push(next - bucket);
      counts.push(count);
      next = bucket + 1;
    }
    return { zeros: this.#counts[2 * row + 1]!, first, counts };
  }

  /**
   * Has a row that is empty take in what a sketch had when its JSON form was made.
   *
   * @throws {SyntaxError} If it is none of these options; some of it may have been taken in by then.
   */
  readJSON(value: unknown, row: number): void {
    const state = readObject(value, "a quantile sketch");
    if ("values" in state) {
      for (const item of readList(state, "values")) {
        if (!(typeof item === "number" && item >= 0)) throw wrong("values", "numbers from 0 on");
        this.add(item, row);
      }
      if (!this.isExactAt(row)) throw wrong("values", `at most ${this.#exactUpTo} items`);
      return;
    }
    const least = -Number.MAX_SAFE_INTEGER;
    const read = readIntegers(state, "counts", { least });
    const buckets = new Int32Array(read.length), counts = new Float64Array(read.length);
    let bucket = readInteger(state, "first", -MAX_BUCKETS), total = 0, held = 0;
    for (const count of read) {
      if (count > 0) [buckets[held], counts[held++]] = [bucket, count];
      bucket += count > 0 ? 1 : -count;
      if (bucket > MAX_BUCKETS) throw wrong("counts", `no bucket beyond ${MAX_BUCKETS}`);
      total += Math.max(count, 0);
    }
    this.#buckets.addAll(buckets, held, row, counts);
    const zeros = readInteger(state, "zeros", 0);
    if (total + zeros <= this.#exactUpTo) {
      throw wrong("counts", `more than ${this.#exactUpTo} values`);
    }
    this.#reach(row);
    this.#counts.set([total + zeros, zeros], 2 * row);
  }

  #reach(row: number): void {
    if (2 * row + 1 >= this.#counts.length) this.#counts = lengthen(this.#counts, 2 * row + 2);
  }

  /** A copy of the values of a row that is exact. */
  #valuesOf(row: number): Float64Array {
    const start = row * this.#exactUpTo;
    return this.#values.slice(start, start + this.countOf(row));
  }

  /** Holds values as they are, while they are few; returns which is the first that it does not hold. */
  #hold(values: Float64Array, count: number, row: number): number {
    const exactUpTo = this.#exactUpTo;
    let held = this.#counts[2 * row]!, at = 0;
    if (held >= exactUpTo) return at;
    const first = row * exactUpTo;
    this.#values = lengthen(this.#values, first + exactUpTo);
    for (; at < count && held < exactUpTo; at++) {
      if (values[at]! >= 0) this.#values[first + held++] = values[at]!;
    }
    this.#counts[2 * row] = held;
    return at;
  }

  /** Puts the values of a row that is exact into buckets, together with more. */
  #promote(values: Float64Array, start: number, end: number, row: number): void {
    const held = this.countOf(row), first = row * this.#exactUpTo, count = held + end - start;
    if (count > gathered.length) gathered = new Float64Array(count);
    for (let i = 0; i < held; i++) gathered[i] = this.#values[first + i]!;
    for (let i = start; i < end; i++) gathered[held + i - start] = values[i]!;
    this.#counts[2 * row] = 0;
    this.#putIntoBuckets(gathered, 0, count, row);
  }

  /** Counts values in buckets of a row. */
  #putIntoBuckets(values: Float64Array, start: number, end: number, row: number): void {
    if (end - start > found.length) found = new Int32Array(end - start);
    let zeros = 0, others = 0;
    for (let i = start; i < end; i++) {
      const value = values[i]!;
      if (value > 0) found[others++] = this.#scale.bucketOf(value);
      else if (value === 0) zeros++;
    }
    this.#buckets.addAll(found, others, row);
    this.#counts[2 * row]! += zeros + others;
    this.#counts[2 * row + 1]! += zeros;
  }
}

/** Values that are counted at once, and their buckets; one of each is enough, as no call is begun before another ends. */
let gathered = new Float64Array(), found = new Int32Array();
/** A value that comes alone. */
const one = new Float64Array(1);
