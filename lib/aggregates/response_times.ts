import type { RecordBatch } from "../records/record_batch.ts";
import type { Aggregate } from "./aggregate.ts";
import { type DurationState, DurationStats } from "./durations/duration_stats.ts";
import type { DurationSummary } from "./durations/duration_summary.ts";

/** How long did requests take? Those without a response time do not count. */
export class ResponseTimes implements Aggregate<ResponseTimes> {
  readonly #stats: DurationStats;

  /** Makes the aggregate of what was summed up before, or of a fresh summary. */
  constructor(stats: DurationStats) {
    this.#stats = stats;
  }

  /** Takes the response times of requests in, of those that have one. */
  add({ size, responseTimesUs }: RecordBatch): void {
    this.#stats.addAllToFirst(responseTimesUs, size);
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

  /** Its JSON form. */
  toJSON(): DurationState {
    return this.#stats.toJSON();
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @param value What was parsed.
   * @param exactUpTo Up to how many response times percentiles are exact.
   * @throws {SyntaxError} If it is none of this constant.
   */
  static fromJSON(value: unknown, exactUpTo: number): ResponseTimes {
    return new ResponseTimes(DurationStats.fromJSON(value, exactUpTo));
  }
}
