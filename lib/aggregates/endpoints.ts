import type { LogRecord } from "../../schema.ts";
import type { HashKey } from "../sketches/half_sip_hash.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { DurationStats, type DurationSummary } from "./duration_stats.ts";
import { hasTarget } from "./has_target.ts";
import {
  addOutcome,
  clearOutcomes,
  failures,
  mergeOutcomes,
  noOutcomes,
  type OutcomeCounts,
} from "./outcome_counts.ts";

/** What is known of one endpoint. */
export interface EndpointSummary extends Readonly<OutcomeCounts> {
  /** The request target. */
  readonly endpoint: string;
  /** How many of its requests may be another's; 0 if its figures are exact. */
  readonly requestsError: number;
  /** Its response times, or `null` if none was logged. */
  readonly responseTime: DurationSummary | null;
}

interface EndpointStats {
  /** Of those requests that are surely its own. */
  readonly outcomes: OutcomeCounts;
  readonly times: DurationStats;
}

/**
 * How is each endpoint doing: how many requests, how many failed, how long did they take?
 *
 * Up to a number of endpoints all figures are exact; of more it keeps the busiest, see
 * {@linkcode SpaceSaving}.
 */
export class Endpoints implements Aggregate<Endpoints> {
  readonly #keys: SpaceSaving;
  readonly #stats: EndpointStats[] = [];
  readonly #total = noOutcomes();
  #withoutEndpoint = 0;

  /** Makes the aggregate of no records, with room for so many endpoints, hashed so. */
  constructor(maxEndpoints: number, hashKey: HashKey) {
    this.#keys = new SpaceSaving({
      capacity: maxEndpoints,
      hashKey,
      onTaken: (slot) => {
        const stats = this.#stats[slot];
        if (stats === undefined) {
          this.#stats[slot] = { outcomes: noOutcomes(), times: new DurationStats() };
        } else {
          clearOutcomes(stats.outcomes);
          stats.times.clear();
        }
      },
    });
  }

  /** Counts one request towards its endpoint. */
  add({ endpoint, statusCode, responseTimeUs }: LogRecord): void {
    if (!hasTarget(endpoint)) {
      this.#withoutEndpoint++;
      return;
    }
    addOutcome(this.#total, statusCode);
    const stats = this.#stats[this.#keys.add(0, endpoint)]!;
    addOutcome(stats.outcomes, statusCode);
    if (responseTimeUs !== undefined) stats.times.add(responseTimeUs);
  }

  /** Takes in what another of the same room has. */
  merge(other: Endpoints): void {
    this.#withoutEndpoint += other.#withoutEndpoint;
    mergeOutcomes(this.#total, other.#total);
    this.#keys.merge(other.#keys, (slot, otherSlot) => {
      mergeOutcomes(this.#stats[slot]!.outcomes, other.#stats[otherSlot]!.outcomes);
      this.#stats[slot]!.times.merge(other.#stats[otherSlot]!.times);
    });
  }

  /**
   * The endpoints, all of them if there were not too many.
   *
   * @param percentiles Which percentiles of the response times.
   * @returns Most requests first, then by code point; the first is the busiest.
   */
  result(percentiles: readonly number[]): EndpointSummary[] {
    return [...this.#keys]
      .map(({ text, slot, count, error }) => ({
        ...this.#stats[slot]!.outcomes,
        endpoint: text,
        requests: count,
        requestsError: error,
        responseTime: this.#stats[slot]!.times.result(percentiles),
      }))
      .sort((a, b) => b.requests - a.requests || compareCodePoints(a.endpoint, b.endpoint));
  }

  /** The requests to an endpoint that are not surely those of a row: none below the cap. */
  other(): { readonly requests: number; readonly failed: number } {
    const rows = noOutcomes();
    for (const { slot } of this.#keys) mergeOutcomes(rows, this.#stats[slot]!.outcomes);
    return {
      requests: this.#total.requests - rows.requests,
      failed: failures(this.#total) - failures(rows),
    };
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
