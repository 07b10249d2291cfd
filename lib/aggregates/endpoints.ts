import type { LogRecord } from "../../schema.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { DurationStats, type DurationSummary } from "./duration_stats.ts";
import { hasTarget } from "./has_target.ts";
import { addOutcome, mergeOutcomes, noOutcomes, type OutcomeCounts } from "./outcome_counts.ts";
import { TextMap } from "./text_map.ts";

/** What is known of one endpoint. */
export interface EndpointSummary extends Readonly<OutcomeCounts> {
  /** The request target. */
  readonly endpoint: string;
  /** Its response times, or `null` if none was logged. */
  readonly responseTime: DurationSummary | null;
}

interface EndpointStats {
  readonly outcomes: OutcomeCounts;
  readonly times: DurationStats;
}

/** How is each endpoint doing: how many requests, how many failed, how long did they take? */
export class Endpoints implements Aggregate<Endpoints> {
  #byEndpoint = new TextMap<EndpointStats>();
  #withoutEndpoint = 0;

  /** Counts one request towards its endpoint. */
  add(record: LogRecord): void {
    const stats = this.#byEndpoint.get(record.endpoint);
    if (stats !== undefined) {
      addTo(stats, record);
    } else if (hasTarget(record.endpoint)) {
      addTo(this.#open(record.endpoint), record);
    } else {
      this.#withoutEndpoint++;
    }
  }

  /** Takes in what another has. */
  merge(other: Endpoints): void {
    this.#withoutEndpoint += other.#withoutEndpoint;
    for (const [endpoint, from] of other.#byEndpoint) {
      const into = this.#byEndpoint.get(endpoint) ?? this.#open(endpoint);
      mergeOutcomes(into.outcomes, from.outcomes);
      into.times.merge(from.times);
    }
  }

  /**
   * Every endpoint.
   *
   * @param percentiles Which percentiles of the response times.
   * @returns Most requests first, then by code point; the first is the busiest.
   */
  result(percentiles: readonly number[]): EndpointSummary[] {
    return [...this.#byEndpoint]
      .map(([endpoint, { outcomes, times }]) => ({
        endpoint,
        ...outcomes,
        responseTime: times.result(percentiles),
      }))
      .sort((a, b) => b.requests - a.requests || compareCodePoints(a.endpoint, b.endpoint));
  }

  /** How many requests had no target, see {@linkcode hasTarget}. */
  withoutEndpoint(): number {
    return this.#withoutEndpoint;
  }

  #open(endpoint: string): EndpointStats {
    const stats = { outcomes: noOutcomes(), times: new DurationStats() };
    this.#byEndpoint.set(endpoint, stats);
    return stats;
  }
}

function addTo(stats: EndpointStats, record: LogRecord): void {
  addOutcome(stats.outcomes, record.statusCode);
  if (record.responseTimeUs !== undefined) stats.times.add(record.responseTimeUs);
}
