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
}

/**
 * Sums up durations exactly, whatever their number and order.
 *
 * @example Three durations
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DurationStats } from "./duration_stats.ts";
 *
 * const stats = new DurationStats();
 * assertEquals(stats.result(), null);
 * for (const us of [10, 20, 21]) stats.add(us);
 * assertEquals(stats.result(), { count: 3, minUs: 10, meanUs: 17, maxUs: 21, totalUs: 51n });
 * ```
 */
export class DurationStats {
  #count = 0;
  #minUs = Infinity;
  #maxUs = -Infinity;
  #total = new ExactSum();

  /** Takes one duration in: whole microseconds, 0 to 10^15. */
  add(durationUs: number): void {
    this.#count++;
    if (durationUs < this.#minUs) this.#minUs = durationUs;
    if (durationUs > this.#maxUs) this.#maxUs = durationUs;
    this.#total.add(durationUs);
  }

  /** Takes in what another has. */
  merge(other: DurationStats): void {
    this.#count += other.#count;
    this.#minUs = Math.min(this.#minUs, other.#minUs);
    this.#maxUs = Math.max(this.#maxUs, other.#maxUs);
    this.#total.merge(other.#total);
  }

  /** The summary, or `null` if there was no duration. */
  result(): DurationSummary | null {
    if (this.#count === 0) return null;
    const totalUs = this.#total.result();
    const count = BigInt(this.#count);
    return {
      count: this.#count,
      minUs: this.#minUs,
      meanUs: Number((2n * totalUs + count) / (2n * count)),
      maxUs: this.#maxUs,
      totalUs,
    };
  }
}
