import type { RecordBatch } from "../records/record_batch.ts";
import type { Aggregate } from "./aggregate.ts";
import { type DurationState, DurationStats } from "./durations/duration_stats.ts";
import type { DurationSummary } from "./durations/duration_summary.ts";

/** The one row of its summaries. */
const ROW = 0;

/** How long did requests take? Those without a response time do not count. */
export class ResponseTimes implements Aggregate<ResponseTimes, DurationState> {
  readonly #stats: DurationStats;

  /** Makes the aggregate of no records, whose percentiles are exact up to `exactUpTo` response times. */
  constructor(exactUpTo: number) {
    this.#stats = new DurationStats(exactUpTo);
  }

  /** Takes the response times of requests in, of those that have one. */
  add({ size, responseTimesUs }: RecordBatch): void {
    this.#stats.addRow(responseTimesUs, size, ROW);
  }

  /** Takes in what another has. */
  merge(other: ResponseTimes): void {
    this.#stats.merge(other.#stats, ROW, ROW);
  }

  /** Whether the percentiles are exact. */
  arePercentilesExact(): boolean {
    return this.#stats.isExact(ROW);
  }

  /** The summary with percentiles as asked for, or `null` if no request had a response time. */
  result(percentiles: readonly number[]): DurationSummary | null {
    return this.#stats.result(percentiles, ROW);
  }

  /** Its JSON form. */
  toJSON(): DurationState {
    return this.#stats.stateOf(ROW);
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @param value What was parsed.
   * @param exactUpTo Up to how many response times percentiles are exact.
   * @throws {SyntaxError} If it is none of this constant.
   */
  static fromJSON(value: unknown, exactUpTo: number): ResponseTimes {
    const times = new ResponseTimes(exactUpTo);
    times.#stats.readJSON(value, ROW);
    return times;
  }
}
