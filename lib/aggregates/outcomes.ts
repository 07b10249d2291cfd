import type { LogRecord } from "../../schema.ts";
import type { Aggregate } from "./aggregate.ts";
import { type OutcomeCounts, OutcomeTable, type OutcomeTableState } from "./outcome_counts.ts";

/** How many requests were there, and how did they end? */
export class Outcomes implements Aggregate<Outcomes> {
  readonly #counts: OutcomeTable;

  /** Makes the aggregate of no records, or of what was counted before. */
  constructor(counts: OutcomeTable = new OutcomeTable()) {
    this.#counts = counts;
  }

  /** Counts one request. */
  add(record: LogRecord): void {
    this.#counts.add(0, record.statusCode);
  }

  /** Takes in another's counts. */
  merge(other: Outcomes): void {
    this.#counts.join(0, other.#counts, 0);
  }

  /** The counts so far. */
  result(): OutcomeCounts {
    return this.#counts.at(0);
  }

  /** Its JSON form. */
  toJSON(): OutcomeTableState {
    return this.#counts.stateOf([0]);
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If it is none.
   */
  static fromJSON(value: unknown): Outcomes {
    return new Outcomes(OutcomeTable.fromJSON(value, 1));
  }
}
