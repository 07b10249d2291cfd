import { hasTarget } from "../records/absent_values.ts";
import { GONE, UNCOUNTED } from "../records/key_column.ts";
import { decodeText, type RecordBatch } from "../records/record_batch.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import type { SpaceSavingOptions } from "../sketches/space_saving_state.ts";
import { readInteger, readList, readObject } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { countAll } from "./count_all.ts";
import { DurationStats } from "./durations/duration_stats.ts";
import type {
  EndpointCounts,
  EndpointsParts,
  EndpointsState,
  EndpointSummary,
  EndpointTimes,
} from "./endpoints_state.ts";
import { failures, isFailed, OutcomeTable } from "./outcome_counts.ts";
import { Routes } from "./routes.ts";

/** The capacity in endpoints, the key of their hashes, how exact percentiles are, and what is slow. */
export interface EndpointsOptions extends SpaceSavingOptions {
  /** Up to how many response times of an endpoint its percentiles are exact. */
  readonly exactUpTo: number;
  /** A request that took longer than so many microseconds is slow. */
  readonly slowOverUs: number;
}

/**
 * How is each endpoint doing: how many requests, how many failed, how long did they take?
 *
 * Up to `capacity` endpoints all figures are exact. If there are more, it keeps the heavy hitters, see
 * {@linkcode SpaceSaving}.
 */
export class Endpoints implements Aggregate<Endpoints, EndpointsState, EndpointsParts> {
  #keys: SpaceSaving;
  // For each slot, the requests that are surely its endpoint's own.
  #outcomes: OutcomeTable;
  // How long those took that did not fail, and those that did: failures are often fast.
  #times: DurationStats;
  /** Absent where nothing that failed took a time, as in most of many states that are merged. */
  #failedTimes: DurationStats | undefined;
  // Their methods and statuses.
  #routes: Routes;
  readonly #options: EndpointsOptions;
  // Counts over all endpoints, also those without a slot.
  #requests = 0;
  #failed = 0;
  #slow = 0;
  #withoutEndpoint = 0;

  /** Makes the aggregate of no records. */
  constructor(options: EndpointsOptions) {
    this.#options = options;
    this.#keys = new SpaceSaving(this.#ofKeys());
    this.#outcomes = new OutcomeTable(options.slowOverUs);
    this.#times = new DurationStats(options.exactUpTo);
    this.#routes = new Routes(options.hashKey);
  }

  /** Makes the aggregate of the fields of another with the same options. */
  static ofParts(parts: EndpointsParts, options: EndpointsOptions): Endpoints {
    const endpoints = new Endpoints(options);
    endpoints.#keys = SpaceSaving.ofParts(parts.keys, endpoints.#ofKeys());
    endpoints.#outcomes = OutcomeTable.ofParts(parts.outcomes, options.slowOverUs);
    endpoints.#times = DurationStats.ofParts(parts.times, options.exactUpTo);
    if (parts.failedTimes !== undefined) {
      endpoints.#failedTimes = DurationStats.ofParts(parts.failedTimes, options.exactUpTo);
    }
    endpoints.#routes = Routes.ofParts(parts.routes, options.hashKey);
    endpoints.#requests = parts.requests;
    endpoints.#failed = parts.failed;
    endpoints.#slow = parts.slow;
    endpoints.#withoutEndpoint = parts.withoutEndpoint;
    return endpoints;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): EndpointsParts {
    return {
      keys: this.#keys.toParts(),
      outcomes: this.#outcomes.toParts(),
      times: this.#times.toParts(),
      failedTimes: this.#failedTimes?.toParts(),
      routes: this.#routes.toParts(),
      requests: this.#requests,
      failed: this.#failed,
      slow: this.#slow,
      withoutEndpoint: this.#withoutEndpoint,
    };
  }

  /** Counts the endpoints of a batch, and writes the slot of each; one that is no target has no slot. */
  resolve({ size, bytes, endpoints }: RecordBatch): void {
    const { starts, ends } = endpoints;
    const mayTake = (row: number) => isTarget(bytes, starts[row]!, ends[row]!);
    countAll(this.#keys, bytes, endpoints, size, mayTake);
  }

  /** Counts how each request to an endpoint ended, and how long it took. */
  add(records: RecordBatch): void {
    const { size, bytes, methods, endpoints: { slots }, statusCodes, responseTimesUs } = records;
    const { slowOverUs } = this.#options, { methodIds } = this.#routes;
    for (let row = 0; row < size; row++) {
      const slot = slots[row]!, statusCode = statusCodes[row]!;
      if (slot === UNCOUNTED) {
        this.#withoutEndpoint++;
        continue;
      }
      this.#requests++;
      const us = responseTimesUs[row]!, hasFailed = isFailed(statusCode);
      if (hasFailed) this.#failed++;
      if (us > slowOverUs) this.#slow++;
      if (slot === GONE) continue;
      this.#outcomes.add(slot, statusCode, us);
      if (us >= 0) (hasFailed ? this.#ofFailed() : this.#times).add(us, slot);
      const methodId = methodIds.idOf(bytes, methods, row);
      this.#routes.add(slot, methodId, statusCode);
    }
  }

  /** Adds all that another with the same options has; that one is not changed. */
  merge(other: Endpoints): void {
    this.#withoutEndpoint += other.#withoutEndpoint;
    this.#requests += other.#requests;
    this.#failed += other.#failed;
    this.#slow += other.#slow;
    this.#keys.merge(other.#keys, (slot, otherSlot) => {
      this.#outcomes.join(slot, other.#outcomes, otherSlot);
      this.#times.merge(other.#times, slot, otherSlot);
      if (other.#failedTimes !== undefined) {
        this.#ofFailed().merge(other.#failedTimes, slot, otherSlot);
      }
      this.#routes.join(slot, other.#routes, otherSlot);
    });
  }

  /** Its JSON form. */
  toJSON(): EndpointsState {
    const slots = this.#keys.sorted();
    return {
      keys: this.#keys.toJSON(),
      outcomes: this.#outcomes.stateOf(slots),
      times: Array.from(slots, (slot) => this.#times.stateOf(slot)),
      ...this.#hasFailedTimes()
        ? { failed_times: Array.from(slots, (slot) => this.#ofFailed().stateOf(slot)) }
        : {},
      routes: this.#routes.stateOf(slots),
      requests: this.#requests,
      failed: this.#failed,
      slow: this.#slow,
      without_endpoint: this.#withoutEndpoint,
    };
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If `value` is not the JSON form of endpoints with these options.
   */
  static fromJSON(value: unknown, options: EndpointsOptions): Endpoints {
    const state = readObject(value, "endpoints");
    const endpoints = new Endpoints(options);
    // Row `i` of a summary that was read has slot `i`.
    const keys = endpoints.#keys = SpaceSaving.fromJSON(state["keys"], endpoints.#ofKeys());
    endpoints.#outcomes = OutcomeTable.fromJSON(
      state["outcomes"],
      keys.size,
      options.slowOverUs,
    );
    for (const [slot, times] of readList(state, "times", keys.size).entries()) {
      endpoints.#times.readJSON(times, slot);
    }
    const failedTimes = state["failed_times"] === undefined
      ? []
      : readList(state, "failed_times", keys.size);
    for (const [slot, times] of failedTimes.entries()) endpoints.#ofFailed().readJSON(times, slot);
    endpoints.#routes = Routes.fromJSON(state["routes"], keys.size, options.hashKey);
    endpoints.#requests = readInteger(state, "requests", 0);
    endpoints.#failed = readInteger(state, "failed", 0);
    endpoints.#slow = readInteger(state, "slow", 0);
    endpoints.#withoutEndpoint = readInteger(state, "without_endpoint", 0);
    return endpoints;
  }

  /** How many endpoints have a slot: all of them unless some were evicted. */
  get size(): number {
    return this.#keys.size;
  }

  /**
   * Yields the endpoints that have a slot.
   *
   * @param percentiles Which percentiles of the response times, each from 0 to 100.
   * @param most How many endpoints to yield at most.
   * @returns The endpoints with most requests first, then by code point; the first is the busiest.
   */
  *result(percentiles: readonly number[], most: number = this.size): Generator<EndpointSummary> {
    for (const slot of this.#keys.ranked(most)) {
      const times = () => this.#timesAt(slot, percentiles);
      yield { ...this.#countsAt(slot), times };
    }
  }

  /** Yields those of which at least `least` requests failed, without response times, in the same order. */
  *failing(least: number): Generator<EndpointCounts> {
    for (const slot of this.#keys.ranked(this.size)) {
      if (this.#outcomes.failuresAt(slot) >= least) yield this.#countsAt(slot);
    }
  }

  #countsAt(slot: number): EndpointCounts {
    const { text, count, error } = this.#keys.entryAt(slot);
    return {
      ...this.#outcomes.at(slot),
      endpoint: text,
      requests: count,
      requestsError: error,
      routes: this.#routes.result(slot),
      routesOther: this.#routes.othersOf(slot),
    };
  }

  #timesAt(slot: number, percentiles: readonly number[]): EndpointTimes {
    const successful = this.#times.result(percentiles, slot);
    const failed = this.#failedTimes?.result(percentiles, slot) ?? null;
    const all = successful === null || failed === null
      ? successful ?? failed
      : this.#times.resultWith(this.#ofFailed(), percentiles, slot);
    return { all, successful, failed };
  }

  /** Whether the percentiles of all endpoints that have a slot are exact. */
  arePercentilesExact(): boolean {
    const { exactUpTo } = this.#options;
    for (let slot = 0; slot < this.#keys.size; slot++) {
      const failed = this.#failedTimes?.countOf(slot) ?? 0;
      if (this.#times.countOf(slot) + failed > exactUpTo) return false;
    }
    return true;
  }

  /** Counts requests with a target that are in no row: their endpoint was evicted. 0 up to `capacity` endpoints. */
  other(): Readonly<Record<"requests" | "failed" | "slow", number>> {
    const rows = this.#outcomes.total(this.#keys.size);
    return {
      requests: this.#requests - rows.requests,
      failed: this.#failed - failures(rows),
      slow: this.#slow - rows.slow,
    };
  }

  /** By how much the count of a method and a status of an endpoint may be too low; 0 if all had room. */
  routesBound(): number {
    let bound = 0;
    for (let slot = 0; slot < this.#keys.size; slot++) {
      bound = Math.max(bound, this.#routes.othersOf(slot));
    }
    return bound;
  }

  /** How many requests an endpoint without a slot may have had at most; no error of a count is larger. */
  get bound(): number {
    return this.#keys.bound;
  }

  /** How many requests had no target, see {@linkcode hasTarget}. */
  withoutEndpoint(): number {
    return this.#withoutEndpoint;
  }

  #ofFailed(): DurationStats {
    return this.#failedTimes ??= new DurationStats(this.#options.exactUpTo);
  }

  #hasFailedTimes(): boolean {
    for (let slot = 0; slot < this.#keys.size; slot++) {
      if ((this.#failedTimes?.countOf(slot) ?? 0) > 0) return true;
    }
    return false;
  }

  #ofKeys(): SpaceSavingOptions {
    const { capacity, hashKey, onNewKey: tell } = this.#options;
    const onNewKey = (slot: number) => {
      tell?.(slot);
      this.#outcomes.clear(slot);
      this.#times.clear(slot);
      this.#failedTimes?.clear(slot);
      this.#routes.clear(slot);
    };
    return { capacity, hashKey, onNewKey };
  }
}

/** The same as {@linkcode hasTarget} of the decoded bytes; most endpoints, of printable ASCII, are not decoded. */
function isTarget(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at]! >= 0x20 && bytes[at]! < 0x7F) at++;
  return at === end && end - start > 1 || hasTarget(decodeText(bytes, start, end));
}
