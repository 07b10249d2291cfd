import type { LogRecord } from "../../schema.ts";
import type { HashKey } from "../sketches/half_sip_hash.ts";
import { type PairCount, PairCounts } from "../sketches/pair_counts.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import { TextMap } from "../sketches/text_map.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import {
  addOutcome,
  clearOutcomes,
  failures,
  isFailed,
  mergeOutcomes,
  noOutcomes,
  type OutcomeCounts,
} from "./outcome_counts.ts";

/** How time is cut, how much traffic in one window makes a client suspicious, and how much is held. */
export interface WindowOptions {
  /** Length of a window in microseconds, a positive integer. */
  readonly windowUs: number;
  /** A client with more requests than this in one window is suspicious. */
  readonly suspiciousOver: number;
  /** Up to how many windows all figures are exact, at least 2. */
  readonly maxWindows?: number;
  /** Up to how many clients, each counted once in every window, all figures are exact. */
  readonly maxPairs?: number;
}

/** What is known of one window `[startUs, endUs)`. */
export interface WindowSummary extends Readonly<OutcomeCounts> {
  /** Its first microsecond since the epoch, a multiple of the window's length. */
  readonly startUs: number;
  /** The first microsecond after it. */
  readonly endUs: number;
  /** The clients that were over the limit in it, by code point. */
  readonly suspiciousIps: readonly string[];
}

/** A client that was over the limit in at least one window. */
export interface SuspiciousIp {
  /** Its address as logged. */
  readonly ip: string;
  /** Its requests in the window where it made most. */
  readonly peakRequests: number;
  /** How many of those may be another's; 0 if they are exact. */
  readonly peakError: number;
  /** In how many windows it was over the limit. */
  readonly windows: number;
  /** In how many of those it may not have been. */
  readonly windowsInDoubt: number;
  /** The start of the first such window, in microseconds since the epoch. */
  readonly firstWindowUs: number;
}

/**
 * Which window was the worst, and who was over the limit when? Windows are tumbling, aligned to the
 * epoch, `[k·w, (k+1)·w)`, and records come in any order.
 *
 * Up to a number of windows and of clients in them all is exact. Of more windows the one with fewest
 * failures leaves, see {@linkcode SpaceSaving}; of more clients those with fewest requests, see
 * {@linkcode PairCounts}.
 */
export class Windows implements Aggregate<Windows> {
  readonly #options: Required<WindowOptions>;
  /** Windows by failed requests. */
  readonly #worst: SpaceSaving;
  /** Of those windows, what surely came in them. */
  readonly #outcomes: OutcomeCounts[] = [];
  readonly #pairs: PairCounts;
  #requestsLeft = 0;
  #lastIndex = NaN;
  #lastSlot = -1;

  /** Makes the aggregate of no records, whose windows and clients are hashed so. */
  constructor(options: Required<WindowOptions>, hashKey: HashKey) {
    this.#options = options;
    this.#pairs = new PairCounts({ capacity: options.maxPairs, hashKey });
    this.#worst = new SpaceSaving({
      capacity: options.maxWindows,
      hashKey,
      onTaken: (slot) => {
        const outcomes = this.#outcomes[slot] ??= noOutcomes();
        this.#requestsLeft += outcomes.requests;
        clearOutcomes(outcomes);
      },
    });
  }

  /** Counts one request towards its window, and its client's requests in it. */
  add(record: LogRecord): void {
    const index = Math.floor(record.timestampUs / this.#options.windowUs);
    // Records of one window mostly follow each other.
    if (index !== this.#lastIndex) {
      this.#lastIndex = index;
      this.#lastSlot = this.#worst.slotOf(index, "");
    }
    addOutcome(this.#outcomes[this.#lastSlot]!, record.statusCode);
    if (isFailed(record.statusCode)) this.#worst.count(this.#lastSlot);
    this.#pairs.add(index, record.ip);
  }

  /** Takes in what another of the same options has. */
  merge(other: Windows): void {
    const requests = () => this.#outcomes.reduce((sum, { requests }) => sum + requests, 0);
    const before = requests() + other.#outcomes.reduce((sum, { requests }) => sum + requests, 0);
    this.#worst.merge(other.#worst, (slot, otherSlot) => {
      mergeOutcomes(this.#outcomes[slot]!, other.#outcomes[otherSlot]!);
    });
    this.#requestsLeft += other.#requestsLeft + before - requests();
    this.#lastIndex = NaN;
    this.#pairs.merge(other.#pairs);
  }

  /**
   * The window with most failed requests, the earliest of several, with the clients that were over
   * the limit in it; `null` if nothing failed.
   */
  worst(): WindowSummary | null {
    let worst:
      | { readonly number: number; readonly slot: number; readonly count: number }
      | undefined;
    const surely = (slot: number) => failures(this.#outcomes[slot]!);
    for (const entry of this.#worst) {
      if (entry.count === 0) continue;
      const order = worst === undefined ? -1 : surely(worst.slot) - surely(entry.slot) ||
        entry.number - worst.number;
      if (order < 0) worst = entry;
    }
    if (worst === undefined) return null;
    const { number: index, slot } = worst;
    return {
      startUs: index * this.#options.windowUs,
      endUs: (index + 1) * this.#options.windowUs,
      ...this.#outcomes[slot]!,
      suspiciousIps: this.#suspicious()
        .filter(({ number }) => number === index)
        .map(({ text }) => text)
        .sort(compareCodePoints),
    };
  }

  /** By how many failed requests the worst window may be off; 0 if it is exact. */
  worstBound(): number {
    return this.#worst.bound;
  }

  /** How many requests were in windows that left: so many the worst window may lack. */
  requestsLeft(): number {
    return this.#requestsLeft;
  }

  /** Every client that was over the limit somewhere, highest peak first, then by code point. */
  suspiciousIps(): SuspiciousIp[] {
    const found = new TextMap<SuspiciousIp>();
    for (const { number, text, count, error } of this.#suspicious()) {
      const before = found.get(text);
      const isPeak = before === undefined || count > before.peakRequests ||
        count === before.peakRequests && error < before.peakError;
      const startUs = number * this.#options.windowUs;
      const isInDoubt = count - error <= this.#options.suspiciousOver;
      found.set(text, {
        ip: text,
        peakRequests: isPeak ? count : before.peakRequests,
        peakError: isPeak ? error : before.peakError,
        windows: (before?.windows ?? 0) + 1,
        windowsInDoubt: (before?.windowsInDoubt ?? 0) + Number(isInDoubt),
        firstWindowUs: Math.min(before?.firstWindowUs ?? Infinity, startUs),
      });
    }
    return [...found].map(([, client]) => client)
      .sort((a, b) => b.peakRequests - a.peakRequests || compareCodePoints(a.ip, b.ip));
  }

  /** By how many requests a client's figures in a window may be off; 0 if they are exact. */
  suspiciousBound(): number {
    return this.#pairs.bound;
  }

  #suspicious(): PairCount[] {
    return [...this.#pairs.above(this.#options.suspiciousOver)];
  }
}
