import { isClient } from "../records/absent_values.ts";
import { UNCOUNTED } from "../records/key_column.ts";
import type { RecordBatch } from "../records/record_batch.ts";
import { PairCounts } from "../sketches/pair_counts.ts";
import {
  type PairCountsOptions,
  type PairCountsParts,
  PairCountsRows,
  type PairCountsState,
} from "../sketches/pair_counts_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import type { TextPlace } from "../tables/keys/aliases.ts";
import { encodeText } from "../tables/text_bytes.ts";
import { MAX_FAILED_PAIRS } from "./capacities.ts";
import { FailedCounts } from "./failed_counts.ts";
import { isFailed } from "./outcome_counts.ts";

/** By what failed requests of a window are told apart. */
export const FAILURE_KINDS = ["endpoints", "statuses", "clients"] as const;

/** By what failed requests of a window are told apart: their endpoint, their status or their client. */
export type FailureKind = typeof FAILURE_KINDS[number];

/** The aggregate as JSON: a table of pairs, whose texts begin with the letter of their kind, see {@linkcode LETTERS}. */
export type WindowFailuresState = PairCountsState;

/** The fields of `WindowFailures` as typed arrays, to transfer to another thread; `undefined` if nothing failed. */
export type WindowFailuresParts = PairCountsParts | undefined;

/** The letter that the texts of a kind begin with. */
export const LETTERS: Readonly<Record<FailureKind, string>> = {
  endpoints: "e",
  statuses: "s",
  clients: "c",
};

const KINDS = FAILURE_KINDS.length;
const [ENDPOINT, STATUS, CLIENT] = FAILURE_KINDS.map((kind) => LETTERS[kind].charCodeAt(0)) as [
  number,
  number,
  number,
];

/**
 * Counts the failed requests of windows by endpoint, by status and by client.
 *
 * All counts are exact while the pairs of a window and an endpoint, a status or a client fit. Above that, pairs with the
 * fewest failures are evicted, see {@linkcode PairCounts}. A window in which fewer requests failed than a pair may have
 * lost by then is not begun: what happens in it is within the bound.
 */
export class WindowFailures {
  readonly #options: PairCountsOptions;
  /** The pairs; absent where nothing failed, as in most of many states that are merged. */
  #pairs: PairCounts | undefined;

  /** Makes counts of no requests, with room for `maxPairs` pairs, and at most 240,000. */
  constructor(maxPairs: number, hashKey: HashKey) {
    this.#options = { capacity: Math.min(maxPairs, MAX_FAILED_PAIRS), hashKey };
  }

  /** Makes counts of the fields of others with the same `maxPairs`. */
  static ofParts(parts: WindowFailuresParts, maxPairs: number, hashKey: HashKey): WindowFailures {
    const failures = new WindowFailures(maxPairs, hashKey);
    if (parts !== undefined) failures.#pairs = PairCounts.ofParts(parts, failures.#options);
    return failures;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): WindowFailuresParts {
    return this.#pairs?.toParts();
  }

  /**
   * Counts the failed requests among the rows from `row` to `end`, which are of one window.
   *
   * @param index The index of the window.
   * @param before How many requests of the window may have failed before.
   * @param records The batch, whose endpoints and clients are resolved.
   * @param row The first row.
   * @param end The row behind the last.
   */
  addRun(index: number, before: number, records: RecordBatch, row: number, end: number): void {
    const pairs = this.#pairs ??= new PairCounts(this.#options);
    const { statusCodes } = records;
    let skipped = skippedOf(pairs, index, before);
    // Of a log of many windows most are skipped.
    if (skipped >= end - row) return;
    for (let i = row, bound = pairs.bound, failed = 0; i < end; i++) {
      if (!isFailed(statusCodes[i]!) || failed++ < skipped) continue;
      addRow(pairs, index, records, i);
      if (pairs.bound === bound) continue;
      bound = pairs.bound;
      skipped = skippedOf(pairs, index, before);
    }
  }

  /** Is called with each slot of an endpoint or a client that another gets: forgets which had it. */
  forgetAlias(kind: "endpoints" | "clients", slot: number): void {
    this.#pairs?.forgetAlias(KINDS * slot + FAILURE_KINDS.indexOf(kind));
  }

  /** Adds all that another with the same `maxPairs` has; that one is not changed. */
  merge(other: WindowFailures): void {
    if (other.#pairs === undefined) return;
    this.#pairs ??= new PairCounts(this.#options);
    this.#pairs.merge(other.#pairs);
  }

  /** How many failed requests of a window a count may be off; 0 if all are exact. */
  get bound(): number {
    return this.#pairs?.bound ?? 0;
  }

  /** What failed in a window. */
  ofWindow(kind: FailureKind, index: number): FailedCounts {
    return new FailedCounts(LETTERS[kind], this.#pairs?.aboveOf(index, 0) ?? []);
  }

  /** What failed in the windows from `first` to `last`. */
  ofWindows(kind: FailureKind, first: number, last: number): FailedCounts {
    const inside = Iterator.from(this.#pairs?.above(0) ?? [])
      .filter(({ number }) => number >= first && number <= last);
    return new FailedCounts(LETTERS[kind], inside);
  }

  /** Its JSON form. */
  toJSON(): WindowFailuresState {
    return (this.#pairs ?? new PairCounts(this.#options)).toJSON();
  }

  /**
   * Makes counts of their JSON form.
   *
   * @throws {SyntaxError} If `value` is not the JSON form of counts with this `maxPairs`.
   */
  static fromJSON(value: unknown, maxPairs: number, hashKey: HashKey): WindowFailures {
    const failures = new WindowFailures(maxPairs, hashKey), rows = new PairCountsRows(value);
    const isEmpty = rows.texts.length + rows.bound() === 0;
    if (!isEmpty) failures.#pairs = PairCounts.fromJSON(value, failures.#options);
    return failures;
  }
}

/**
 * How many of the next failed rows of a window are skipped: those that come before more failed than an evicted pair may
 * have, if the window has no pair.
 */
function skippedOf(pairs: PairCounts, index: number, before: number): number {
  return before >= pairs.bound || pairs.has(index) ? 0 : pairs.bound - before;
}

/** Counts the endpoint, the status and the client of a row. */
function addRow(pairs: PairCounts, index: number, records: RecordBatch, row: number): void {
  const { bytes, endpoints, ips } = records, status = records.statusCodes[row]!;
  const endpoint = KINDS * endpoints.slots[row]!;
  if (!pairs.addAlias(index, endpoint) && endpoints.slots[row] !== UNCOUNTED) {
    const text = withLetter(ENDPOINT, bytes, endpoints.starts[row]!, endpoints.ends[row]!);
    pairs.addText(index, text, endpoint);
  }
  if (!pairs.addAlias(index, KINDS * status + 1)) {
    const text = withLetter(STATUS, STATUS_DIGITS, 3 * status, 3 * status + 3);
    pairs.addText(index, text, KINDS * status + 1);
  }
  const client = KINDS * ips.slots[row]! + 2, start = ips.starts[row]!, end = ips.ends[row]!;
  if (!pairs.addAlias(index, client) && isClient(bytes, start, end)) {
    pairs.addText(index, withLetter(CLIENT, bytes, start, end), client);
  }
}

/** Returns a letter and the bytes from `start` to `end`; valid until it is called again. */
function withLetter(letter: number, bytes: Uint8Array, start: number, end: number): TextPlace {
  const length = 1 + end - start;
  if (length > scratch.length) scratch = new Uint8Array(2 * length);
  scratch[0] = letter;
  scratch.set(bytes.subarray(start, end), 1);
  return { bytes: scratch, start: 0, end: length };
}

/** Scratch space for a text, shared by all instances. */
let scratch = new Uint8Array(2048);

/** The digits of each status, those of `status` from the index `3 * status` on. */
const STATUS_DIGITS = new Uint8Array(3000);
for (let status = 100; status < 1000; status++) encodeText(`${status}`, STATUS_DIGITS, 3 * status);
