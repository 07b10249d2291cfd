import { hasTarget } from "../records/has_target.ts";
import { GONE, UNCOUNTED } from "../records/key_column.ts";
import { decodeText, type RecordBatch } from "../records/record_batch.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import {
  type SpaceSavingOptions,
  type SpaceSavingParts,
  type SpaceSavingState,
} from "../sketches/space_saving_state.ts";
import { readInteger, readList, readObject } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { countAll } from "./count_all.ts";
import {
  type DurationState,
  DurationStats,
  type DurationStatsParts,
} from "./durations/duration_stats.ts";
import type { DurationSummary } from "./durations/duration_summary.ts";
import {
  failures,
  isFailed,
  type OutcomeCounts,
  OutcomeTable,
  type OutcomeTableParts,
  type OutcomeTableState,
} from "./outcome_counts.ts";

/** The capacity in endpoints, the key of their hashes, and how exact percentiles are. */
export interface EndpointsOptions extends Omit<SpaceSavingOptions, "onNewKey"> {
  /** Up to how many response times of an endpoint its percentiles are exact. */
  readonly exactUpTo: number;
}

/** The figures of one endpoint. */
export interface EndpointSummary extends OutcomeCounts {
  /** The request target. */
  readonly endpoint: string;
  /** How many of its requests may be another endpoint's; 0 if the figures are exact. */
  readonly requestsError: number;
  /** Its response times, or `null` if none was logged. */
  readonly responseTime: DurationSummary | null;
}

/** The aggregate as JSON; each endpoint that has a slot has a row in all columns. */
export interface EndpointsState {
  /** The endpoints and their requests. */
  readonly keys: SpaceSavingState;
  /** How the requests ended that are surely the endpoint's own. */
  readonly outcomes: OutcomeTableState;
  /** How long these requests took. */
  readonly times: readonly DurationState[];
  /** How many requests had a target, also those to endpoints without a row. */
  readonly requests: number;
  /** How many of the requests with a target failed. */
  readonly failed: number;
  /** How many requests had no target. */
  readonly without_endpoint: number;
}

/** The fields of `Endpoints` as typed arrays, to transfer to another thread. */
export interface EndpointsParts {
  /** The endpoints and their requests. */
  readonly keys: SpaceSavingParts;
  /** For each slot, how the requests ended that are surely its endpoint's own. */
  readonly outcomes: OutcomeTableParts;
  /** For each slot, how long these requests took. */
  readonly times: DurationStatsParts;
  /** How many requests had a target, also those to endpoints without a slot. */
  readonly requests: number;
  /** How many of the requests with a target failed. */
  readonly failed: number;
  /** How many requests had no target. */
  readonly withoutEndpoint: number;
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
  #outcomes = new OutcomeTable();
  #times: DurationStats;
  readonly #options: EndpointsOptions;
  // Counts over all endpoints, also those without a slot.
  #requests = 0;
  #failed = 0;
  #withoutEndpoint = 0;

  /** Makes the aggregate of no records. */
  constructor(options: EndpointsOptions) {
    this.#options = options;
    this.#keys = new SpaceSaving(this.#ofKeys());
    this.#times = new DurationStats(options.exactUpTo);
  }

  /** Makes the aggregate of the fields of another with the same options. */
  static ofParts(parts: EndpointsParts, options: EndpointsOptions): Endpoints {
    const endpoints = new Endpoints(options);
    endpoints.#keys = SpaceSaving.ofParts(parts.keys, endpoints.#ofKeys());
    endpoints.#outcomes = OutcomeTable.ofParts(parts.outcomes);
    endpoints.#times = DurationStats.ofParts(parts.times, options.exactUpTo);
    endpoints.#requests = parts.requests;
    endpoints.#failed = parts.failed;
    endpoints.#withoutEndpoint = parts.withoutEndpoint;
    return endpoints;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): EndpointsParts {
    return {
      keys: this.#keys.toParts(),
      outcomes: this.#outcomes.toParts(),
      times: this.#times.toParts(),
      requests: this.#requests,
      failed: this.#failed,
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
  add({ size, endpoints: { slots }, statusCodes, responseTimesUs }: RecordBatch): void {
    for (let row = 0; row < size; row++) {
      const slot = slots[row]!, statusCode = statusCodes[row]!;
      if (slot === UNCOUNTED) {
        this.#withoutEndpoint++;
        continue;
      }
      this.#requests++;
      if (isFailed(statusCode)) this.#failed++;
      if (slot !== GONE) this.#outcomes.add(slot, statusCode);
    }
    this.#times.addAll(responseTimesUs, slots, size);
  }

  /** Adds all that another with the same options has; that one is not changed. */
  merge(other: Endpoints): void {
    this.#withoutEndpoint += other.#withoutEndpoint;
    this.#requests += other.#requests;
    this.#failed += other.#failed;
    this.#keys.merge(other.#keys, (slot, otherSlot) => {
      this.#outcomes.join(slot, other.#outcomes, otherSlot);
      this.#times.merge(other.#times, slot, otherSlot);
    });
  }

  /** Its JSON form. */
  toJSON(): EndpointsState {
    const slots = this.#keys.sorted();
    return {
      keys: this.#keys.toJSON(),
      outcomes: this.#outcomes.stateOf(slots),
      times: Array.from(slots, (slot) => this.#times.stateOf(slot)),
      requests: this.#requests,
      failed: this.#failed,
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
    endpoints.#outcomes = OutcomeTable.fromJSON(state["outcomes"], keys.size);
    for (const [slot, times] of readList(state, "times", keys.size).entries()) {
      endpoints.#times.readJSON(times, slot);
    }
    endpoints.#requests = readInteger(state, "requests", 0);
    endpoints.#failed = readInteger(state, "failed", 0);
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
      const { text, count, error } = this.#keys.entryAt(slot);
      yield {
        ...this.#outcomes.at(slot),
        endpoint: text,
        requests: count,
        requestsError: error,
        responseTime: this.#times.result(percentiles, slot),
      };
    }
  }

  /** Whether the percentiles of all endpoints that have a slot are exact. */
  arePercentilesExact(): boolean {
    for (let slot = 0; slot < this.#keys.size; slot++) if (!this.#times.isExact(slot)) return false;
    return true;
  }

  /** Counts requests with a target that are in no row: their endpoint was evicted. 0 up to `capacity` endpoints. */
  other(): { readonly requests: number; readonly failed: number } {
    const rows = this.#outcomes.total(this.#keys.size);
    return { requests: this.#requests - rows.requests, failed: this.#failed - failures(rows) };
  }

  /** How many requests an endpoint without a slot may have had at most; no error of a count is larger. */
  get bound(): number {
    return this.#keys.bound;
  }

  /** How many requests had no target, see {@linkcode hasTarget}. */
  withoutEndpoint(): number {
    return this.#withoutEndpoint;
  }

  #ofKeys(): SpaceSavingOptions {
    const { capacity, hashKey } = this.#options;
    const onNewKey = (slot: number) => {
      this.#outcomes.clear(slot);
      this.#times.clear(slot);
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
