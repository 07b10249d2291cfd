import type { LogRecord } from "../../schema.ts";
import { HyperLogLog } from "../sketches/hyper_log_log.ts";
import type { HashKey } from "../sketches/half_sip_hash.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { isFailed } from "./outcome_counts.ts";

/** What is known of one client. */
export interface ClientSummary {
  /** Its address as logged. */
  readonly ip: string;
  /** How many requests it made. */
  readonly requests: number;
  /** How many of them may be another's; 0 if its figures are exact. */
  readonly requestsError: number;
  /** How many failed of those that are surely its own. */
  readonly failed: number;
}

/**
 * How many clients were there, and which were the busiest?
 *
 * Up to a number of clients all figures are exact; of more it keeps the busiest, see
 * {@linkcode SpaceSaving}, and estimates how many there were, see {@linkcode HyperLogLog}.
 */
export class Clients implements Aggregate<Clients> {
  readonly #keys: SpaceSaving;
  readonly #failed: number[] = [];
  readonly #distinct = new HyperLogLog();

  /** Makes the aggregate of no records, with room for so many clients, hashed so. */
  constructor(maxClients: number, hashKey: HashKey) {
    this.#keys = new SpaceSaving({
      capacity: maxClients,
      hashKey,
      onTaken: (slot, ip) => {
        this.#failed[slot] = 0;
        this.#distinct.add(ip);
      },
    });
  }

  /** Counts one request towards its client. */
  add(record: LogRecord): void {
    const slot = this.#keys.add(0, record.ip);
    if (isFailed(record.statusCode)) this.#failed[slot]!++;
  }

  /** Takes in what another of the same room has. */
  merge(other: Clients): void {
    this.#distinct.merge(other.#distinct);
    this.#keys.merge(other.#keys, (slot, otherSlot) => {
      this.#failed[slot]! += other.#failed[otherSlot]!;
    });
  }

  /** How many different clients there were: exact if {@linkcode Clients.bound} is 0. */
  distinct(): number {
    return this.bound() === 0 ? this.#keys.size : Math.round(this.#distinct.estimate());
  }

  /** The standard error of their number where it is an estimate, as a share of it. */
  standardError(): number {
    return HyperLogLog.STANDARD_ERROR;
  }

  /** The most requests that a client can have made unnoticed, and the largest error of a count. */
  bound(): number {
    return this.#keys.bound;
  }

  /**
   * The busiest clients.
   *
   * @param most How many at the most.
   * @returns Most requests first, then by code point of the address.
   */
  busiest(most: number): ClientSummary[] {
    return this.#keys.top(most, compareCodePoints).map(({ text, slot, count, error }) => ({
      ip: text,
      requests: count,
      requestsError: error,
      failed: this.#failed[slot]!,
    }));
  }
}
