import type { PairCount } from "../sketches/pair_counts_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { KeyStore } from "../tables/keys/key_store.ts";
import { NumberColumn } from "../tables/number_column.ts";
import type { WindowOptions } from "./window_options.ts";

/** A client that was over the limit in at least one window. */
export interface SuspiciousIp {
  /** Its address as logged. */
  readonly ip: string;
  /** How many requests it made in the window where it made most. */
  readonly peakRequests: number;
  /** How many of those requests may be another client's; 0 if the number is exact. */
  readonly peakError: number;
  /** In how many windows it was over the limit. */
  readonly windows: number;
  /** In how many of those windows it may not have been over the limit. */
  readonly windowsInDoubt: number;
  /** The start of the first of those windows, in microseconds since the epoch. */
  readonly firstWindowUs: number;
}

/** The clients that were over the limit in some window, each once; in columns, as there may be a million. */
export class SuspiciousIps {
  readonly #windowUs: number;
  readonly #ips: KeyStore;
  /** For each slot of the pairs' texts, one more than the slot of the client here, or 0. */
  readonly #slots = new NumberColumn();
  readonly #peaks = new NumberColumn();
  readonly #peakErrors = new NumberColumn();
  readonly #windows = new NumberColumn();
  readonly #windowsInDoubt = new NumberColumn();
  readonly #firstWindows = new NumberColumn();

  /**
   * Collects the clients of pairs.
   *
   * @param pairs For each window, by its index, the clients over the limit and their requests; in any order.
   * @param options The length of a window, and the limit.
   * @param hashKey The key of the clients' hashes.
   */
  constructor(pairs: Iterable<PairCount>, options: WindowOptions, hashKey: HashKey) {
    this.#windowUs = options.windowUs;
    this.#ips = new KeyStore(hashKey);
    for (const pair of pairs) this.#add(pair, options.suspiciousOver);
  }

  /** How many clients there are. */
  get size(): number {
    return this.#ips.size;
  }

  /** Of each client, how many requests it made in the window where it made most; highest first. */
  peaks(): Float64Array {
    const peaks = new Float64Array(this.size).map((_, slot) => this.#peaks.at(slot));
    return peaks.sort().reverse();
  }

  /** Yields the clients, highest peak first, then by code point of the address. */
  *result(): Generator<SuspiciousIp> {
    const slots = new Uint32Array(this.#ips.size).map((_, slot) => slot).sort((a, b) =>
      this.#peaks.at(b) - this.#peaks.at(a) || this.#ips.compare(a, b)
    );
    for (const slot of slots) {
      yield {
        ip: this.#ips.textAt(slot),
        peakRequests: this.#peaks.at(slot),
        peakError: this.#peakErrors.at(slot),
        windows: this.#windows.at(slot),
        windowsInDoubt: this.#windowsInDoubt.at(slot),
        firstWindowUs: this.#firstWindows.at(slot) * this.#windowUs,
      };
    }
  }

  #add(pair: PairCount, limit: number): void {
    const { number: index, item, count, error } = pair;
    // There may be a million pairs of a few clients: the address of each is decoded once.
    const known = this.#slots.at(item),
      slot = known > 0 ? known - 1 : this.#ips.intern(0, pair.text);
    if (known === 0) this.#slots.set(item, slot + 1);
    if (this.#windows.at(slot) === 0) this.#firstWindows.set(slot, index);
    const peak = this.#peaks.at(slot);
    if (count > peak || count === peak && error < this.#peakErrors.at(slot)) {
      this.#peaks.set(slot, count);
      this.#peakErrors.set(slot, error);
    }
    this.#windows.increase(slot, 1);
    if (count - error <= limit) this.#windowsInDoubt.increase(slot, 1);
    if (index < this.#firstWindows.at(slot)) this.#firstWindows.set(slot, index);
  }
}
