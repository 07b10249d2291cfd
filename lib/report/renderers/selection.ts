import type { EndpointReport, Report, SuspiciousIpReport } from "../report.ts";
import { percentiles, type ShownPercentile } from "./figures.ts";
import type { EndpointOrder } from "./text_options.ts";

/** How many endpoints that never fail are named at most. */
export const NAMED_HEALTHY = 20;

/** The endpoints of a report that may be shown, and how many others there are. */
export interface SelectedEndpoints {
  /** Those that come first in the order, one more than a list shows. */
  readonly rows: readonly EndpointReport[];
  /** How many are in the list that these are the first of. */
  readonly listed: number;
  /** How many endpoints failed. */
  readonly failing: number;
  /** Those that never failed, where they share a line. */
  readonly healthy: {
    readonly size: number;
    readonly requests: number;
    /** The first of them. */
    readonly names: readonly string[];
  };
}

/** The suspicious clients of a report that may be shown. */
export interface SelectedIps {
  /** Those that come first, one more than a list shows. */
  readonly rows: readonly SuspiciousIpReport[];
  /** How many requests the last of all made in a window; `undefined` if there are so many that to look takes long. */
  readonly lastPeak: number | undefined;
}

/** By what endpoints are sorted, the highest first. */
const FIGURES: Readonly<Record<EndpointOrder, (row: EndpointReport) => number>> = {
  failed: (row) => row.failed_requests,
  rate: (row) => row.error_rate,
  requests: (row) => row.requests,
  slow: (row) => row.slow_requests,
  p95: (row) => percentileOf(row)?.ms ?? -1,
  time: (row) => row.response_time?.total ?? -1,
};

/** Whether those that never fail share a line: where failures are what counts. */
export function isByFailures(order: EndpointOrder): boolean {
  return order === "failed" || order === "rate";
}

/**
 * Selects the endpoints that may be shown, in one pass: a report is laid out many times for a small terminal, and the
 * texts of all its endpoints take more memory than their figures.
 *
 * @param report The report.
 * @param order By what they are sorted; of equal ones those with more failures come first, then a higher error rate.
 * @param top How many rows a list shows.
 */
export function selectEndpoints(
  { endpoints }: Report,
  order: EndpointOrder,
  top: number,
): SelectedEndpoints {
  const figureOf = FIGURES[order], kept = top + 1, names: string[] = [];
  let first: { readonly row: EndpointReport; readonly figure: number }[] = [];
  let failing = 0, healthy = 0, requests = 0;
  const keepFirst = () => {
    first.sort((a, b) => b.figure - a.figure || byFailures(a.row, b.row));
    first = first.slice(0, kept);
  };
  for (const row of endpoints) {
    if (row.failed_requests > 0) failing++;
    else if (isByFailures(order)) {
      healthy++;
      requests += row.requests;
      if (names.length < NAMED_HEALTHY) names.push(row.endpoint);
      continue;
    }
    first.push({ row, figure: figureOf(row) });
    if (first.length >= 2 * kept + MARGIN) keepFirst();
  }
  keepFirst();
  return {
    rows: first.map(({ row }) => row),
    listed: endpoints.length - healthy,
    failing,
    healthy: { size: healthy, requests, names },
  };
}

/** How many more rows are gathered before they are sorted. */
const MARGIN = 100;

function byFailures(a: EndpointReport, b: EndpointReport): number {
  return b.failed_requests - a.failed_requests || b.error_rate - a.error_rate;
}

/** Selects the suspicious clients that may be shown, in one pass. */
export function selectIps({ suspicious_ips: ips }: Report, top: number): SelectedIps {
  if (ips.length > MOST_IPS) {
    return { rows: Iterator.from(ips).take(top + 1).toArray(), lastPeak: undefined };
  }
  const rows: SuspiciousIpReport[] = [];
  let lastPeak: number | undefined;
  for (const row of ips) {
    if (rows.length <= top) rows.push(row);
    lastPeak = row.peak_requests;
  }
  return { rows, lastPeak };
}

const MOST_IPS = 100_000;

/** The percentile that is shown of an endpoint: the 95th, or else the highest. */
export function percentileOf(row: EndpointReport): ShownPercentile | undefined {
  const all = percentiles(row.response_time);
  return all.find(({ name }) => name === "p95") ?? all.at(-1);
}
