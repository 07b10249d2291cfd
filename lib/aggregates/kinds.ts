import type { LogRecord } from "../../schema.ts";
import type { HashKey } from "../sketches/half_sip_hash.ts";
import type { Aggregate } from "./aggregate.ts";
import { Tally } from "./tally.ts";

/** There are nine of RFC 9110; a log with more than so many is an attacker's. */
const MAX_METHODS = 1000;

/** Which methods and which statuses came, and how often? */
export class Kinds implements Aggregate<Kinds> {
  readonly #methods: Tally;
  readonly #statuses = new Float64Array(1000);

  /** Makes the aggregate of no records, whose methods are hashed so. */
  constructor(hashKey: HashKey) {
    this.#methods = new Tally(MAX_METHODS, hashKey);
  }

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

  /** The largest error of a method's count; 0 unless there were more than a thousand. */
  methodsBound(): number {
    return this.#methods.bound();
  }

  /** Each status that came, with its count, ascending. */
  statuses(): [status: number, count: number][] {
    return [...this.#statuses.entries()].filter(([, count]) => count > 0);
  }
}
