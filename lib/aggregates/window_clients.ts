import { isClient } from "../records/absent_values.ts";
import type { RecordBatch } from "../records/record_batch.ts";
import { PairCounts } from "../sketches/pair_counts.ts";
import type {
  PairCount,
  PairCountsOptions,
  PairCountsParts,
  PairCountsState,
} from "../sketches/pair_counts_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { SuspiciousIps } from "./suspicious_ips.ts";
import type { WindowOptions } from "./window_options.ts";

/** A client that made many requests in a window. */
export interface BusyClient {
  /** The index of the window. */
  readonly index: number;
  /** Its address as logged. */
  readonly ip: string;
  /** How many requests it surely made in the window. */
  readonly requests: number;
  /** How many requests the median client of the window made; the mean of both if there are two in the middle. */
  readonly median: number;
  /** How many clients the window has. */
  readonly distinct: number;
}

/**
 * Counts the requests of each client in each window, to find those over the limit. All counts are exact up to `maxPairs`
 * pairs; if there are more, those with the fewest requests are evicted, see {@linkcode PairCounts}.
 */
export class WindowClients {
  readonly #options: Required<WindowOptions>;
  readonly #hashKey: HashKey;
  #pairs: PairCounts;

  /** Makes counts of no requests, or of the fields of others with the same options. */
  constructor(options: Required<WindowOptions>, hashKey: HashKey, parts?: PairCountsParts) {
    this.#options = options;
    this.#hashKey = hashKey;
    const ofPairs = pairsOptions(options, hashKey);
    this.#pairs = parts === undefined
      ? new PairCounts(ofPairs)
      : PairCounts.ofParts(parts, ofPairs);
  }

  /** Makes counts of their JSON form; throws a `SyntaxError` if `value` is not one with these options. */
  static fromJSON(
    value: unknown,
    options: Required<WindowOptions>,
    hashKey: HashKey,
  ): WindowClients {
    const clients = new WindowClients(options, hashKey);
    clients.#pairs = PairCounts.fromJSON(value, pairsOptions(options, hashKey));
    return clients;
  }

  /** Its JSON form. */
  toJSON(): PairCountsState {
    return this.#pairs.toJSON();
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): PairCountsParts {
    return this.#pairs.toParts();
  }

  /** Counts the clients of the rows from `row` to `end`, which are of one window. */
  addRun(index: number, { bytes, ips }: RecordBatch, row: number, end: number): void {
    const { starts, ends, slots } = ips;
    for (let i = row; i < end; i++) {
      const start = starts[i]!, end = ends[i]!;
      if (this.#pairs.addAlias(index, slots[i]!) || !isClient(bytes, start, end)) continue;
      this.#pairs.addText(index, { bytes, start, end }, slots[i]!);
    }
  }

  /** Is called with each client slot that another client gets: forgets the client that had it. */
  forgetAlias(slot: number): void {
    this.#pairs.forgetAlias(slot);
  }

  /** Adds all that others with the same options have; those are not changed. */
  merge(other: WindowClients): void {
    this.#pairs.merge(other.#pairs);
  }

  /** The clients that were over the limit in a window, and their requests in it; in no order. */
  suspiciousIn(index: number): PairCount[] {
    return [...this.#surely(this.#pairs.aboveOf(index, this.#options.suspiciousOver))];
  }

  /**
   * The clients that were over the limit in some window. Every client that was over it by more than
   * {@linkcode WindowClients.bound} is among them. Clients that only may have been over it are among
   * them too, unless the bound is above the limit itself.
   */
  suspicious(): SuspiciousIps {
    const above = this.#pairs.above(this.#options.suspiciousOver);
    return new SuspiciousIps(this.#surely(above), this.#options, this.#hashKey);
  }

  /**
   * Yields the clients that surely made at least `least` requests in a window, 1 or more, and `ratio` times those of
   * the median client of it; in no order.
   */
  *busy(least: number, ratio: number): Generator<BusyClient> {
    let last = NaN, distinct = 0, median = 0;
    for (const pair of this.#pairs.above(least - 1)) {
      const { number: index, count, error } = pair;
      // Those of one window follow each other.
      if (index !== last) {
        const counts = Float64Array.from(this.#pairs.aboveOf(index, 0), ({ count }) => count)
          .sort();
        distinct = counts.length;
        median = (counts[(distinct - 1) >> 1]! + counts[distinct >> 1]!) / 2;
        last = index;
      }
      const requests = count - error;
      if (requests < least || requests < ratio * median) continue;
      yield { index, ip: pair.text, requests, median, distinct };
    }
  }

  /** By how many requests a client's count in a window may be off; 0 if all counts are exact. */
  get bound(): number {
    return this.#pairs.bound;
  }

  /**
   * The pairs that were over the limit. If the bound is above the limit, a million pairs may be in doubt,
   * and naming them says nothing: then only the pairs that surely were over it.
   */
  *#surely(above: Iterable<PairCount>): Generator<PairCount> {
    const limit = this.#options.suspiciousOver;
    for (const pair of above) {
      if (this.#pairs.bound <= limit || pair.count - pair.error > limit) yield pair;
    }
  }
}

function pairsOptions({ maxPairs }: Required<WindowOptions>, hashKey: HashKey): PairCountsOptions {
  return { capacity: maxPairs, hashKey };
}
