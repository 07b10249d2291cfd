import {
  DDSketch,
  type DDSketchOptions,
  type DDSketchParts,
  type DDSketchState,
} from "../sketches/dd_sketch.ts";
import { readInteger, readIntegers, readObject, wrong } from "../sketches/read_state.ts";
import { ExactSum } from "./exact_sum.ts";

/** What is known of a set of durations, in whole microseconds. */
export interface DurationSummary {
  /** How many there were, at least 1. */
  readonly count: number;
  /** The shortest. */
  readonly minUs: number;
  /** Their mean, rounded half up to a whole microsecond. */
  readonly meanUs: number;
  /** The longest. */
  readonly maxUs: number;
  /** Their sum, exact. */
  readonly totalUs: bigint;
  /** Nearest-rank percentiles as asked for, exact or within 1 %. */
  readonly percentilesUs: readonly number[];
}

/** Durations as JSON: all of them while they are few; after that what is known of them. */
export type DurationState = DDSketchState & {
  /** The shortest, in microseconds. */
  readonly min?: number;
  /** The longest. */
  readonly max?: number;
  /** Their sum, in decimal digits. */
  readonly total?: string;
};

/** What a summary is made of. */
export interface DurationStatsParts {
  /** The shortest, in microseconds. */
  readonly minUs: number;
  /** The longest. */
  readonly maxUs: number;
  /** Their sum. */
  readonly total: bigint;
  /** How they are distributed. */
  readonly sketch: DDSketchParts;
}

/** Up to this many durations their percentiles are exact, if nothing else is asked for. */
export const EXACT_PERCENTILES_UP_TO = 32;

/** The most that a percentile may be off, as a share of the true value. */
export const PERCENTILE_ACCURACY = 0.01;

// Half of it is left to rounding: from 100 µs on a whole number is at most 0.5 % off, and below that
// each whole number has a bucket of its own.
const SKETCH_ACCURACY = PERCENTILE_ACCURACY / 2;

/**
 * Sums up durations, whatever their number and order: all exactly but for percentiles, which are
 * within 1 % once there are many.
 *
 * @example Three durations
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DurationStats } from "./duration_stats.ts";
 *
 * const stats = new DurationStats();
 * assertEquals(stats.result([50]), null);
 * for (const us of [10, 20, 21]) stats.add(us);
 * assertEquals(stats.result([50, 100]), {
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
  #count = 0;
  // Of no meaning while there are none. Small integers, unlike infinities, take no memory beside the field.
  #minUs = 0;
  #maxUs = 0;
  readonly #total = new ExactSum();
  #sketch: DDSketch;

  /** Makes the summary of no durations, whose percentiles are exact up to so many. */
  constructor(exactUpTo: number = EXACT_PERCENTILES_UP_TO) {
    this.#sketch = new DDSketch(sketchOptions(exactUpTo));
  }

  /** Forgets all durations. */
  clear(): void {
    this.#count = 0;
    this.#minUs = this.#maxUs = 0;
    this.#total.clear();
    this.#sketch.clear();
  }

  /** Takes one duration in: whole microseconds, 0 to 10^15. */
  add(durationUs: number): void {
    if (durationUs < this.#minUs || this.#count === 0) this.#minUs = durationUs;
    if (durationUs > this.#maxUs || this.#count === 0) this.#maxUs = durationUs;
    this.#count++;
    this.#total.add(durationUs);
    this.#sketch.add(durationUs);
  }

  /** Takes in what another has. */
  merge(other: DurationStats): void {
    if (other.#count === 0) return;
    const isEmpty = this.#count === 0;
    this.#minUs = isEmpty ? other.#minUs : Math.min(this.#minUs, other.#minUs);
    this.#maxUs = isEmpty ? other.#maxUs : Math.max(this.#maxUs, other.#maxUs);
    this.#count += other.#count;
    this.#total.merge(other.#total);
    this.#sketch.merge(other.#sketch);
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): DurationStatsParts {
    const total = this.#total.result(), sketch = this.#sketch.toParts();
    return { minUs: this.#minUs, maxUs: this.#maxUs, total, sketch };
  }

  /** Makes a summary of the parts of one of the same constant. */
  static ofParts(parts: DurationStatsParts, exactUpTo: number): DurationStats {
    const stats = new DurationStats(exactUpTo);
    stats.#count = parts.sketch.count;
    stats.#minUs = parts.minUs;
    stats.#maxUs = parts.maxUs;
    stats.#total.addExactly(parts.total);
    stats.#sketch = DDSketch.ofParts(parts.sketch, sketchOptions(exactUpTo));
    return stats;
  }

  /** Its JSON form. */
  toJSON(): DurationState {
    const sketch = this.#sketch.toJSON();
    if ("values" in sketch) return sketch;
    return { min: this.#minUs, max: this.#maxUs, total: `${this.#total.result()}`, ...sketch };
  }

  /**
   * Makes the summary of its JSON form.
   *
   * @param value What was parsed.
   * @param exactUpTo Up to how many durations percentiles are exact.
   * @throws {SyntaxError} If it is none of this constant.
   */
  static fromJSON(value: unknown, exactUpTo: number): DurationStats {
    const stats = new DurationStats(exactUpTo);
    const state = readObject(value, "durations");
    const sketch = DDSketch.fromJSON(state, sketchOptions(exactUpTo));
    if ("values" in state) {
      for (const durationUs of readIntegers(state, "values", { least: 0 })) stats.add(durationUs);
      return stats;
    }
    stats.#sketch.merge(sketch);
    stats.#count = sketch.count;
    stats.#minUs = readInteger(state, "min", 0);
    stats.#maxUs = readInteger(state, "max", stats.#minUs);
    if (!/^\d{1,40}$/.test(String(state["total"]))) throw wrong("total", "decimal digits");
    stats.#total.addExactly(BigInt(String(state["total"])));
    return stats;
  }

  /** Whether its percentiles are exact. */
  isExact(): boolean {
    return this.#sketch.isExact;
  }

  /**
   * The summary.
   *
   * @param percentiles Which percentiles, each above 0 and up to 100, with at most six decimals.
   * @returns The summary, or `null` if there was no duration.
   */
  result(percentiles: readonly number[]): DurationSummary | null {
    if (this.#count === 0) return null;
    const totalUs = this.#total.result();
    const count = BigInt(this.#count);
    return {
      count: this.#count,
      minUs: this.#minUs,
      meanUs: Number((2n * totalUs + count) / (2n * count)),
      maxUs: this.#maxUs,
      totalUs,
      percentilesUs: percentiles.map((percentile) => this.#percentile(percentile)),
    };
  }

  #percentile(percentile: number): number {
    const estimateUs = Math.round(this.#sketch.atRank(nearestRank(percentile, this.#count)));
    return Math.min(Math.max(estimateUs, this.#minUs), this.#maxUs);
  }
}

/** The smallest rank that at least so many percent of the values do not exceed; in whole numbers. */
function nearestRank(percentile: number, count: number): number {
  const millionths = BigInt(Math.round(percentile * 1e6));
  const rank = (millionths * BigInt(count) + 99_999_999n) / 100_000_000n;
  return Math.max(1, Number(rank));
}

function sketchOptions(exactUpTo: number): DDSketchOptions {
  return { relativeAccuracy: SKETCH_ACCURACY, exactUpTo };
}
