import { lengthen } from "../tables/buffers.ts";
import { CountRows, type CountRowsParts } from "../tables/count_rows.ts";
import { readInteger, readIntegers, readList, readObject, wrong } from "../tables/read_state.ts";
import { LogBuckets } from "./log_buckets.ts";

/** How exact the sketches are, and up to how many values they are exact. */
export interface DDSketchesOptions {
  /** The largest error of a quantile, as a share of the true value, in (0, 1). */
  readonly relativeAccuracy: number;
  /** How many values a row stores exactly before it counts them in buckets; each takes eight bytes. */
  readonly exactUpTo: number;
}

/** The fields of a `DDSketches` as typed arrays, to transfer to another thread. */
export interface DDSketchesParts {
  /** For each row, how many values it has, and how many of those in buckets are 0. */
  readonly counts: Float64Array<ArrayBuffer>;
  /** For each row, its values, while it is exact. */
  readonly values: Float64Array<ArrayBuffer>;
  /** For each row, how many values each bucket has, once it is no longer exact. */
  readonly buckets: CountRowsParts;
}

/**
 * A row as JSON: its values, ascending, while it is exact. After that, how many zeros it has, the first
 * bucket that is not empty, and the counts from there on, where `-n` means `n` empty buckets.
 */
export type DDSketchState =
  | { readonly values: readonly number[] }
  | { readonly zeros: number; readonly first: number; readonly counts: readonly number[] };

/** The limit of bucket numbers that are read. At any sensible accuracy no double has a bucket beyond it. */
const MAX_BUCKETS = 1e6;

/**
 * Estimates quantiles of a stream of non-negative numbers in memory that grows with the logarithm of
 * their range, not with their number.
 *
 * The first `exactUpTo` values are stored, and their quantiles are exact. Once there are more, a value
 * `x` falls into bucket `ceil(log_gamma(x))` with `gamma = (1 + a) / (1 - a)`. Each quantile then lies
 * within a factor `1 ± a` of the true one. Two sketches of equal options merge without loss: an answer
 * depends neither on the order of the values nor on how they were split. Zero has a bucket of its own.
 *
 * One instance holds thousands of sketches, each in a row of its own, in few allocations.
 *
 * Memory: that of {@linkcode CountRows} for at most `ln(largest / smallest) / ln(gamma)` buckets, a byte or
 * two each if they are close, four for each that holds a value if they are far apart; and eight bytes for each
 * value that is stored exactly.
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
  /** For each row, how many values it has, and how many of those in buckets are 0. */
  #counts = new Float64Array(2);
  /** For each row, its values, while it is exact. */
  #values = new Float64Array();
  /** For each row, how many values each bucket has, once it is no longer exact. */
  #buckets = new CountRows();

  /**
   * Makes sketches without values.
   *
   * @throws {RangeError} If `relativeAccuracy` is outside (0, 1).
   */
  constructor(options: DDSketchesOptions) {
    this.#scale = LogBuckets.ofAccuracy(options.relativeAccuracy);
    this.#exactUpTo = options.exactUpTo;
  }

  /** How many values a row has. */
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

  /** Adds a value, 0 or above, to a row. */
  add(value: number, row: number): void {
    one[0] = value;
    this.addAll(one, 1, row);
  }

  /**
   * Adds the first `count` of some values to a row.
   *
   * @param values The values; those below 0 and NaN are ignored.
   * @param count How many of them to add.
   * @param row The row.
   */
  addAll(values: Float64Array, count: number, row: number): void {
    this.#reach(row);
    let at = this.#hold(values, count, row);
    while (at < count && !(values[at]! >= 0)) at++;
    if (at === count) return;
    if (this.isExactAt(row)) this.#promote(values, at, count, row);
    else this.#putIntoBuckets(values, at, count, row);
  }

  /** Adds all values of a row of other sketches of the same options, which are not changed. */
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
   * @param rank A place among the sorted values, from 1 for the smallest to `countOf(row)` for the largest.
   * @returns The value, exact or within the relative accuracy.
   * @throws {RangeError} If there is no such rank.
   */
  atRank(rank: number, row: number): number {
    return this.atRanks([rank], row)[0]!;
  }

  /**
   * The values of some ranks.
   *
   * @param ranks Places among the sorted values; fastest if they ascend.
   * @returns The value of each, exact or within the relative accuracy.
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
   * The values of some ranks, as a row would give them if it held `sorted` and nothing else.
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

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): DDSketchesParts {
    return { counts: this.#counts, values: this.#values, buckets: this.#buckets.toParts() };
  }

  /** Makes sketches of the fields of others of the same options. */
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
   * Reads the JSON form of a row into an empty row.
   *
   * @throws {SyntaxError} If it is not one of these options; the row may hold a part of it by then.
   */
  readJSON(value: unknown, row: number): void {
    const state = readObject(value, "a quantile sketch");
    if ("values" in state) {
      for (const item of readList(state, "values")) {
        if (!(Number.isFinite(item) && (item as number) >= 0)) {
          throw wrong("values", "numbers from 0 on");
        }
        this.add(item as number, row);
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

  /** Stores values exactly, while the row has room for them; returns the index of the first that is left. */
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

  /** Moves the values of an exact row to buckets, and adds `values` from `start` to `end`. */
  #promote(values: Float64Array, start: number, end: number, row: number): void {
    const held = this.countOf(row), first = row * this.#exactUpTo, count = held + end - start;
    if (count > gathered.length) gathered = new Float64Array(count);
    for (let i = 0; i < held; i++) gathered[i] = this.#values[first + i]!;
    for (let i = start; i < end; i++) gathered[held + i - start] = values[i]!;
    this.#counts[2 * row] = 0;
    this.#putIntoBuckets(gathered, 0, count, row);
  }

  /** Counts `values` from `start` to `end` in the buckets of a row. */
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

/** Scratch space for values and for their buckets, shared by all instances: calls do not nest. */
let gathered = new Float64Array(), found = new Int32Array();
/** Scratch space for a single value, shared likewise. */
const one = new Float64Array(1);
