import { compareCodePoints } from "../aggregates/compare_code_points.ts";
import { type Evidence, instantOf } from "./evidence.ts";
import type { Weighed } from "./finding.ts";

/** How many times the requests of the median client of its window a noisy client makes at least. */
export const LEAST_RATIO = 10;

/** How many requests a noisy client makes at least in a window. */
export const LEAST_REQUESTS = 30;

/** A window of fewer clients has no median that means something. */
export const LEAST_CLIENTS = 3;

/** How many clients are named at most: where many are noisy, noise is what is usual. */
export const NAMED_CLIENTS = 3;

/** What failed in a window is told of a client that made at least this share of it. */
export const LEAST_SHARE = 0.8;

/** How many endpoints are named. */
export const NAMED_ENDPOINTS = 3;

interface Noise {
  readonly windows: number;
  readonly peak: { readonly index: number; readonly requests: number; readonly median: number };
}

/**
 * `noisy_client`: a client that makes at least {@linkcode LEAST_REQUESTS} requests in a window, and
 * {@linkcode LEAST_RATIO} times as many as the median client of it. A scanner, a crawler or a loop is told from a busy
 * office by how much of what it asks for fails.
 */
export function findNoisyClients({ analysis, windowUs, failed: allFailed }: Evidence): Weighed[] {
  const { windows, clients } = analysis.answers, noisy = new Map<string, Noise>();
  for (const client of windows.busyClients(LEAST_REQUESTS, LEAST_RATIO)) {
    const { index, ip, requests, median, distinct } = client;
    if (distinct < LEAST_CLIENTS) continue;
    const before = noisy.get(ip), peak = { index, requests, median };
    const isHigher = before === undefined || requests > before.peak.requests ||
      requests === before.peak.requests && index < before.peak.index;
    noisy.set(ip, {
      windows: (before?.windows ?? 0) + 1,
      peak: isHigher ? peak : before.peak,
    });
  }
  const loudest = [...noisy].sort(([ip, a], [otherIp, b]) =>
    b.peak.requests - a.peak.requests || compareCodePoints(ip, otherIp)
  );
  return loudest.slice(0, NAMED_CLIENTS).map(([ip, { windows: count, peak }]) => {
    const all = clients.of(ip), isKnown = all?.requestsError === 0;
    const startUs = peak.index * windowUs;
    const inWindow = (kind: "clients" | "endpoints") =>
      windows.failedIn(kind, startUs, startUs + windowUs);
    const failedThere = inWindow("clients"), own = failedThere.of(new Set([ip])).get(ip);
    const isAll = own !== undefined && own >= LEAST_SHARE * failedThere.failed;
    const endpoints = isAll ? inWindow("endpoints") : undefined;
    const failed = isKnown ? all.failed : 0;
    return {
      finding: {
        rule: "noisy_client",
        severity: isKnown && 2 * failed >= all.requests && 2 * failed >= allFailed
          ? "error"
          : "warning",
        subject: ip,
        ip,
        window: instantOf(startUs),
        requests_in_window: peak.requests,
        median_in_window: peak.median,
        windows: count,
        requests: isKnown ? all.requests : null,
        failed_requests: isKnown ? all.failed : null,
        failed_endpoints: endpoints?.first(NAMED_ENDPOINTS).map(({ text }) => text) ?? [],
        failed_endpoints_distinct: endpoints?.distinct ?? 0,
      },
      weight: isKnown ? all.requests : peak.requests,
    };
  });
}
