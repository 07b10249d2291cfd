import type { RecordBatch } from "../records/record_batch.ts";
import { PairCounts } from "../sketches/pair_counts.ts";
import type { PairCount, PairCountsParts, PairCountsState } from "../sketches/pair_counts_state.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import {
  type SpaceSavingOptions,
  type SpaceSavingParts,
  type SpaceSavingState,
} from "../sketches/space_saving_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { readInteger, readObject } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import {
  type OutcomeCounts,
  OutcomeTable,
  type OutcomeTableParts,
  type OutcomeTableState,
} from "./outcome_counts.ts";
import { SuspiciousIps } from "./suspicious_ips.ts";
import type { WindowOptions } from "./window_options.ts";

/** What is known of one window `[startUs, endUs)`. */
export interface WindowSummary extends OutcomeCounts {
  /** Its first microsecond since the epoch, a multiple of the window's length. */
  readonly startUs: number;
  /** The first microsecond after it. */
  readonly endUs: number;
  /** The clients that were over the limit in it, by code point. */
  readonly suspiciousIps: readonly string[];
}

/** What is known of windows as JSON; each has a row in all columns. */
export interface WindowsState {
  /** The windows, by their index since the epoch, and their failed requests. */
  readonly worst: SpaceSavingState;
  /** How requests ended that are surely the window's own. */
  readonly outcomes: OutcomeTableState;
  /** Requests in all windows, also in those without a row. */
  readonly requests: number;
  /** Requests of each client in each window. */
  readonly pairs: PairCountsState;
}

/** What the aggregate is made of; of each window by its slot. */
export interface WindowsParts {
  /** The windows and their failed requests. */
  readonly worst: SpaceSavingParts;
  /** How requests ended in them. */
  readonly outcomes: OutcomeTableParts;
  /** Requests of each client in each window. */
  readonly pairs: PairCountsParts;
  /** Requests in all windows. */
  readonly requests: number;
}

/** A window is known by its number alone. */
const NO_TEXT = new Uint8Array();

/**
 * Which window was the worst, and who was over the limit when? Windows are tumbling, aligned to the
 * epoch, `[k·w, (k+1)·w)`, and records come in any order.
 *
 * Up to a number of windows and of clients in them all is exact. Of more windows the one with fewest
 * failures leaves, see {@linkcode SpaceSaving}; of more clients those with fewest requests, see
 * {@linkcode PairCounts}.
 */
export class Windows implements Aggregate<Windows, WindowsState, WindowsParts> {
  readonly #options: Required<WindowOptions>;
  readonly #hashKey: HashKey;
  /** Windows by failed requests. */
  #worst: SpaceSaving;
  /** Of those windows, what surely came in them. */
  #outcomes = new OutcomeTable();
  #pairs: PairCounts;
  #requests = 0;
  // The window that was counted last.
  #lastIndex = NaN;
  #lastSlot = -1;

  /** Makes the aggregate of no records, whose windows and clients are hashed so. */
  constructor(options: Required<WindowOptions>, hashKey: HashKey) {
    this.#options = options;
    this.#hashKey = hashKey;
    this.#pairs = new PairCounts({ capacity: options.maxPairs, hashKey });
    this.#worst = new SpaceSaving(this.#ofWorst());
  }

  /** Makes the aggregate of the parts of one of the same options. */
  static ofParts(
    parts: WindowsParts,
    options: Required<WindowOptions>,
    hashKey: HashKey,
  ): Windows {
    const windows = new Windows(options, hashKey);
    windows.#worst = SpaceSaving.ofParts(parts.worst, windows.#ofWorst());
    windows.#outcomes = OutcomeTable.ofParts(parts.outcomes);
    windows.#pairs = PairCounts.ofParts(parts.pairs, { capacity: options.maxPairs, hashKey });
    windows.#requests = parts.requests;
    return windows;
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): WindowsParts {
    return {
      worst: this.#worst.toParts(),
      outcomes: this.#outcomes.toParts(),
      pairs: this.#pairs.toParts(),
      requests: this.#requests,
    };
  }

  /** Counts each request towards its window, and its client's requests in it. */
  add(records: RecordBatch): void {
    const { windowUs } = this.#options;
    const { bytes, ips: { starts, ends, slots: aliases } } = records;
    const clients = { bytes, starts, ends, aliases };
    this.#requests += records.size;
    for (let row = 0; row < records.size;) {
      const index = Math.floor(records.timestampsUs[row]! / windowUs);
      // Records of one window mostly follow each other.
      const end = records.endOfRun(row, index * windowUs, (index + 1) * windowUs);
      if (index !== this.#lastIndex) {
        const slot = this.#worst.find(index, NO_TEXT, 0, 0);
        this.#lastSlot = slot === -1 ? this.#worst.take(index, NO_TEXT, 0, 0) : slot;
        this.#lastIndex = index;
      }
      const failed = this.#outcomes.addRun(this.#lastSlot, records.statusCodes, row, end);
      this.#worst.count(this.#lastSlot, failed);
      this.#pairs.addRun(index, clients, row, end);
      row = end;
    }
  }

  /** Forgets which client the slot of one stands for, as the slot was given to another. */
  forgetAlias(slot: number): void {
    this.#pairs.forgetAlias(slot);
  }

  /** Takes in what another of the same options has. */
  merge(other: Windows): void {
    this.#requests += other.#requests;
    this.#worst.merge(other.#worst, (slot, otherSlot) => {
      this.#outcomes.join(slot, other.#outcomes, otherSlot);
    });
    this.#lastIndex = NaN;
    this.#pairs.merge(other.#pairs);
  }

  /** Its JSON form. */
  toJSON(): WindowsState {
    return {
      worst: this.#worst.toJSON(),
      outcomes: this.#outcomes.stateOf(this.#worst.sorted()),
      requests: this.#requests,
      pairs: this.#pairs.toJSON(),
    };
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If it is none of these options.
   */
  static fromJSON(value: unknown, options: Required<WindowOptions>, hashKey: HashKey): Windows {
    const state = readObject(value, "windows");
    const windows = new Windows(options, hashKey);
    // The rows of a summary that was read have the slots 0, 1, …
    windows.#worst = SpaceSaving.fromJSON(state["worst"], windows.#ofWorst());
    windows.#outcomes = OutcomeTable.fromJSON(state["outcomes"], windows.#worst.size);
    windows.#requests = readInteger(state, "requests", 0);
    windows.#pairs = PairCounts.fromJSON(state["pairs"], { capacity: options.maxPairs, hashKey });
    return windows;
  }

  /**
   * The window with most failed requests, the earliest of several, with the clients that were over
   * the limit in it; `null` if nothing failed.
   */
  worst(): WindowSummary | null {
    let worst = -1, index = NaN, most = 0;
    for (let slot = 0; slot < this.#worst.size; slot++) {
      const failed = this.#outcomes.failuresAt(slot), slotIndex = this.#worst.numberAt(slot);
      if (failed < most || failed === 0 || failed === most && slotIndex > index) continue;
      [worst, index, most] = [slot, slotIndex, failed];
    }
    if (worst === -1) return null;
    return {
      startUs: index * this.#options.windowUs,
      endUs: (index + 1) * this.#options.windowUs,
      ...this.#outcomes.at(worst),
      suspiciousIps: [...this.#surely(this.#pairs.aboveOf(index, this.#options.suspiciousOver))]
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
    return this.#requests - this.#outcomes.total(this.#worst.size).requests;
  }

  /**
   * Every client that was over the limit somewhere, and was so by more than
   * {@linkcode Windows.suspiciousBound}. Those that may have been are among them, unless the bound is
   * above the limit itself.
   */
  suspiciousIps(): SuspiciousIps {
    const above = this.#pairs.above(this.#options.suspiciousOver);
    return new SuspiciousIps(this.#surely(above), this.#options, this.#hashKey);
  }

  /** By how many requests a client's figures in a window may be off; 0 if they are exact. */
  suspiciousBound(): number {
    return this.#pairs.bound;
  }

  #ofWorst(): SpaceSavingOptions {
    const onNewKey = (slot: number) => this.#outcomes.clear(slot);
    const { maxWindows: capacity } = this.#options;
    return { capacity, hashKey: this.#hashKey, areNumbers: true, onNewKey };
  }

  /** Those that were over the limit, as far as something is said by naming them. */
  *#surely(above: Iterable<PairCount>): Generator<PairCount> {
    const limit = this.#options.suspiciousOver;
    for (const pair of above) {
      // Where the doubt is larger than the limit, a million pairs may be in doubt, and nothing is said
      // by naming them.
      if (this.#pairs.bound <= limit || pair.count - pair.error > limit) yield pair;
    }
  }
}
