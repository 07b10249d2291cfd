import type { DurationSummary } from "../aggregates/durations/duration_summary.ts";
import { failures, type OutcomeCounts } from "../aggregates/outcome_counts.ts";
import type { FailureCounts, ResponseTimeReport } from "./report.ts";

/** How many requests failed, as the report has it. */
export function toFailures(counts: OutcomeCounts): FailureCounts {
  return {
    failed_requests: failures(counts),
    failed_requests_4xx: counts.failed4xx,
    failed_requests_5xx: counts.failed5xx,
  };
}

/** How many requests there were, and how many of them are in doubt, if any. */
export function toRequests(
  { requests, requestsError }: { readonly requests: number; readonly requestsError: number },
): { readonly requests: number; readonly requests_error?: number } {
  return requestsError === 0 ? { requests } : { requests, requests_error: requestsError };
}

/**
 * Response times, as the report has them: in milliseconds.
 *
 * @param summary The response times, or `null` if there are none.
 * @param percentileNames The names of the percentiles, in their order.
 */
export function toResponseTime(
  summary: DurationSummary | null,
  percentileNames: readonly string[],
): ResponseTimeReport | null {
  return summary && {
    count: summary.count,
    min: summary.minUs / 1000,
    mean: summary.meanUs / 1000,
    ...Object.fromEntries(
      percentileNames.map((name, i) => [name, summary.percentilesUs[i]! / 1000]),
    ),
    max: summary.maxUs / 1000,
    total: toMs(summary.totalUs),
  };
}

/** Converts a large sum as decimal text: as a number it would be rounded, and its quotient once more. */
function toMs(us: bigint): number {
  return us <= Number.MAX_SAFE_INTEGER ? Number(us) / 1000 : Number(`${us}e-3`);
}
