import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { MAX_CLIENTS, MAX_ENDPOINTS, MAX_PAIRS, MAX_WINDOWS } from "./capacities.ts";
import { EXACT_PERCENTILES_UP_TO } from "./durations/duration_stats.ts";
import { SLOW_OVER_US, type WindowOptions } from "./window_options.ts";

/** The options of an analysis: those of windows, its capacities, and the key of its hashes. */
export interface AnalysisOptions extends WindowOptions {
  /** Up to how many endpoints all figures are exact (20,000). */
  readonly maxEndpoints?: number;
  /** Up to how many clients all figures are exact (200,000). */
  readonly maxClients?: number;
  /** Up to how many response times of one kind percentiles are exact (32). */
  readonly exactPercentilesUpTo?: number;
  /** Which of a list of addresses counts as the client (the first). */
  readonly client?: "first" | "last";
  /** Which records count, as the options that say it (an empty text: all). */
  readonly selection?: string;
  /**
   * The key of the hash function. If it is drawn at random, nobody can write a log whose keys collide.
   * No result depends on it.
   */
  readonly hashKey?: HashKey;
}

/** An option that the answers depend on: analyses merge if all of these are equal. */
export type SettingName = Exclude<keyof AnalysisOptions, "hashKey">;

/** The name of a setting in a state, and its words or its range. */
export interface Setting {
  /** Its name in a state. */
  readonly inState:
    | "window"
    | "suspicious"
    | "slow"
    | "max_endpoints"
    | "max_clients"
    | "max_windows"
    | "max_pairs"
    | "exact_percentiles_up_to"
    | "client"
    | "selection";
  /** Whether it is any text, and left out where that is empty. */
  readonly isText?: true;
  /** The words that it may be; absent if it is an integer. */
  readonly words?: readonly string[];
  /** The smallest allowed value of an integer (0). */
  readonly least?: number;
  /** The largest allowed value; absent if any safe integer is allowed. */
  readonly most?: number;
}

/** All settings, in the order in which a state has them. */
export const SETTINGS: Readonly<Record<SettingName, Setting>> = {
  windowUs: { inState: "window", least: 1 },
  suspiciousOver: { inState: "suspicious", least: 0 },
  slowOverUs: { inState: "slow", least: 0 },
  maxEndpoints: { inState: "max_endpoints", least: 1 },
  maxClients: { inState: "max_clients", least: 1 },
  maxWindows: { inState: "max_windows", least: 2 },
  maxPairs: { inState: "max_pairs", least: 2 },
  // Each row of a sketch has an array of this length, of 8 bytes a value.
  exactPercentilesUpTo: { inState: "exact_percentiles_up_to", least: 0, most: 2 ** 20 },
  client: { inState: "client", words: ["first", "last"] },
  selection: { inState: "selection", isText: true },
};

/** Returns the options, with defaults for those that are absent. */
export function withDefaults(options: AnalysisOptions): Required<AnalysisOptions> {
  return {
    hashKey: [0, 0],
    slowOverUs: SLOW_OVER_US,
    maxEndpoints: MAX_ENDPOINTS,
    maxClients: MAX_CLIENTS,
    maxWindows: MAX_WINDOWS,
    maxPairs: MAX_PAIRS,
    exactPercentilesUpTo: EXACT_PERCENTILES_UP_TO,
    client: "first",
    selection: "",
    ...options,
  };
}

/**
 * Asserts that an analysis with the options `one` and an analysis with the options `other` may be
 * merged.
 *
 * @throws {RangeError} If an option other than `hashKey` differs.
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
