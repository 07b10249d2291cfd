import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { type Column, JsonColumn } from "../tables/json_columns.ts";
import type { KeyStore } from "../tables/keys/key_store.ts";
import type { KeyStoreParts, NumberStoreParts } from "../tables/keys/keys.ts";
import type { NumberStore } from "../tables/keys/number_store.ts";
import type { PairTable, PairTableParts } from "../tables/pairs/pair_table.ts";
import {
  type Integers,
  type JsonObject,
  readInteger,
  readIntegers,
  readObject,
  readTexts,
  type Texts,
  wrong,
} from "../tables/read_state.ts";

/**
 * How many bytes of UTF-8 the texts, each counted once, may have for each pair of the capacity: a text of
 * 128 bytes for every fifth pair fits.
 */
export const TEXT_BYTES: number = 26;

/** The options of a table of pairs. */
export interface PairCountsOptions {
  /** How many pairs the table holds, at least 2. */
  readonly capacity: number;
  /** The secret key of the hash functions. */
  readonly hashKey: HashKey;
}

/** The fields of a `PairCounts` as typed arrays, to transfer to another thread. */
export interface PairCountsParts {
  /** The numbers; their slots are groups of the table. */
  readonly numbers: NumberStoreParts;
  /** The texts; their slots are items of the table. */
  readonly texts: KeyStoreParts;
  /** The pairs and their counts. */
  readonly pairs: PairTableParts;
  /** The most times a pair that is not held may have come. */
  readonly missing: number;
}

/** How often a pair came: at most `count`, at least `count - error` times. */
export interface PairCount {
  /** The number of the pair. */
  readonly number: number;
  /** The text of the pair. */
  readonly text: string;
  /** The slot of the text: two pairs have the same if they have the same text. */
  readonly item: number;
  /** The most times it may have come. */
  readonly count: number;
  /** By how much `count` may be too high: it came at least `count - error` times. */
  readonly error: number;
}

/** A pair of a table, valid until that changes. Its text is decoded when it is asked for: few of many are. */
export class HeldPair implements PairCount {
  /** The texts of its table. */
  readonly texts: KeyStore;
  /** The slot of its text in them. */
  readonly item: number;
  /** The number of the pair. */
  readonly number: number;
  /** The most times it may have come. */
  readonly count: number;
  /** By how much `count` may be too high. */
  readonly error: number;

  /** Makes the pair of a number and the text of an item. */
  constructor(number: number, texts: KeyStore, item: number, count: number, error: number) {
    this.number = number;
    this.texts = texts;
    this.item = item;
    this.count = count;
    this.error = error;
  }

  /** The text of the pair. */
  get text(): string {
    return this.texts.textAt(this.item);
  }
}

/** A table as JSON: pairs sorted by number, then by code point of the text. */
export interface PairCountsState {
  /** The most times a pair that is not held may have come. */
  readonly missing: number;
  /** The texts, each once, ascending. */
  readonly texts: Column<string>;
  /** The numbers, each once, ascending. */
  readonly numbers: readonly number[];
  /** For each number, how many pairs it has. */
  readonly sizes: readonly number[];
  /** For each pair, the index of its text in `texts`. */
  readonly keys: Column<number>;
  /** For each pair, the most times it may have come. */
  readonly counts: Column<number>;
  /** For each pair, by how much its count may be too high; left out if all are 0. */
  readonly errors?: Column<number>;
}

/**
 * The rows of a table's JSON form. A class, not closures: a generator function made anew for each of
 * ten thousand states would be garbage that the engine collects slowly.
 */
export class PairCountsRows {
  readonly #state: JsonObject;
  /** The texts, each once. */
  readonly texts: Texts;
  readonly #columns: Readonly<Record<"numbers" | "sizes" | "keys" | "counts", Integers>>;
  readonly #errors: Integers | undefined;

  /**
   * Reads a table's JSON form.
   *
   * @throws {SyntaxError} If `value` is not one.
   */
  constructor(value: unknown) {
    const state = this.#state = readObject(value, "a table of pairs");
    const numbers = readIntegers(state, "numbers", { least: -Number.MAX_SAFE_INTEGER });
    const sizes = readIntegers(state, "sizes", { least: 1, length: numbers.length });
    let length = 0;
    for (const size of sizes) length += size;
    this.texts = readTexts(state, "texts");
    const keys = readIntegers(state, "keys", { least: 0, length });
    const counts = readIntegers(state, "counts", { least: 1, length });
    this.#columns = { numbers, sizes, keys, counts };
    const hasErrors = state["errors"] !== undefined;
    this.#errors = hasErrors ? readIntegers(state, "errors", { least: 0, length }) : undefined;
  }

  /**
   * The pairs, in order; `key` is the index of a pair's text in {@linkcode texts}.
   *
   * @throws {SyntaxError} If there is no text at an index.
   */
  *pairs(): Generator<Omit<PairCount, "text" | "item"> & { readonly key: number }> {
    const { numbers, sizes, keys, counts } = this.#columns;
    let i = 0;
    for (let place = 0; place < numbers.length; place++) {
      for (const end = i + sizes[place]!; i < end; i++) {
        const number = numbers[place]!, key = keys[i]!;
        if (key >= this.texts.length) throw wrong("keys", "places in texts");
        yield { number, key, count: counts[i]!, error: this.#errors?.[i] ?? 0 };
      }
    }
  }

  /**
   * The most times a pair that is not held may have come.
   *
   * @throws {SyntaxError} If the JSON form does not have it.
   */
  bound(): number {
    return readInteger(this.#state, "missing", 0);
  }
}

/** Makes the JSON form of a table: the same for the same pairs and counts. */
export function toPairCountsState(
  missing: number,
  numbers: NumberStore,
  store: KeyStore,
  pairs: PairTable,
): PairCountsState {
  const texts = store.sorted(), groups = numbers.sorted();
  const ranks = new Uint32Array(store.end);
  for (const [rank, item] of texts.entries()) ranks[item] = rank;
  const rankAt = (place: number) => ranks[pairs.itemAt(place)]!;
  const places = new Uint32Array(pairs.size);
  let end = 0;
  for (const group of groups) {
    const start = end;
    for (let place = pairs.startOf(group); place < pairs.endOf(group); place++) {
      if (pairs.itemAt(place) !== -1) places[end++] = place;
    }
    places.subarray(start, end).sort((a, b) => rankAt(a) - rankAt(b));
  }
  const errors = new JsonColumn(places, (place) => pairs.errorAt(place));
  return {
    missing,
    texts: new JsonColumn(texts, (item) => store.textAt(item)),
    numbers: Array.from(groups, (group) => numbers.numberAt(group)),
    sizes: Array.from(groups, (group) => pairs.sizeOf(group)),
    keys: new JsonColumn(places, rankAt),
    counts: new JsonColumn(places, (place) => pairs.countAt(place)),
    ...(errors.some((error) => error > 0) ? { errors } : {}),
  };
}
