import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { MAX_CLIENTS, MAX_ENDPOINTS, MAX_PAIRS, MAX_WINDOWS } from "./capacities.ts";
import { EXACT_PERCENTILES_UP_TO } from "./durations/duration_stats.ts";
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

/** An option that the answers depend on: analyses merge if all of these are equal. */
export type SettingName = Exclude<keyof AnalysisOptions, "hashKey">;

/** What a state calls a setting, and its range. */
export interface Setting {
  /** Its name in a state. */
  readonly inState:
    | "window"
    | "suspicious"
    | "max_endpoints"
    | "max_clients"
    | "max_windows"
    | "max_pairs"
    | "exact_percentiles_up_to";
  /** The least that it may be, an integer. */
  readonly least: number;
  /** The most that it may be; any safe integer if there is none. */
  readonly most?: number;
}

/** All settings, in the order in which a state has them. */
export const SETTINGS: Readonly<Record<SettingName, Setting>> = {
  windowUs: { inState: "window", least: 1 },
  suspiciousOver: { inState: "suspicious", least: 0 },
  maxEndpoints: { inState: "max_endpoints", least: 1 },
  maxClients: { inState: "max_clients", least: 1 },
  maxWindows: { inState: "max_windows", least: 2 },
  maxPairs: { inState: "max_pairs", least: 2 },
  // So many are at most held as they are, each at its own place.
  exactPercentilesUpTo: { inState: "exact_percentiles_up_to", least: 0, most: 2 ** 20 },
};

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
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    if (one[name] !== other[name]) {
      throw new RangeError(
        `Cannot merge analyses: ${name} is ${one[name]} in one, ${other[name]} in the other, ` +
          `and must be equal`,
      );
    }
  }
}
