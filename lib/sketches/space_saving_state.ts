import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import type { Column } from "../tables/json_column.ts";
import type { KeyStoreParts, NumberStoreParts } from "../tables/keys/keys.ts";
import type { Numbers } from "../tables/number_column.ts";
import { readInteger, readIntegers, readObject, readTexts, wrong } from "../tables/read_state.ts";

/** For how many keys there is room, and what keeps them from colliding. */
export interface SpaceSavingOptions {
  /** For how many keys there is room, at least 1. */
  readonly capacity: number;
  /** What hashes of keys depend on. */
  readonly hashKey: HashKey;
  /** Whether keys are numbers alone, without texts: then it is quicker. */
  readonly areNumbers?: boolean;
  /** Is called with a slot that gets a new key, before the key is counted. */
  readonly onNewKey?: ((slot: number) => void) | undefined;
}

/** A key that came often, and how often at most and at least. */
export interface HeavyHitter {
  /** The number of the key. */
  readonly number: number;
  /** The text of the key. */
  readonly text: string;
  /** Where its owner may keep what else it knows of it, 0 to `capacity` − 1. */
  readonly slot: number;
  /** At most so often it came. */
  readonly count: number;
  /** At least `count - error` times it came. */
  readonly error: number;
}

/** What a summary is made of. */
export interface SpaceSavingParts {
  /** The keys. */
  readonly keys: KeyStoreParts | NumberStoreParts;
  /** Of each slot, how often its key came at most. */
  readonly counts: Numbers;
  /** Of each slot, by how much that may be too high. */
  readonly errors: Numbers;
  /** How often a key that is missing may have come. */
  readonly missing: number;
}

/** A summary as JSON: a column of each figure, keys ascending; a column of nothing but 0 or "" is left out. */
export interface SpaceSavingState {
  /** How often a key that is missing may have come. */
  readonly missing: number;
  /** The numbers of the keys. */
  readonly numbers?: Column<number>;
  /** The texts of the keys. */
  readonly texts?: Column<string>;
  /** How often they came at most. */
  readonly counts: Column<number>;
  /** By how much that may be too high. */
  readonly errors?: Column<number>;
}

/** What a summary's JSON form tells. */
export interface SpaceSavingRows {
  /** How often a key that is missing may have come. */
  readonly bound: () => number;
  /** How many keys there are. */
  readonly length: number;
  /** A key and its counts. */
  readonly row: (
    at: number,
  ) => {
    readonly number: number;
    readonly text: string;
    readonly count: number;
    readonly error: number;
  };
}

/**
 * Reads the JSON form of a summary.
 *
 * @param value What was parsed.
 * @param capacity How many keys there may be.
 * @throws {SyntaxError} If it is none.
 */
export function readSpaceSavingState(value: unknown, capacity: number): SpaceSavingRows {
  const state = readObject(value, "a Space-Saving summary");
  const counts = readIntegers(state, "counts", { least: 0 });
  const { length } = counts;
  if (length > capacity) throw wrong("counts", `at most ${capacity} items`);
  const column = (name: string, least: number) =>
    state[name] === undefined ? undefined : readIntegers(state, name, { least, length });
  const numbers = column("numbers", -Number.MAX_SAFE_INTEGER);
  const errors = column("errors", 0);
  const texts = state["texts"] === undefined ? undefined : readTexts(state, "texts", length);
  return {
    // Last, so that what is wrong with the keys is told first.
    bound: () => readInteger(state, "missing", 0),
    length,
    row: (at) => ({
      number: numbers?.[at] ?? 0,
      text: texts?.at(at) ?? "",
      count: counts[at]!,
      error: errors?.[at] ?? 0,
    }),
  };
}
