import type { RecordBatch } from "../records/record_batch.ts";
import type { Aggregate } from "./aggregate.ts";
import {
  isFailed,
  type OutcomeCounts,
  OutcomeTable,
  type OutcomeTableState,
} from "./outcome_counts.ts";

/** How many requests were there, how did they end, and how many were slow? */
export class Outcomes implements Aggregate<Outcomes, OutcomeTableState> {
  #requests = 0;
  #failed4xx = 0;
  #failed5xx = 0;
  #failedOther = 0;
  #slow = 0;
  readonly #slowOverUs: number;

  /** Makes the aggregate of no records: requests that take longer than `slowOverUs` microseconds are slow. */
  constructor(slowOverUs: number) {
    this.#slowOverUs = slowOverUs;
  }

  /** Adds the records of a batch. */
  add({ size, statusCodes, responseTimesUs }: RecordBatch): void {
    this.#requests += size;
    for (let row = 0; row < size; row++) {
      const statusCode = statusCodes[row]!;
      if (responseTimesUs[row]! > this.#slowOverUs) this.#slow++;
      if (!isFailed(statusCode)) continue;
      if (statusCode < 500) this.#failed4xx++;
      else if (statusCode < 600) this.#failed5xx++;
      else this.#failedOther++;
    }
  }

  /** Adds all counts of another; that one is not changed. */
  merge(other: Outcomes): void {
    this.#addCounts(other.result());
  }

  /** The counts so far. */
  result(): OutcomeCounts {
    return {
      requests: this.#requests,
      failed4xx: this.#failed4xx,
      failed5xx: this.#failed5xx,
      failedOther: this.#failedOther,
      slow: this.#slow,
    };
  }

  /** Its JSON form: a table of one row. */
  toJSON(): OutcomeTableState {
    return OutcomeTable.of(this.result()).stateOf([0]);
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @param value The parsed JSON.
   * @param slowOverUs Above how many microseconds requests are slow in it.
   * @throws {SyntaxError} If `value` is no such form.
   */
  static fromJSON(value: unknown, slowOverUs: number): Outcomes {
    const outcomes = new Outcomes(slowOverUs);
    outcomes.#addCounts(OutcomeTable.fromJSON(value, 1).at(0));
    return outcomes;
  }

  #addCounts({ requests, failed4xx, failed5xx, failedOther, slow }: OutcomeCounts): void {
    this.#requests += requests;
    this.#failed4xx += failed4xx;
    this.#failed5xx += failed5xx;
    this.#failedOther += failedOther;
    this.#slow += slow;
  }
}
