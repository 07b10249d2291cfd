import type { LogRecord } from "../../schema.ts";
import type { Aggregate } from "./aggregate.ts";
import { DurationStats, type DurationSummary } from "./duration_stats.ts";

/** How long did requests take? Those without a response time do not count. */
export class ResponseTimes implements Aggregate<ResponseTimes> {
  readonly #stats: DurationStats;

  /** Makes the aggregate of no records, whose percentiles are exact up to so many. */
  constructor(exactUpTo: number) {
    this.#stats = new DurationStats(exactUpTo);
  }

  /** Takes one request's response time in, if it has one. */
  add(record: LogRecord): void {
    if (record.responseTimeUs !== undefined) this.#stats.add(record.responseTimeUs);
  }

  /** Takes in what another has. */
  merge(other: ResponseTimes): void {
    this.#stats.merge(other.#stats);
  }

  /** Whether the percentiles are exact. */
  arePercentilesExact(): boolean {
    return this.#stats.isExact();
  }

  /** The summary with percentiles as asked for, or `null` if no request had a response time. */
  result(percentiles: readonly number[]): DurationSummary | null {
    return this.#stats.result(percentiles);
  }
}
