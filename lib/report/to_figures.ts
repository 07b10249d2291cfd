import { formatTimestamp } from "../../schema.ts";
import type { Analysis } from "../aggregates/analysis.ts";
import { PERCENTILE_ACCURACY } from "../aggregates/durations/duration_stats.ts";
import type { DurationSummary } from "../aggregates/durations/duration_summary.ts";
import { failures, type OutcomeCounts } from "../aggregates/outcome_counts.ts";
import { NAME_BYTES } from "../records/limit_keys.ts";
import type { Accuracy, FailureCounts, Report, ResponseTimeReport } from "./report.ts";

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

/** Writes an instant, in microseconds since 1970, as ISO 8601. */
export function toInstant(timestampUs: number): string {
  return `${formatTimestamp(timestampUs)}Z`;
}

/** Writes an instant at which a window begins: without a fraction if it has whole seconds. */
export function toWindowBound(timestampUs: number): string {
  if (timestampUs % 1_000_000 !== 0) return toInstant(timestampUs);
  // There may be a hundred thousand windows, many on each day: the last date is cached.
  const day = Math.floor(timestampUs / DAY_US), second = timestampUs / 1_000_000 - day * 86_400;
  if (day !== lastDay) {
    lastDate = new Date(day * 86_400_000).toISOString().replace("00:00:00.000Z", "");
    lastDay = day;
  }
  const hour = Math.floor(second / 3600), minute = Math.floor(second / 60) % 60;
  return `${lastDate}${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second % 60)}Z`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

const DAY_US = 86_400_000_000;
let lastDay = NaN, lastDate = "";

/**
 * Returns which figures of a report are not exact, and how far each may be off.
 *
 * @param analysis The analysis that the report is made of.
 * @returns The figures by name, the names sorted; empty if all figures are exact.
 */
export function toAccuracy(analysis: Analysis): Report["accuracy"] {
  const { clients, endpoints, windows, responseTimes, kinds, outcomes } = analysis.answers;
  const ofRoutes = endpoints.routesBound();
  const slowLeft = windows.slowLeft(outcomes.result().slow), requestsLeft = windows.requestsLeft();
  const [ofClients, ofEndpoints] = [clients.bound, endpoints.bound];
  const doubts: readonly (readonly [name: string, isInDoubt: boolean, accuracy: Accuracy])[] = [
    ["clients.distinct", ofClients > 0, { kind: "standard_error", bound: clients.standardError() }],
    ["clients.top.requests", ofClients > 0, { kind: "absolute", bound: ofClients }],
    ["endpoints.outcomes", ofRoutes > 0, { kind: "absolute", bound: ofRoutes }],
    ["endpoints.requests", ofEndpoints > 0, { kind: "absolute", bound: ofEndpoints }],
    [
      "endpoints.response_time.percentiles",
      !endpoints.arePercentilesExact(),
      PERCENTILES,
    ],
    ["keys", analysis.hasCutKeys, { kind: "prefix_bytes", bound: NAME_BYTES }],
    ["methods", kinds.methodsBound() > 0, {
      kind: "absolute",
      bound: kinds.methodsBound(),
    }],
    ["response_time.percentiles", !responseTimes.arePercentilesExact(), PERCENTILES],
    ["response_time_steps.percentiles", !responseTimes.areStepsExact(), PERCENTILES],
    ["slowest_window", slowLeft > 0, { kind: "absolute", bound: slowLeft }],
    ["suspicious_ips", windows.suspiciousBound() > 0, {
      kind: "absolute",
      bound: windows.suspiciousBound(),
    }],
    ...FAILURE_BOUNDS.map((name) => {
      const bound = windows.failuresBound();
      return [name, bound > 0, { kind: "absolute", bound }] as const;
    }),
    ["worst_window", windows.worstBound() > 0, { kind: "absolute", bound: windows.worstBound() }],
    ["worst_window.total_requests", requestsLeft > 0, { kind: "absolute", bound: requestsLeft }],
  ];
  return Object.fromEntries(
    doubts.filter(([, isInDoubt]) => isInDoubt).map(([name, , accuracy]) => [name, accuracy]),
  );
}

const PERCENTILES: Accuracy = { kind: "relative", bound: PERCENTILE_ACCURACY };

/** The figures of the worst window that depend on what failed in windows. */
const FAILURE_BOUNDS: readonly string[] = [
  "worst_window.failed_endpoints",
  "worst_window.suspicious_clients.failed_requests",
];
