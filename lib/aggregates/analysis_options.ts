import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { MAX_CLIENTS, MAX_ENDPOINTS, MAX_PAIRS, MAX_WINDOWS } from "./capacities.ts";
import { EXACT_PERCENTILES_UP_TO } from "./duration_stats.ts";
import type { WindowOptions } from "./window_options.ts";

/** What an analysis depends on, and how much it may hold. */
export interface AnalysisOptions extends WindowOptions {
  /** Up to how many endpoints all figures are exact (20,000). */
  readonly maxEndpoints?: number;
  /** Up to how many clients all figures are exact (200,000). */
  readonly maxClients?: number;
  /** Up to how many response times of one kind percentiles are exact (32). */
  readonly exactPercentilesUpTo?: number;
  /**
   * What hashes depend on. Drawn at random it keeps a log from having keys that collide; it never
   * shows in a result.
   */
  readonly hashKey?: HashKey;
}

/** The same options, and the usual ones for those that are not told. */
export function withDefaults(options: AnalysisOptions): Required<AnalysisOptions> {
  return {
    hashKey: [0, 0],
    maxEndpoints: MAX_ENDPOINTS,
    maxClients: MAX_CLIENTS,
    maxWindows: MAX_WINDOWS,
    maxPairs: MAX_PAIRS,
    exactPercentilesUpTo: EXACT_PERCENTILES_UP_TO,
    ...options,
  };
}

/**
 * Asserts that analyses of some options and of others may be merged.
 *
 * @throws {RangeError} If the options differ: the answers would not be of one kind.
 */
export function assertMergeable(one: AnalysisOptions, other: AnalysisOptions): void {
  for (const name of MERGEABLE) {
    if (one[name] !== other[name]) {
      throw new RangeError(
        `Cannot merge analyses: ${name} is ${one[name]} in one, ${other[name]} in the other, ` +
          `and must be equal`,
      );
    }
  }
}

/** The options that must be equal in analyses that merge. */
const MERGEABLE = [
  "windowUs",
  "suspiciousOver",
  "maxEndpoints",
  "maxClients",
  "maxWindows",
  "maxPairs",
  "exactPercentilesUpTo",
] as const;
