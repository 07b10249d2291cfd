import type { LogRecord } from "../../schema.ts";
import type { Aggregate } from "./aggregate.ts";
import { Tally } from "./tally.ts";

/** Which methods and which statuses came, and how often? */
export class Kinds implements Aggregate<Kinds> {
  #methods = new Tally();
  #statuses = new Float64Array(1000);

  /** Counts one request. */
  add(record: LogRecord): void {
    this.#methods.add(record.method);
    this.#statuses[record.statusCode]!++;
  }

  /** Takes in another's counts. */
  merge(other: Kinds): void {
    this.#methods.merge(other.#methods);
    other.#statuses.forEach((count, status) => this.#statuses[status]! += count);
  }

  /** Each method with its count, by code point. */
  methods(): [method: string, count: number][] {
    return this.#methods.result();
  }

  /** Each status that came, with its count, ascending. */
  statuses(): [status: number, count: number][] {
    return [...this.#statuses.entries()].filter(([, count]) => count > 0);
  }
}
