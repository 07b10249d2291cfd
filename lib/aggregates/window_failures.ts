import { isClient } from "../records/has_client.ts";
import { UNCOUNTED } from "../records/key_column.ts";
import type { RecordBatch } from "../records/record_batch.ts";
import { PairCounts } from "../sketches/pair_counts.ts";
import {
  type PairCount,
  type PairCountsOptions,
  type PairCountsParts,
  PairCountsRows,
  type PairCountsState,
} from "../sketches/pair_counts_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { encodeText } from "../tables/encode_text.ts";
import { TextCounts } from "../tables/keys/text_counts.ts";
import { readObject } from "../tables/read_state.ts";
import { MAX_FAILED_PAIRS } from "./capacities.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { isFailed } from "./outcome_counts.ts";

/** By what failed requests of a window are told apart. */
export const FAILURE_KINDS = ["endpoints", "statuses", "clients"] as const;

/** By what failed requests of a window are told apart: their endpoint, their status or their client. */
export type FailureKind = typeof FAILURE_KINDS[number];

/** How many requests of one endpoint, status or client failed, most first. */
export interface FailedCount {
  /** The endpoint, the status or the client. */
  readonly text: string;
  /** How many of its requests failed; at most so many. */
  readonly failed: number;
  /** How many of these may be others'; 0 if the number is exact. */
  readonly error: number;
}

/** The aggregate as JSON: a table of pairs for each kind. */
export type WindowFailuresState = Readonly<Record<FailureKind, PairCountsState>>;

/** The fields of `WindowFailures` as typed arrays, to transfer to another thread. */
export type WindowFailuresParts = Readonly<Record<FailureKind, PairCountsParts | undefined>>;

/**
 * Counts the failed requests of windows by endpoint, by status and by client.
 *
 * All counts are exact while the pairs of a window and an endpoint fit, and those of the other kinds. Above that, pairs
 * with the fewest failures are evicted, see {@linkcode PairCounts}. A window in which fewer requests failed than a pair
 * may have lost by then is not begun: what happens in it is within the bound.
 */
export class WindowFailures {
  readonly #options: PairCountsOptions;
  /** The pairs of each kind; absent where nothing of it failed, as in most of many states that are merged. */
  readonly #tables: Partial<Record<FailureKind, PairCounts>> = {};

  /** Makes counts of no requests, with room for `maxPairs` pairs of each kind, and at most 80,000. */
  constructor(maxPairs: number, hashKey: HashKey) {
    this.#options = { capacity: Math.min(maxPairs, MAX_FAILED_PAIRS), hashKey };
  }

  /** Makes counts of the fields of others with the same `maxPairs`. */
  static ofParts(parts: WindowFailuresParts, maxPairs: number, hashKey: HashKey): WindowFailures {
    const failures = new WindowFailures(maxPairs, hashKey);
    for (const kind of FAILURE_KINDS) {
      const its = parts[kind];
      if (its !== undefined) failures.#tables[kind] = PairCounts.ofParts(its, failures.#options);
    }
    return failures;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): WindowFailuresParts {
    return ofKinds((kind) => this.#tables[kind]?.toParts());
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
    const endpoints = this.#table("endpoints"), statuses = this.#table("statuses");
    const clients = this.#table("clients");
    const { bytes, statusCodes, capacity } = records;
    if (failed.length < capacity) makeRoom(capacity);
    const ofEndpoints = skippedOf(endpoints, index, before);
    const ofStatuses = skippedOf(statuses, index, before);
    const ofClients = skippedOf(clients, index, before);
    const first = Math.min(ofEndpoints, ofStatuses, ofClients);
    // Of a log of many windows most are skipped.
    if (first >= end - row) return;
    let count = 0;
    for (let i = row; i < end; i++) if (isFailed(statusCodes[i]!)) failed[count++] = i;
    if (first >= count) return;
    const { endpoints: targeted, statuses: ended, clients: known } = runs;
    targeted.begin(bytes);
    ended.begin(STATUS_DIGITS);
    known.begin(bytes);
    const { starts, ends, slots } = records.endpoints;
    const { starts: ipStarts, ends: ipEnds, slots: ipSlots } = records.ips;
    // The same as the functions in `PUT`, which would be called a million times here.
    for (let i = first; i < count; i++) {
      const at = failed[i]!, slot = slots[at]!, status = statusCodes[at]!;
      const ipStart = ipStarts[at]!, ipEnd = ipEnds[at]!;
      if (i >= ofEndpoints && slot !== UNCOUNTED) targeted.add(starts[at]!, ends[at]!, slot);
      if (i >= ofStatuses) ended.add(3 * status, 3 * status + 3, status);
      if (i >= ofClients && isClient(bytes, ipStart, ipEnd)) {
        known.add(ipStart, ipEnd, ipSlots[at]!);
      }
    }
    const ofWindow = { index, before, count };
    put(endpoints, "endpoints", ofWindow, records);
    put(statuses, "statuses", ofWindow, records);
    put(clients, "clients", ofWindow, records);
  }

  /** Is called with each slot of an endpoint or a client that another gets: forgets which had it. */
  forgetAlias(kind: "endpoints" | "clients", slot: number): void {
    this.#tables[kind]?.forgetAlias(slot);
  }

  /** Adds all that another with the same `maxPairs` has; that one is not changed. */
  merge(other: WindowFailures): void {
    for (const kind of FAILURE_KINDS) {
      const its = other.#tables[kind];
      if (its !== undefined) this.#table(kind).merge(its);
    }
  }

  /** How many failed requests of a window a kind may lack, or have too many; 0 if all are exact. */
  boundOf(kind: FailureKind): number {
    return this.#tables[kind]?.bound ?? 0;
  }

  /** What failed in a window, most failures first, then by code point. */
  ofWindow(kind: FailureKind, index: number): FailedCount[] {
    return sorted(this.#tables[kind]?.aboveOf(index, 0) ?? []);
  }

  /** What failed in the windows from `first` to `last`, most failures first, then by code point. */
  ofWindows(kind: FailureKind, first: number, last: number): FailedCount[] {
    const sums = new Map<string, { readonly text: string; count: number; error: number }>();
    for (const { number, text, count, error } of this.#tables[kind]?.above(0) ?? []) {
      if (number < first || number > last) continue;
      const sum = sums.get(text) ?? { text, count: 0, error: 0 };
      sum.count += count;
      sum.error += error;
      sums.set(text, sum);
    }
    return sorted(sums.values());
  }

  /** Its JSON form. */
  toJSON(): WindowFailuresState {
    return ofKinds((kind) => (this.#tables[kind] ?? new PairCounts(this.#options)).toJSON());
  }

  /**
   * Makes counts of their JSON form.
   *
   * @throws {SyntaxError} If `value` is not the JSON form of counts with this `maxPairs`.
   */
  static fromJSON(value: unknown, maxPairs: number, hashKey: HashKey): WindowFailures {
    const state = readObject(value, "failures"), failures = new WindowFailures(maxPairs, hashKey);
    for (const kind of FAILURE_KINDS) {
      const rows = new PairCountsRows(state[kind]),
        isEmpty = rows.texts.length + rows.bound() === 0;
      if (!isEmpty) failures.#tables[kind] = PairCounts.fromJSON(state[kind], failures.#options);
    }
    return failures;
  }

  #table(kind: FailureKind): PairCounts {
    return this.#tables[kind] ??= new PairCounts(this.#options);
  }
}

/**
 * How many of the next failed rows of a window are skipped: those that come before more failed than an evicted pair may
 * have, if the window has no pair.
 */
function skippedOf(pairs: PairCounts, index: number, before: number): number {
  return before >= pairs.bound || pairs.has(index) ? 0 : pairs.bound - before;
}

interface FailedRows {
  readonly index: number;
  readonly before: number;
  readonly count: number;
}

/** Counts the texts of a run; where pairs are evicted in its midst, one by one: whoever splits it must find the same. */
function put(pairs: PairCounts, kind: FailureKind, rows: FailedRows, records: RecordBatch): void {
  const run = runs[kind], { size, textBytes } = run;
  if (size === 0) return;
  if (pairs.hasRoomFor(size, textBytes)) pairs.addRun(rows.index, run, 0, size);
  else putOneByOne(pairs, kind, rows, records);
}

function putOneByOne(
  pairs: PairCounts,
  kind: FailureKind,
  { index, before, count }: FailedRows,
  records: RecordBatch,
): void {
  const run = runs[kind], { bytes } = run;
  for (let i = skippedOf(pairs, index, before); i < count; i++) {
    run.begin(bytes);
    PUT[kind](records, failed[i]!);
    if (run.size > 0) pairs.addRun(index, run, 0, 1);
    i = Math.max(i, skippedOf(pairs, index, before) - 1);
  }
}

function putEndpoint({ endpoints: { starts, ends, slots } }: RecordBatch, row: number): void {
  if (slots[row] !== UNCOUNTED) runs.endpoints.add(starts[row]!, ends[row]!, slots[row]!);
}

function putStatus({ statusCodes }: RecordBatch, row: number): void {
  const status = statusCodes[row]!;
  runs.statuses.add(3 * status, 3 * status + 3, status);
}

function putClient({ bytes, ips: { starts, ends, slots } }: RecordBatch, row: number): void {
  const start = starts[row]!, end = ends[row]!;
  if (isClient(bytes, start, end)) runs.clients.add(start, end, slots[row]!);
}

/** Adds the text of a row, if it has one, to the run of its kind. */
const PUT = { endpoints: putEndpoint, statuses: putStatus, clients: putClient };

function sorted(pairs: Iterable<Pick<PairCount, "text" | "count" | "error">>): FailedCount[] {
  return Array.from(pairs, ({ text, count: failed, error }) => ({ text, failed, error }))
    .sort((a, b) => b.failed - a.failed || compareCodePoints(a.text, b.text));
}

function ofKinds<One>(make: (kind: FailureKind) => One): Readonly<Record<FailureKind, One>> {
  return { endpoints: make("endpoints"), statuses: make("statuses"), clients: make("clients") };
}

/** Scratch space, shared by all instances: calls do not nest. For the rows that failed, and for their texts. */
let failed = new Int32Array(), runs = ofKinds(() => new TextCounts(0));

function makeRoom(rows: number): void {
  failed = new Int32Array(rows);
  runs = ofKinds(() => new TextCounts(rows));
}

/** The digits of each status, those of `status` from the index `3 * status` on. */
const STATUS_DIGITS = new Uint8Array(3000);
for (let status = 100; status < 1000; status++) encodeText(`${status}`, STATUS_DIGITS, 3 * status);
