import type { AnalysisState } from "../aggregates/analysis_state.ts";
import { murmurHash3 } from "../tables/hashes/murmur_hash3.ts";
import type { StateSettings } from "./settings.ts";
import type { Shard } from "./shard.ts";

/** The name and version of the format. Readers refuse any other version, as its members may mean anything. */
export const STATE_FORMAT = "http-log-state/2";

/**
 * The analysis of a part of the input, as one line of JSON. The states of all parts merge into the report on
 * the whole input. The last member is `checksum`: the {@linkcode checksum} of all bytes before its comma.
 */
export interface State {
  /** {@linkcode STATE_FORMAT}. */
  readonly state: string;
  /** The settings of the analysis. */
  readonly settings: StateSettings;
  /** The analysis. */
  readonly analysis: AnalysisState;
  /** The pieces of input that have a name, by code point of the name. */
  readonly shards: readonly Shard[];
  /** How many pieces of input have no name. */
  readonly unnamed: number;
}

/**
 * Returns the checksum of bytes, which detects accidental damage: MurmurHash3 with the seeds 0x9747b28c and
 * 0x3c6ef372, as 16 hexadecimal digits.
 */
export function checksum(bytes: Uint8Array): string {
  return [0x9747B28C, 0x3C6EF372]
    .map((seed) => murmurHash3(bytes, bytes.length, seed).toString(16).padStart(8, "0"))
    .join("");
}
