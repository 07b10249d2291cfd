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

/**
 * Completes a summary.
 *
 * @param counts What was counted.
 * @param percentiles Which percentiles, each from 0 to 100, with at most six decimals.
 * @param atRanks Tells the values of ranks, from 1 to the count.
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
      // The ends are known exactly.
      if (ranks[i] === 1) return minUs;
      if (ranks[i] === count) return maxUs;
      return Math.min(Math.max(Math.round(us), minUs), maxUs);
    }),
  };
}

/** The smallest rank that at least so many percent of the values do not exceed; in whole numbers. */
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

/** A quotient to the nearest whole number, half of one upwards. */
function divideRounded(dividend: bigint, divisor: number): number {
  if (dividend <= Number.MAX_SAFE_INTEGER) {
    const rest = Number(dividend) % divisor;
    return (Number(dividend) - rest) / divisor + Number(2 * rest >= divisor);
  }
  return Number((2n * dividend + BigInt(divisor)) / (2n * BigInt(divisor)));
}
