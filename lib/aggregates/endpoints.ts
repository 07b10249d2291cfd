import type { LogRecord } from "../../schema.ts";
import { SpaceSaving, type SpaceSavingOptions } from "../sketches/space_saving.ts";
import type { Aggregate } from "./aggregate.ts";
import { DurationStats, type DurationSummary } from "./duration_stats.ts";
import { hasTarget } from "./has_target.ts";
import { failures, type OutcomeCounts, OutcomeTable } from "./outcome_counts.ts";

/** How much is held of endpoints. */
export interface EndpointsOptions extends Omit<SpaceSavingOptions, "onTaken"> {
  /** Up to how many response times of an endpoint are held as they are. */
  readonly exactUpTo: number;
}

/** What is known of one endpoint. */
export interface EndpointSummary extends OutcomeCounts {
  /** The request target. */
  readonly endpoint: string;
  /** How many of its requests may be another's; 0 if its figures are exact. */
  readonly requestsError: number;
  /** Its response times, or `null` if none was logged. */
  readonly responseTime: DurationSummary | null;
}

/**
 * How is each endpoint doing: how many requests, how many failed, how long did they take?
 *
 * Up to a number of endpoints all figures are exact; of more it keeps the busiest, see
 * {@linkcode SpaceSaving}.
 */
export class Endpoints implements Aggregate<Endpoints> {
  readonly #keys: SpaceSaving;
  // Of each slot, what is surely the endpoint's own.
  readonly #outcomes = new OutcomeTable();
  readonly #times: DurationStats[] = [];
  readonly #total = new OutcomeTable();
  #withoutEndpoint = 0;

  /** Makes the aggregate of no records. */
  constructor({ capacity, hashKey, exactUpTo }: EndpointsOptions) {
    this.#keys = new SpaceSaving({
      capacity,
      hashKey,
      onTaken: (slot) => {
        this.#outcomes.clear(slot);
        const times = this.#times[slot];
        if (times === undefined) this.#times[slot] = new DurationStats(exactUpTo);
        else times.clear();
      },
    });
  }

  /** Counts one request towards its endpoint. */
  add({ endpoint, statusCode, responseTimeUs }: LogRecord): void {
    if (!hasTarget(endpoint)) {
      this.#withoutEndpoint++;
      return;
    }
    this.#total.add(0, statusCode);
    const slot = this.#keys.add(0, endpoint);
    this.#outcomes.add(slot, statusCode);
    if (responseTimeUs !== undefined) this.#times[slot]!.add(responseTimeUs);
  }

  /** Takes in what another of the same room has. */
  merge(other: Endpoints): void {
    this.#withoutEndpoint += other.#withoutEndpoint;
    this.#total.join(0, other.#total, 0);
    this.#keys.merge(other.#keys, (slot, otherSlot) => {
      this.#outcomes.join(slot, other.#outcomes, otherSlot);
      this.#times[slot]!.merge(other.#times[otherSlot]!);
    });
  }

  /** How many endpoints it holds: all of them if there were not too many. */
  size(): number {
    return this.#keys.size;
  }

  /**
   * The endpoints that it holds.
   *
   * @param percentiles Which percentiles of the response times.
   * @returns Most requests first, then by code point; the first is the busiest.
   */
  *result(percentiles: readonly number[]): Generator<EndpointSummary> {
    for (const slot of this.#keys.ranked()) {
      const { text, count, error } = this.#keys.entryAt(slot);
      yield {
        ...this.#outcomes.at(slot),
        endpoint: text,
        requests: count,
        requestsError: error,
        responseTime: this.#times[slot]!.result(percentiles),
      };
    }
  }

  /** Whether the percentiles of all endpoints that it holds are exact. */
  arePercentilesExact(): boolean {
    return this.#times.every((times) => times.isExact());
  }

  /** The requests to an endpoint that are not surely those of a row: none below the cap. */
  other(): { readonly requests: number; readonly failed: number } {
    const [all, rows] = [this.#total.at(0), this.#outcomes.total(this.#keys.size)];
    return { requests: all.requests - rows.requests, failed: failures(all) - failures(rows) };
  }

  /** The most requests that an endpoint can have without a row, and the largest error of a row. */
  bound(): number {
    return this.#keys.bound;
  }

  /** How many requests had no target, see {@linkcode hasTarget}. */
  withoutEndpoint(): number {
    return this.#withoutEndpoint;
  }
}
