import type { AnalysisState } from "../aggregates/analysis_state.ts";
import { murmurHash3 } from "../tables/hashes/murmur_hash3.ts";
import type { StateSettings } from "./settings.ts";
import type { Shard } from "./shard.ts";

/** The format's name and version. Whoever meets another version refuses it: it may mean anything. */
export const STATE_FORMAT = "http-log-state/1";

/**
 * What is known of some input, as one line of JSON; merged with the states of the other input it
 * gives the report on all of it. The last member is `checksum`, see {@linkcode checksum}, of all bytes
 * that stand before its comma.
 */
export interface State {
  /** {@linkcode STATE_FORMAT}. */
  readonly state: string;
  /** What it depends on. */
  readonly settings: StateSettings;
  /** What was found. */
  readonly analysis: AnalysisState;
  /** What was read that has a name, by code point of it. */
  readonly shards: readonly Shard[];
  /** How many pieces of input were read that have none. */
  readonly unnamed: number;
}

/**
 * Sums bytes up, against accidents: MurmurHash3 with the seeds 0x9747b28c and 0x3c6ef372, 16
 * hexadecimal digits.
 */
export function checksum(bytes: Uint8Array): string {
  return [0x9747B28C, 0x3C6EF372]
    .map((seed) => murmurHash3(bytes, bytes.length, seed).toString(16).padStart(8, "0"))
    .join("");
}
