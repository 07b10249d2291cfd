import type { EndpointCounts } from "../aggregates/endpoints_state.ts";
import { failures, isFailed } from "../aggregates/outcome_counts.ts";
import type { RouteCount } from "../aggregates/routes.ts";
import { zOfShares } from "./chance.ts";
import type { Evidence } from "./evidence.ts";
import type { FailingRoute, Weighed } from "./finding.ts";

/** A route or an endpoint of fewer requests is not judged: some always fail by chance. */
export const LEAST_REQUESTS = 30;

/** An endpoint of fewer failures is not judged. */
export const LEAST_FAILURES = 5;

/** How often the rate of the rest an endpoint's rate must be, so that it stands out. */
export const LEAST_RATIO = 5;

/** By how much an endpoint's rate must be above that of the rest: a point, as five times nearly nothing is still little. */
export const LEAST_DIFFERENCE = 0.01;

/** By how many standard errors: at 5, chance makes less than one in a million endpoints stand out. */
export const LEAST_Z = 5;

/** How many routes a finding names. */
export const NAMED_ROUTES = 10;

/**
 * `never_succeeds`: routes (method and endpoint) of at least {@linkcode LEAST_REQUESTS} requests, all of which failed.
 * Such a route is a page that is gone, a method that is not allowed, a handler that always throws: one cause, and often
 * most of all failures.
 */
export function findNeverSucceeds({ analysis, failed }: Evidence): Weighed[] {
  const endpoints = analysis.answers.endpoints.failing(LEAST_REQUESTS);
  // Routes of as many requests stay in the order of their endpoints.
  const routes = endpoints.flatMap(routesThatFail).toArray()
    .sort((a, b) => b.requests - a.requests);
  if (routes.length === 0) return [];
  const requests = routes.reduce((sum, route) => sum + route.requests, 0);
  const hasServerErrors = routes.some(({ statuses }) => statuses.some(isServerError));
  const subject = routes.slice(0, 3).map(({ method, endpoint }) => `${method} ${endpoint}`);
  return [{
    finding: {
      rule: "never_succeeds",
      severity: hasServerErrors ? "error" : "warning",
      subject: subject.join(", "),
      distinct: routes.length,
      failed_requests: requests,
      share_of_failures: requests / failed,
      routes: routes.slice(0, NAMED_ROUTES),
    },
    weight: requests,
  }];
}

/**
 * `failing_endpoint`: an endpoint of at least {@linkcode LEAST_REQUESTS} requests and {@linkcode LEAST_FAILURES}
 * failures, whose rate is at least {@linkcode LEAST_RATIO} times that of the rest, at least
 * {@linkcode LEAST_DIFFERENCE} above it, and beyond chance. What fails as often as everything else has no cause of its
 * own.
 *
 * An endpoint all of whose failures are those of routes that never succeed is told by `never_succeeds` alone, and one
 * that stands out only as failures burst out, by `failure_burst`.
 *
 * @param evidence What there is to look at.
 * @param burst The failures of an endpoint that are those of a burst, if there is one.
 */
export function findFailingEndpoints(
  { analysis, total, failed: allFailed }: Evidence,
  burst?: { readonly endpoint: string; readonly failed: number },
): Weighed[] {
  const endpoints = analysis.answers.endpoints.failing(LEAST_FAILURES);
  return endpoints.flatMap((counts): Weighed[] => {
    const requests = counts.requests - counts.requestsError, failed = failures(counts);
    const rest = [allFailed - failed, total.requests - requests] as const;
    const rate = failed / requests, rateOfRest = rest[1] === 0 ? 0 : rest[0] / rest[1];
    const inBurst = burst?.endpoint === counts.endpoint ? Math.min(burst.failed, failed) : 0;
    if (!standsOut([failed - inBurst, requests - inBurst], rest)) return [];
    const never = routesThatFail(counts).reduce((sum, route) => sum + route.requests, 0);
    if (never === failed) return [];
    return [{
      finding: {
        rule: "failing_endpoint",
        severity: 2 * counts.failed5xx >= failed ? "error" : "warning",
        subject: counts.endpoint,
        endpoint: counts.endpoint,
        requests,
        failed_requests: failed,
        error_rate: rate,
        error_rate_of_rest: rateOfRest,
      },
      weight: failed,
    }];
  }).toArray();
}

/** Whether some failures of some requests are far more than those of the rest, and beyond chance. */
function standsOut(
  [failed, requests]: readonly [failed: number, requests: number],
  rest: readonly [failed: number, requests: number],
): boolean {
  if (requests < LEAST_REQUESTS || failed < LEAST_FAILURES) return false;
  const rate = failed / requests, rateOfRest = rest[1] === 0 ? 0 : rest[0] / rest[1];
  const isFar = rate >= LEAST_RATIO * rateOfRest && rate >= rateOfRest + LEAST_DIFFERENCE;
  return isFar && zOfShares([failed, requests], rest) > LEAST_Z;
}

/** The routes of an endpoint that had enough requests and never succeeded. */
function routesThatFail(
  { endpoint, routes, routesOther, requestsError }: EndpointCounts,
): FailingRoute[] {
  // Requests that are not told apart, or may be another endpoint's, may have succeeded.
  if (routesOther > 0 || requestsError > 0) return [];
  const byMethod = Map.groupBy(routes, ({ method }: RouteCount) => method);
  return [...byMethod].flatMap(([method, kinds]) => {
    const requests = kinds.reduce((sum, kind) => sum + kind.requests, 0);
    if (requests < LEAST_REQUESTS || !kinds.every((kind) => isFailed(kind.statusCode))) return [];
    return [{ method, endpoint, statuses: kinds.map((kind) => kind.statusCode), requests }];
  });
}

function isServerError(status: number): boolean {
  return status >= 500 && status < 600;
}
