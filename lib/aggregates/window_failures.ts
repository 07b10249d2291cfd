import { isClient } from "../records/has_client.ts";
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
import { encodeText } from "../tables/encode_text.ts";
import { TextCounts } from "../tables/keys/text_counts.ts";
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
    const { statusCodes, capacity } = records, first = skippedOf(pairs, index, before);
    // Of a log of many windows most are skipped.
    if (first >= end - row) return;
    if (failed.length < capacity) {
      failed = new Int32Array(capacity);
      run = new TextCounts(FAILURE_KINDS.length * capacity);
    }
    let count = 0;
    for (let i = row; i < end; i++) if (isFailed(statusCodes[i]!)) failed[count++] = i;
    if (first >= count) return;
    run.beginCopies();
    putRows(records, first, count);
    if (pairs.hasRoomFor(run.size, run.textBytes)) {
      pairs.addRun(index, run, 0, run.size);
      return;
    }
    // Pairs are evicted in their midst: whoever splits the rows must find the same.
    for (let i = first; i < count; i++) {
      run.beginCopies();
      putRows(records, i, i + 1);
      for (let text = 0; text < run.size; text++) pairs.addRun(index, run, text, text + 1);
      i = Math.max(i, skippedOf(pairs, index, before) - 1);
    }
  }

  /** Is called with each slot of an endpoint or a client that another gets: forgets which had it. */
  forgetAlias(kind: "endpoints" | "clients", slot: number): void {
    this.#pairs?.forgetAlias(FAILURE_KINDS.length * slot + FAILURE_KINDS.indexOf(kind));
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

/** Puts the endpoint, the status and the client of failed rows into the run. */
function putRows(records: RecordBatch, first: number, end: number): void {
  const { bytes, endpoints, ips, statusCodes } = records, kinds = FAILURE_KINDS.length;
  for (let i = first; i < end; i++) {
    const row = failed[i]!, slot = endpoints.slots[row]!, status = statusCodes[row]!;
    if (slot !== UNCOUNTED) {
      const alias = slot < 0 ? -1 : kinds * slot;
      run.addCopy(ENDPOINT, bytes, endpoints.starts[row]!, endpoints.ends[row]!, alias);
    }
    run.addCopy(STATUS, STATUS_DIGITS, 3 * status, 3 * status + 3, kinds * status + 1);
    const start = ips.starts[row]!, ipEnd = ips.ends[row]!, client = ips.slots[row]!;
    if (isClient(bytes, start, ipEnd)) {
      run.addCopy(CLIENT, bytes, start, ipEnd, client < 0 ? -1 : kinds * client + 2);
    }
  }
}

/** Scratch space, shared by all instances: calls do not nest. For the rows that failed, and for their texts. */
let failed = new Int32Array(), run = new TextCounts(0);

/** The digits of each status, those of `status` from the index `3 * status` on. */
const STATUS_DIGITS = new Uint8Array(3000);
for (let status = 100; status < 1000; status++) encodeText(`${status}`, STATUS_DIGITS, 3 * status);
