import type { Evidence } from "./evidence.ts";
import type { Weighed } from "./finding.ts";

/** More than this share of the clients are suspicious: then the word says nothing of one. */
export const MOST_SUSPICIOUS = 0.5;

/** Of fewer clients each is known by name. */
export const LEAST_CLIENTS = 3;

/** Windows of fewer requests in the median say little: one failure more is ten points of a rate. */
export const LEAST_MEDIAN = 10;

/** A log of fewer requests is sparse at any length of a window. */
export const LEAST_REQUESTS = 50;

/** How far above the least median a figure must be that is only near the true one. */
const MARGIN = 1.5;

/** Lengths that people choose for a window, in seconds: each holds the one before a whole number of times. */
export const LENGTHS: readonly number[] = [
  ...[1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200],
  ...[21_600, 43_200, 86_400, 604_800],
];

/**
 * `threshold_parts_nobody`: more than half of the clients are suspicious. Names a threshold that would part them: the
 * smallest of 1, 2, 5, 10, 20, … above which at most half of the clients are, or else the peak that parts them in
 * the middle.
 */
export function findThreshold({ analysis, peaks }: Evidence): Weighed[] {
  const clients = analysis.answers.clients.distinct(), { suspiciousOver } = analysis.options;
  const { length: suspicious } = peaks;
  if (clients < LEAST_CLIENTS || suspicious <= MOST_SUSPICIOUS * clients) return [];
  const above = (limit: number) => peaks.filter((peak) => peak > limit).length;
  const fits = (limit: number) => above(limit) > 0 && above(limit) <= MOST_SUSPICIOUS * clients;
  const round = roundNumbers(suspiciousOver, peaks[0]!).find(fits);
  const better = round ?? [peaks[Math.floor(peaks.length / 2)]!].find(fits) ?? null;
  return [{
    finding: {
      rule: "threshold_parts_nobody",
      severity: "info",
      subject: `${suspicious} of ${clients} clients are suspicious`,
      suspicious,
      clients,
      suspicious_over: suspiciousOver,
      better,
      suspicious_above_better: better === null ? null : above(better),
    },
    weight: 2,
  }];
}

/**
 * `sparse_windows`: the median window, of those with a request, has fewer than {@linkcode LEAST_MEDIAN}. Its figures
 * are chance then: the worst window of a year may be one failed request. Names the shortest usual length at which the
 * median is large enough.
 */
export function findSparseWindows({ steps, stepUs, windowUs, total }: Evidence): Weighed[] {
  if (total.requests < LEAST_REQUESTS || steps.size < 3) return [];
  // Above the limit of windows a step is several of them, and holds as many times what one of them does.
  const inStep = median(steps.requests), found = inStep * windowUs / stepUs;
  if (found >= LEAST_MEDIAN) return [];
  let sums: Sums = { startsUs: steps.startsUs, counts: steps.requests };
  const medianOf = (us: number) => {
    if (us < stepUs) return inStep * us / stepUs;
    sums = sumsOver(sums, us);
    return median(sums.counts);
  };
  const seconds = LENGTHS.find((seconds) => {
    const us = seconds * 1e6, isWhole = us % stepUs === 0;
    // Where steps lie across its bounds the figure is none of such windows, but near it.
    return us > windowUs && medianOf(us) >= LEAST_MEDIAN * (isWhole ? 1 : MARGIN);
  });
  return [{
    finding: {
      rule: "sparse_windows",
      severity: "info",
      subject: `windows of ${windowUs / 1e6} s`,
      window_seconds: windowUs / 1e6,
      median_requests: found,
      better_seconds: seconds ?? null,
    },
    weight: 1,
  }];
}

/** The round numbers 1, 2, 5, 10, … above `from` and up to `to`. */
function roundNumbers(from: number, to: number): number[] {
  const numbers: number[] = [];
  for (let unit = 1; unit <= to; unit *= 10) {
    for (const times of [1, 2, 5]) {
      if (times * unit > from && times * unit <= to) numbers.push(times * unit);
    }
  }
  return numbers;
}

/** What came in each length of time that had something. */
interface Sums {
  /** When each begins, in ascending order. */
  readonly startsUs: Float64Array;
  /** How much came in each. */
  readonly counts: Float64Array;
}

/** Sums up what came in lengths of time over longer ones. */
function sumsOver({ startsUs, counts }: Sums, us: number): Sums {
  const starts = new Float64Array(counts.length), sums = new Float64Array(counts.length);
  let size = 0, end = -Infinity;
  for (let row = 0; row < counts.length; row++) {
    const start = startsUs[row]!;
    if (start >= end) {
      starts[size] = Math.floor(start / us) * us;
      end = starts[size++]! + us;
    }
    sums[size - 1]! += counts[row]!;
  }
  return { startsUs: starts.subarray(0, size), counts: sums.subarray(0, size) };
}

function median(counts: Float64Array): number {
  const sorted = counts.slice().sort(), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
