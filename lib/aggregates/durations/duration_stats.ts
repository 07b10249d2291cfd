import {
  DDSketches,
  type DDSketchesOptions,
  type DDSketchesParts,
  type DDSketchState,
} from "../../sketches/dd_sketches.ts";
import { lengthen } from "../../tables/lengthen.ts";
import { readInteger, readIntegers, readObject, wrong } from "../../tables/read_state.ts";
import { type DurationSummary, summarize } from "./duration_summary.ts";
import { ExactSums, type ExactSumsParts } from "./exact_sums.ts";
import {
  LONGEST_WAITING,
  MAX_WAITING,
  WaitingDurations,
  type WaitingDurationsParts,
} from "./waiting_durations.ts";

/** Durations as JSON: all of them while they are few; after that what is known of them. */
export type DurationState = DDSketchState & {
  /** The shortest, in microseconds. */
  readonly min?: number;
  /** The longest. */
  readonly max?: number;
  /** Their sum, in decimal digits. */
  readonly total?: string;
};

/** What summaries are made of. */
export interface DurationStatsParts {
  /** Of each row, the shortest and the longest, in microseconds. */
  readonly extremes: Float64Array<ArrayBuffer>;
  /** Of each row, their sum. */
  readonly totals: ExactSumsParts;
  /** Of each row, how they are distributed. */
  readonly sketch: DDSketchesParts;
  /** Of each row, those that are not counted yet. */
  readonly waiting: WaitingDurationsParts;
}

/** Up to this many durations their percentiles are exact, if nothing else is asked for. */
export const EXACT_PERCENTILES_UP_TO = 32;

/** The most that a percentile may be off, as a share of the true value. */
export const PERCENTILE_ACCURACY = 0.01;

// With one duration more a sum is below 2^52.
const MAX_AT_ONCE = 2 ** 51;

// Half of it is left to rounding: from 100 µs on a whole number is at most 0.5 % off, and below that
// each whole number has a bucket of its own.
const SKETCH_ACCURACY = PERCENTILE_ACCURACY / 2;

/**
 * Sums up durations, whatever their number and order: all exactly but for percentiles, which are
 * within 1 % once there are many.
 *
 * There may be many summaries, each in a row of its own.
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
  /** Of each row, the shortest and the longest. */
  #extremes = Float64Array.from(EMPTY);
  #totals = new ExactSums();
  #sketch: DDSketches;
  /** Of each row, those that are not counted yet. */
  #waiting = new WaitingDurations();

  /** Makes the summary of no durations, whose percentiles are exact up to so many. */
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

  /** Takes one duration in: whole microseconds, 0 to 10^15. */
  add(durationUs: number, row: number): void {
    if (durationUs > LONGEST_WAITING) this.#countOne(durationUs, row);
    else if (this.#waiting.add(durationUs, row)) this.#count(row);
  }

  /**
   * Takes durations in, one after the other.
   *
   * @param durationsUs The durations; one below 0 is none.
   * @param rows The row of each; one below 0 is none.
   * @param count How many there are.
   */
  addAll(durationsUs: Float64Array, rows: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const us = durationsUs[i]!, row = rows[i]!;
      if (us >= 0 && row >= 0) this.add(us, row);
    }
  }

  /** Adds the first `count` durations to a row; one below 0 is none. */
  addRow(durationsUs: Float64Array, count: number, row: number): void {
    this.#take(durationsUs, count, row);
  }

  /** Takes in what a row of another has. */
  merge(other: DurationStats, row: number, otherRow: number): void {
    const waits = other.#waiting.copy(otherRow, copied);
    for (let i = 0; i < waits; i++) this.add(copied[i]!, row);
    if (other.#sketch.countOf(otherRow) === 0) return;
    this.#widen(row, other.#extremes[2 * otherRow]!, other.#extremes[2 * otherRow + 1]!);
    this.#totals.merge(other.#totals, row, otherRow);
    this.#sketch.merge(other.#sketch, row, otherRow);
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): DurationStatsParts {
    return {
      extremes: this.#extremes,
      totals: this.#totals.toParts(),
      sketch: this.#sketch.toParts(),
      waiting: this.#waiting.toParts(),
    };
  }

  /** Makes a summary of the parts of one of the same constant. */
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
    this.#count(row);
    const sketch = this.#sketch.stateOf(row);
    if ("values" in sketch) return sketch;
    const min = this.#extremes[2 * row]!, max = this.#extremes[2 * row + 1]!;
    return { min, max, total: `${this.#totals.result(row)}`, ...sketch };
  }

  /**
   * Has a row that is empty take in what a summary had when its JSON form was made.
   *
   * @throws {SyntaxError} If it is none of this constant; some of it may have been taken in by then.
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

  /** Whether the percentiles of a row are exact. */
  isExact(row: number): boolean {
    return this.#sketch.countOf(row) + this.#waiting.countOf(row) <= this.#exactUpTo;
  }

  /**
   * The summary of a row.
   *
   * @param percentiles Which percentiles, each above 0 and up to 100, with at most six decimals.
   * @returns The summary, or `null` if there was no duration.
   */
  result(percentiles: readonly number[], row: number): DurationSummary | null {
    if (this.#sketch.countOf(row) === 0) return this.#resultOfWaiting(percentiles, row);
    this.#count(row);
    const counts = {
      count: this.#sketch.countOf(row),
      minUs: this.#extremes[2 * row]!,
      maxUs: this.#extremes[2 * row + 1]!,
      totalUs: this.#totals.result(row),
    };
    return summarize(counts, percentiles, (ranks) => this.#sketch.atRanks(ranks, row));
  }

  /** The summary of a row of which all wait: the same, but to sort them takes less than to count them. */
  #resultOfWaiting(percentiles: readonly number[], row: number): DurationSummary | null {
    const count = this.#waiting.copy(row, copied), sorted = copied.subarray(0, count).sort();
    if (count === 0) return null;
    let totalUs = 0;
    for (let i = 0; i < count; i++) totalUs += sorted[i]!;
    const [minUs, maxUs] = [sorted[0]!, sorted[count - 1]!];
    const counts = { count, minUs, maxUs, totalUs: BigInt(totalUs) };
    return summarize(counts, percentiles, (ranks) => this.#sketch.atRanksOf(sorted, ranks));
  }

  /** Counts what waits of a row. */
  #count(row: number): void {
    const count = this.#waiting.copy(row, counted);
    if (count === 0) return;
    this.#waiting.clear(row);
    this.#take(counted, count, row);
  }

  #countOne(durationUs: number, row: number): void {
    counted[0] = durationUs;
    this.#take(counted, 1, row);
  }

  /** Takes durations into a row; one below 0 is none. */
  #take(durationsUs: Float64Array, count: number, row: number): void {
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

  /** Has a row reach from one duration to another. */
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

/** Durations that are counted at once, and those that are looked at; one of each is enough, as no call is begun before another ends. */
const counted = new Float64Array(MAX_WAITING), copied = new Uint32Array(MAX_WAITING);

/** The shortest and the longest of no durations. */
const EMPTY = [Infinity, -Infinity] as const;

function sketchOptions(exactUpTo: number): DDSketchesOptions {
  return { relativeAccuracy: SKETCH_ACCURACY, exactUpTo };
}
