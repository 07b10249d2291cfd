import type { RecordBatch } from "../records/record_batch.ts";
import type { Aggregate } from "./aggregate.ts";
import { type OutcomeCounts, OutcomeTable, type OutcomeTableState } from "./outcome_counts.ts";

/** How many requests were there, how did they end, and how many were slow? */
export class Outcomes implements Aggregate<Outcomes, OutcomeTableState> {
  #requests = 0;
  /** How many requests there were by the first digit of their status: counted so, no branch is mispredicted. */
  readonly #byFirstDigit = new Float64Array(10);
  #slow = 0;
  readonly #slowOverUs: number;

  /** Makes the aggregate of no records: requests that take longer than `slowOverUs` microseconds are slow. */
  constructor(slowOverUs: number) {
    this.#slowOverUs = slowOverUs;
  }

  /** Adds the records of a batch. */
  add({ size, statusCodes, responseTimesUs }: RecordBatch): void {
    const counts = this.#byFirstDigit, slowOverUs = this.#slowOverUs;
    let slow = 0;
    for (let row = 0; row < size; row++) {
      counts[Math.floor(statusCodes[row]! / 100)]!++;
      if (responseTimesUs[row]! > slowOverUs) slow++;
    }
    this.#requests += size;
    this.#slow += slow;
  }

  /** Adds all counts of another; that one is not changed. */
  merge(other: Outcomes): void {
    this.#addCounts(other.result());
  }

  /** The counts so far. */
  result(): OutcomeCounts {
    const counts = this.#byFirstDigit;
    return {
      requests: this.#requests,
      failed4xx: counts[4]!,
      failed5xx: counts[5]!,
      failedOther: counts[6]! + counts[7]! + counts[8]! + counts[9]!,
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
    this.#byFirstDigit[4]! += failed4xx;
    this.#byFirstDigit[5]! += failed5xx;
    // Which digit it was, 6 to 9, is not told.
    this.#byFirstDigit[6]! += failedOther;
    this.#slow += slow;
  }
}
