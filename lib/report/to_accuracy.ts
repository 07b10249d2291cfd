import type { Analysis } from "../aggregates/analysis.ts";
import { PERCENTILE_ACCURACY } from "../aggregates/durations/duration_stats.ts";
import { NAME_BYTES } from "../records/limit_keys.ts";
import type { Accuracy, Report } from "./report.ts";

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
