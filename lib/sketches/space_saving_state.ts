import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import type { Column } from "../tables/json_columns.ts";
import type { KeyStoreParts, NumberStoreParts } from "../tables/keys/keys.ts";
import type { Numbers } from "../tables/number_column.ts";
import { readInteger, readIntegers, readObject, readTexts, wrong } from "../tables/read_state.ts";

/** The options of a summary. */
export interface SpaceSavingOptions {
  /** How many keys the summary holds, at least 1. */
  readonly capacity: number;
  /** The secret key of the hash function. */
  readonly hashKey: HashKey;
  /** Whether keys are numbers alone, without texts, which is faster. */
  readonly areNumbers?: boolean;
  /** Is called with each slot that gets a new key, before the key is counted. */
  readonly onNewKey?: ((slot: number) => void) | undefined;
}

/** A key that came often, and the most and the fewest times it may have come. */
export interface HeavyHitter {
  /** The number of the key. */
  readonly number: number;
  /** The text of the key. */
  readonly text: string;
  /** Its slot, 0 to `capacity` − 1, by which the caller may keep more data of the key. */
  readonly slot: number;
  /** The most times it may have come. */
  readonly count: number;
  /** By how much `count` may be too high: it came at least `count - error` times. */
  readonly error: number;
}

/** The fields of a `SpaceSaving` as typed arrays, to transfer to another thread. */
export interface SpaceSavingParts {
  /** The keys. */
  readonly keys: KeyStoreParts | NumberStoreParts;
  /** For each slot, the most times its key may have come. */
  readonly counts: Numbers;
  /** For each slot, by how much its count may be too high. */
  readonly errors: Numbers;
  /** The most times a key that is not held may have come. */
  readonly missing: number;
}

/** A summary as JSON: columns, keys ascending. A column of nothing but 0 or "" is left out. */
export interface SpaceSavingState {
  /** The most times a key that is not held may have come. */
  readonly missing: number;
  /** The numbers of the keys. */
  readonly numbers?: Column<number>;
  /** The texts of the keys. */
  readonly texts?: Column<string>;
  /** For each key, the most times it may have come. */
  readonly counts: Column<number>;
  /** For each key, by how much its count may be too high. */
  readonly errors?: Column<number>;
}

/** The rows of a summary's JSON form. */
export interface SpaceSavingRows {
  /** Reads the most times a key that is not held may have come. */
  readonly bound: () => number;
  /** How many keys there are. */
  readonly length: number;
  /** Returns a key and its counts. */
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
 * @param value The parsed JSON.
 * @param capacity The most keys it may have.
 * @returns The rows.
 * @throws {SyntaxError} If `value` is not one, or has more keys than `capacity`.
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
    // Read last: errors of the keys are reported first.
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
