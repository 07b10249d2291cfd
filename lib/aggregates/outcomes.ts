import type { LogRecord } from "../../schema.ts";
import type { Aggregate } from "./aggregate.ts";
import { type OutcomeCounts, OutcomeTable } from "./outcome_counts.ts";

/** How many requests were there, and how did they end? */
export class Outcomes implements Aggregate<Outcomes> {
  readonly #counts = new OutcomeTable();

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
}
