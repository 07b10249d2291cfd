/** How many requests there were and how they ended. */
export interface OutcomeCounts {
  /** All of them. */
  requests: number;
  /** Those with status 400–499. */
  failed4xx: number;
  /** Those with status 500–599. */
  failed5xx: number;
  /** Those with status 600–999, which fail without belonging to a class. */
  failedOther: number;
}

/** Counts of nothing. */
export function noOutcomes(): OutcomeCounts {
  return { requests: 0, failed4xx: 0, failed5xx: 0, failedOther: 0 };
}

/** Forgets all that was counted. */
export function clearOutcomes(counts: OutcomeCounts): void {
  counts.requests =
    counts.failed4xx =
    counts.failed5xx =
    counts.failedOther =
      0;
}

/**
 * Counts one request.
 *
 * @param counts Where to count it.
 * @param statusCode Its status, 100–999.
 */
export function addOutcome(counts: OutcomeCounts, statusCode: number): void {
  counts.requests++;
  if (!isFailed(statusCode)) return;
  if (statusCode < 500) counts.failed4xx++;
  else if (statusCode < 600) counts.failed5xx++;
  else counts.failedOther++;
}

/** Adds the second counts to the first. */
export function mergeOutcomes(into: OutcomeCounts, from: OutcomeCounts): void {
  into.requests += from.requests;
  into.failed4xx += from.failed4xx;
  into.failed5xx += from.failed5xx;
  into.failedOther += from.failedOther;
}

/** Tells whether a request with this status failed: 400 and above. */
export function isFailed(statusCode: number): boolean {
  return statusCode >= 400;
}

/** How many failed. */
export function failures(counts: OutcomeCounts): number {
  return counts.failed4xx + counts.failed5xx + counts.failedOther;
}
