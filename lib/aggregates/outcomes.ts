import type { LogRecord } from "../../schema.ts";
import type { Aggregate } from "./aggregate.ts";
import { addOutcome, mergeOutcomes, noOutcomes, type OutcomeCounts } from "./outcome_counts.ts";

/** How many requests were there, and how did they end? */
export class Outcomes implements Aggregate<Outcomes> {
  #counts = noOutcomes();

  /** Counts one request. */
  add(record: LogRecord): void {
    addOutcome(this.#counts, record.statusCode);
  }

  /** Takes in another's counts. */
  merge(other: Outcomes): void {
    mergeOutcomes(this.#counts, other.#counts);
  }

  /** The counts so far. */
  result(): Readonly<OutcomeCounts> {
    return { ...this.#counts };
  }
}
