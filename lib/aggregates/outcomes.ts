import type { RecordBatch } from "../records/record_batch.ts";
import type { Aggregate } from "./aggregate.ts";
import {
  isFailed,
  type OutcomeCounts,
  OutcomeTable,
  type OutcomeTableState,
} from "./outcome_counts.ts";

/** How many requests were there, and how did they end? */
export class Outcomes implements Aggregate<Outcomes, OutcomeTableState> {
  #requests = 0;
  #failed4xx = 0;
  #failed5xx = 0;
  #failedOther = 0;

  /** Adds the records of a batch. */
  add({ size, statusCodes }: RecordBatch): void {
    this.#requests += size;
    for (let row = 0; row < size; row++) {
      const statusCode = statusCodes[row]!;
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
    };
  }

  /** Its JSON form: a table of one row. */
  toJSON(): OutcomeTableState {
    return OutcomeTable.of(this.result()).stateOf([0]);
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If `value` is no such form.
   */
  static fromJSON(value: unknown): Outcomes {
    const outcomes = new Outcomes();
    outcomes.#addCounts(OutcomeTable.fromJSON(value, 1).at(0));
    return outcomes;
  }

  #addCounts({ requests, failed4xx, failed5xx, failedOther }: OutcomeCounts): void {
    this.#requests += requests;
    this.#failed4xx += failed4xx;
    this.#failed5xx += failed5xx;
    this.#failedOther += failedOther;
  }
}
