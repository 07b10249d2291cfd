import type { LogRecord } from "../../schema.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { isFailed } from "./outcome_counts.ts";
import { TextMap } from "./text_map.ts";

/** What is known of one client. */
export interface ClientSummary {
  /** Its address as logged. */
  readonly ip: string;
  /** How many requests it made. */
  readonly requests: number;
  /** How many of them failed. */
  readonly failed: number;
}

interface ClientCounts {
  requests: number;
  failed: number;
}

/** How many clients were there, and which were the busiest? */
export class Clients implements Aggregate<Clients> {
  #byIp = new TextMap<ClientCounts>();

  /** Counts one request towards its client. */
  add(record: LogRecord): void {
    const counts = this.#countsOf(record.ip);
    counts.requests++;
    if (isFailed(record.statusCode)) counts.failed++;
  }

  /** Takes in what another has. */
  merge(other: Clients): void {
    for (const [ip, from] of other.#byIp) {
      const into = this.#countsOf(ip);
      into.requests += from.requests;
      into.failed += from.failed;
    }
  }

  /** How many different clients there were. */
  distinct(): number {
    return this.#byIp.size;
  }

  /**
   * The busiest clients.
   *
   * @param most How many at the most.
   * @returns Most requests first, then by code point of the address.
   */
  busiest(most: number): ClientSummary[] {
    return [...this.#byIp]
      .map(([ip, { requests, failed }]) => ({ ip, requests, failed }))
      .sort((a, b) => b.requests - a.requests || compareCodePoints(a.ip, b.ip))
      .slice(0, most);
  }

  #countsOf(ip: string): ClientCounts {
    let counts = this.#byIp.get(ip);
    if (counts === undefined) this.#byIp.set(ip, counts = { requests: 0, failed: 0 });
    return counts;
  }
}
