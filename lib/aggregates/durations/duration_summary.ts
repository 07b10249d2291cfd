/** The summary of a set of durations, in whole microseconds. */
export interface DurationSummary {
  /** How many durations there are, at least 1. */
  readonly count: number;
  /** The shortest duration. */
  readonly minUs: number;
  /** Their mean, rounded half up to a whole microsecond. */
  readonly meanUs: number;
  /** The longest duration. */
  readonly maxUs: number;
  /** Their sum, exact. */
  readonly totalUs: bigint;
  /** The percentiles that were asked for, by nearest rank; exact or within 1 %. */
  readonly percentilesUs: readonly number[];
}

/**
 * Completes a summary with the mean and percentiles.
 *
 * @param counts The count, the extremes and the sum of the durations.
 * @param percentiles Which percentiles, each from 0 to 100, with at most six decimals.
 * @param atRanks Is called with ranks, each from 1 to the count; returns the duration of each.
 *
 * @example Three durations
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { summarize } from "./duration_summary.ts";
 *
 * const counts = { count: 3, minUs: 10, maxUs: 21, totalUs: 51n };
 * const summary = summarize(counts, [50], (ranks) => ranks.map((rank) => [10, 20, 21][rank - 1]!));
 * assertEquals([summary.meanUs, summary.percentilesUs], [17, [20]]);
 * ```
 */
export function summarize(
  counts: Omit<DurationSummary, "meanUs" | "percentilesUs">,
  percentiles: readonly number[],
  atRanks: (ranks: readonly number[]) => number[],
): DurationSummary {
  const { count, minUs, maxUs, totalUs } = counts;
  const ranks = percentiles.map((percentile) => nearestRank(percentile, count));
  return {
    count,
    minUs,
    meanUs: divideRounded(totalUs, count),
    maxUs,
    totalUs,
    percentilesUs: atRanks(ranks).map((us, i) => {
      // The shortest and the longest duration are exact.
      if (ranks[i] === 1) return minUs;
      if (ranks[i] === count) return maxUs;
      return Math.min(Math.max(Math.round(us), minUs), maxUs);
    }),
  };
}

/** The nearest rank, `ceil(percentile / 100 * count)` and at least 1, computed in integers without rounding. */
function nearestRank(percentile: number, count: number): number {
  const millionths = Math.round(percentile * 1e6),
    product = millionths * count,
    whole = 100_000_000;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const rest = product % whole;
    return Math.max(1, (product - rest) / whole + Number(rest > 0));
  }
  return Number((BigInt(millionths) * BigInt(count) + 99_999_999n) / BigInt(whole)) || 1;
}

/** Divides non-negative integers, and rounds the quotient half up. */
export function divideRounded(dividend: bigint, divisor: number): number {
  if (dividend <= Number.MAX_SAFE_INTEGER) {
    const rest = Number(dividend) % divisor;
    return (Number(dividend) - rest) / divisor + Number(2 * rest >= divisor);
  }
  return Number((2n * dividend + BigInt(divisor)) / (2n * BigInt(divisor)));
}
