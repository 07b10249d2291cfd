import {
  DDSketches,
  type DDSketchesOptions,
  type DDSketchesParts,
  type DDSketchState,
} from "../../sketches/dd_sketches.ts";
import { lengthen } from "../../tables/buffers.ts";
import { readInteger, readIntegers, readObject, wrong } from "../../tables/read_state.ts";
import { type DurationSummary, summarize } from "./duration_summary.ts";
import { ExactSums, type ExactSumsParts } from "./exact_sums.ts";
import {
  LONGEST_WAITING,
  MAX_WAITING,
  WaitingDurations,
  type WaitingDurationsParts,
} from "./waiting_durations.ts";

/** Durations as JSON: the values if there are at most `exactUpTo`; else a sketch, the extremes and the sum. */
export type DurationState = DDSketchState & {
  /** The shortest duration, in microseconds. */
  readonly min?: number;
  /** The longest duration, in microseconds. */
  readonly max?: number;
  /** The sum in microseconds, in decimal digits. */
  readonly total?: string;
};

/** The fields of `DurationStats` as typed arrays, to transfer to another thread. */
export interface DurationStatsParts {
  /** For each row, the shortest and the longest counted duration, in microseconds. */
  readonly extremes: Float64Array<ArrayBuffer>;
  /** For each row, the sum of the counted durations. */
  readonly totals: ExactSumsParts;
  /** For each row, the distribution of the counted durations. */
  readonly sketch: DDSketchesParts;
  /** For each row, the buffered durations, which are not counted yet. */
  readonly waiting: WaitingDurationsParts;
}

/** The default of `exactPercentilesUpTo`: up to this many durations percentiles are exact. */
export const EXACT_PERCENTILES_UP_TO = 32;

/** The largest error of a percentile, as a share of the true value. */
export const PERCENTILE_ACCURACY = 0.01;

// A sum below this limit is below 2^52 after one more duration, as `ExactSums` requires.
const MAX_AT_ONCE = 2 ** 51;

// The other half is for rounding to whole microseconds: that is at most 0.5 % off from 100 µs on. Below
// 100 µs each whole number has a bucket of its own.
const SKETCH_ACCURACY = PERCENTILE_ACCURACY / 2;

/**
 * Summaries of durations, each in a row of its own. All figures are exact but for percentiles: these are
 * exact for up to `exactUpTo` durations, and within 1 % for more. The order of durations does not matter.
 *
 * New durations of a row are buffered, and counted in batches.
 *
 * @example Three durations
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DurationStats } from "./duration_stats.ts";
 *
 * const stats = new DurationStats();
 * assertEquals(stats.result([50], 0), null);
 * for (const us of [10, 20, 21]) stats.add(us, 0);
 * assertEquals(stats.result([50, 100], 0), {
 *   count: 3,
 *   minUs: 10,
 *   meanUs: 17,
 *   maxUs: 21,
 *   totalUs: 51n,
 *   percentilesUs: [20, 21],
 * });
 * ```
 */
export class DurationStats {
  readonly #exactUpTo: number;
  /** For each row, the shortest and the longest counted duration. */
  #extremes = Float64Array.from(EMPTY);
  #totals = new ExactSums();
  #sketch: DDSketches;
  /** For each row, the buffered durations, which are not counted yet. */
  #waiting = new WaitingDurations();

  /** Makes summaries of no durations, whose percentiles are exact for up to `exactUpTo` durations. */
  constructor(exactUpTo: number = EXACT_PERCENTILES_UP_TO) {
    this.#exactUpTo = exactUpTo;
    this.#sketch = new DDSketches(sketchOptions(exactUpTo));
  }

  /** Forgets all durations of a row. */
  clear(row: number): void {
    this.#waiting.clear(row);
    [this.#extremes[2 * row], this.#extremes[2 * row + 1]] = EMPTY;
    this.#totals.clear(row);
    this.#sketch.clear(row);
  }

  /** Adds one duration to a row: whole microseconds, 0 to 10^15. */
  add(durationUs: number, row: number): void {
    if (durationUs > LONGEST_WAITING) this.#countOne(durationUs, row);
    else if (this.#waiting.add(durationUs, row)) this.#flush(row);
  }

  /** Adds the first `count` durations to a row; those below 0 are left out. */
  addRow(durationsUs: Float64Array, count: number, row: number): void {
    this.#countAll(durationsUs, count, row);
  }

  /** Adds all that a row of another with the same options has to a row; the other is not changed. */
  merge(other: DurationStats, row: number, otherRow: number): void {
    const buffered = other.#waiting.copy(otherRow, copied);
    for (let i = 0; i < buffered; i++) this.add(copied[i]!, row);
    if (other.#sketch.countOf(otherRow) === 0) return;
    this.#widen(row, other.#extremes[2 * otherRow]!, other.#extremes[2 * otherRow + 1]!);
    this.#totals.merge(other.#totals, row, otherRow);
    this.#sketch.merge(other.#sketch, row, otherRow);
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): DurationStatsParts {
    return {
      extremes: this.#extremes,
      totals: this.#totals.toParts(),
      sketch: this.#sketch.toParts(),
      waiting: this.#waiting.toParts(),
    };
  }

  /** Makes summaries of the fields of others with the same `exactUpTo`. */
  static ofParts(parts: DurationStatsParts, exactUpTo: number): DurationStats {
    const stats = new DurationStats(exactUpTo);
    stats.#extremes = parts.extremes;
    stats.#totals = ExactSums.ofParts(parts.totals);
    stats.#sketch = DDSketches.ofParts(parts.sketch, sketchOptions(exactUpTo));
    stats.#waiting = WaitingDurations.ofParts(parts.waiting);
    return stats;
  }

  /** The JSON form of a row. */
  stateOf(row: number): DurationState {
    this.#flush(row);
    const sketch = this.#sketch.stateOf(row);
    if ("values" in sketch) return sketch;
    const min = this.#extremes[2 * row]!, max = this.#extremes[2 * row + 1]!;
    return { min, max, total: `${this.#totals.result(row)}`, ...sketch };
  }

  /**
   * Adds a summary in its JSON form to an empty row.
   *
   * @throws {SyntaxError} If `value` is not the JSON form of a summary with the same `exactUpTo`; some of
   * it may have been added by then.
   */
  readJSON(value: unknown, row: number): void {
    const state = readObject(value, "durations");
    if ("values" in state) {
      const durationsUs = readIntegers(state, "values", { least: 0 });
      for (const durationUs of durationsUs) this.add(durationUs, row);
      if (!this.isExact(row)) throw wrong("values", "no more than are held as they are");
      return;
    }
    const min = readInteger(state, "min", 0), max = readInteger(state, "max", min);
    if (!/^\d{1,40}$/.test(String(state["total"]))) throw wrong("total", "decimal digits");
    this.#widen(row, min, max);
    this.#totals.addExactly(BigInt(String(state["total"])), row);
    this.#sketch.readJSON(state, row);
  }

  /** How many durations a row has. */
  countOf(row: number): number {
    return this.#sketch.countOf(row) + this.#waiting.countOf(row);
  }

  /** Whether the percentiles of a row are exact. */
  isExact(row: number): boolean {
    return this.countOf(row) <= this.#exactUpTo;
  }

  /**
   * Returns the summary of a row.
   *
   * @param percentiles Which percentiles, each from 0 to 100, with at most six decimals.
   * @returns The summary, or `null` if the row has no duration.
   */
  result(percentiles: readonly number[], row: number): DurationSummary | null {
    if (this.#sketch.countOf(row) === 0) return this.#resultOfWaiting(percentiles, row);
    this.#flush(row);
    const counts = {
      count: this.#sketch.countOf(row),
      minUs: this.#extremes[2 * row]!,
      maxUs: this.#extremes[2 * row + 1]!,
      totalUs: this.#totals.result(row),
    };
    return summarize(counts, percentiles, (ranks) => this.#sketch.atRanks(ranks, row));
  }

  /**
   * Returns the summary of a row and of that row of another together, as if they were merged.
   *
   * @param other Another with the same options, which is not changed.
   * @param percentiles Which percentiles, each from 0 to 100.
   * @param row The row in both.
   */
  resultWith(
    other: DurationStats,
    percentiles: readonly number[],
    row: number,
  ): DurationSummary | null {
    if (this.#sketch.countOf(row) + other.#sketch.countOf(row) === 0) {
      return this.#resultOfWaiting(percentiles, row, other);
    }
    const both = new DurationStats(this.#exactUpTo);
    both.merge(this, 0, row);
    both.merge(other, 0, row);
    return both.result(percentiles, 0);
  }

  /** The same for durations that are all buffered: to sort them is faster than to count them. */
  #resultOfWaiting(
    percentiles: readonly number[],
    row: number,
    other?: DurationStats,
  ): DurationSummary | null {
    const own = this.#waiting.copy(row, copied);
    const rest = other === undefined ? 0 : other.#waiting.copy(row, copied.subarray(own));
    const count = own + rest;
    const sorted = copied.subarray(0, count).sort();
    if (count === 0) return null;
    let totalUs = 0;
    for (let i = 0; i < count; i++) totalUs += sorted[i]!;
    const [minUs, maxUs] = [sorted[0]!, sorted[count - 1]!];
    const counts = { count, minUs, maxUs, totalUs: BigInt(totalUs) };
    return summarize(counts, percentiles, (ranks) => this.#sketch.atRanksOf(sorted, ranks));
  }

  /** Counts the buffered durations of a row, and empties its buffer. */
  #flush(row: number): void {
    const count = this.#waiting.copy(row, counted);
    if (count === 0) return;
    this.#waiting.clear(row);
    this.#countAll(counted, count, row);
  }

  #countOne(durationUs: number, row: number): void {
    counted[0] = durationUs;
    this.#countAll(counted, 1, row);
  }

  /** Counts the first `count` durations in a row; those below 0 are left out. */
  #countAll(durationsUs: Float64Array, count: number, row: number): void {
    let minUs = Infinity, maxUs = -Infinity, totalUs = 0;
    for (let i = 0; i < count; i++) {
      const us = durationsUs[i]!;
      if (us < 0) continue;
      if (us < minUs) minUs = us;
      if (us > maxUs) maxUs = us;
      totalUs += us;
      if (totalUs < MAX_AT_ONCE) continue;
      this.#totals.add(totalUs, row);
      totalUs = 0;
    }
    this.#totals.add(totalUs, row);
    this.#widen(row, minUs, maxUs);
    this.#sketch.addAll(durationsUs, count, row);
  }

  /** Extends the extremes of a row to `minUs` and `maxUs`. */
  #widen(row: number, minUs: number, maxUs: number): void {
    if (2 * row + 1 >= this.#extremes.length) {
      const before = this.#extremes.length;
      this.#extremes = lengthen(this.#extremes, 2 * row + 2);
      for (let i = before; i < this.#extremes.length; i++) this.#extremes[i] = EMPTY[i % 2]!;
    }
    if (minUs < this.#extremes[2 * row]!) this.#extremes[2 * row] = minUs;
    if (maxUs > this.#extremes[2 * row + 1]!) this.#extremes[2 * row + 1] = maxUs;
  }
}

/** Scratch space, shared by all instances: calls do not nest. For durations to count, and for buffered ones to read. */
const counted = new Float64Array(MAX_WAITING), copied = new Uint32Array(2 * MAX_WAITING);

/** The shortest and the longest of no durations. */
const EMPTY = [Infinity, -Infinity] as const;

function sketchOptions(exactUpTo: number): DDSketchesOptions {
  return { relativeAccuracy: SKETCH_ACCURACY, exactUpTo };
}
