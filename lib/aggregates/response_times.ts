import type { RecordBatch } from "../records/record_batch.ts";
import type { Aggregate } from "./aggregate.ts";
import { type DurationState, DurationStats } from "./durations/duration_stats.ts";
import type { DurationSummary } from "./durations/duration_summary.ts";

/** The only row of its summaries. */
const ROW = 0;

/** How long did requests take? Those without a response time are left out. */
export class ResponseTimes implements Aggregate<ResponseTimes, DurationState> {
  readonly #stats: DurationStats;

  /** Makes the aggregate of no records; percentiles are exact up to `exactUpTo` response times. */
  constructor(exactUpTo: number) {
    this.#stats = new DurationStats(exactUpTo);
  }

  /** Adds the response times of the records of a batch. */
  add({ size, responseTimesUs }: RecordBatch): void {
    this.#stats.addRow(responseTimesUs, size, ROW);
  }

  /** Adds all that another with the same `exactUpTo` has; that one is not changed. */
  merge(other: ResponseTimes): void {
    this.#stats.merge(other.#stats, ROW, ROW);
  }

  /** Whether the percentiles are exact. */
  arePercentilesExact(): boolean {
    return this.#stats.isExact(ROW);
  }

  /** The summary with the given percentiles, each from 0 to 100; `null` if no request had a response time. */
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
   * @param value The parsed JSON.
   * @param exactUpTo Up to how many response times percentiles are exact.
   * @throws {SyntaxError} If `value` is not the JSON form of response times with this `exactUpTo`.
   */
  static fromJSON(value: unknown, exactUpTo: number): ResponseTimes {
    const times = new ResponseTimes(exactUpTo);
    times.#stats.readJSON(value, ROW);
    return times;
  }
}
