import { isClient } from "../records/has_client.ts";
import type { RecordBatch } from "../records/record_batch.ts";
import { PairCounts } from "../sketches/pair_counts.ts";
import type { PairCount, PairCountsOptions } from "../sketches/pair_counts_state.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import type { SpaceSavingOptions } from "../sketches/space_saving_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { readInteger, readObject } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { divideRounded } from "./durations/duration_summary.ts";
import { OutcomeTable } from "./outcome_counts.ts";
import { SuspiciousIps } from "./suspicious_ips.ts";
import { TimeSums } from "./time_sums.ts";
import type { WindowOptions } from "./window_options.ts";
import type {
  SlowWindow,
  WindowPairsParts,
  WindowsParts,
  WindowsState,
  WindowSummary,
} from "./windows_state.ts";

/** The text of a window's key: only its number tells it from others. */
const NO_TEXT = new Uint8Array();

/**
 * Which window was the worst, and which clients were over the limit in which window? Windows are tumbling,
 * aligned to the epoch, `[k·w, (k+1)·w)`, and records come in any order.
 *
 * All figures are exact up to `maxWindows` windows and `maxPairs` pairs of a window and a client. If there
 * are more, windows with the fewest failures are evicted, see {@linkcode SpaceSaving}, and pairs with the
 * fewest requests, see {@linkcode PairCounts}.
 */
export class Windows implements Aggregate<Windows, WindowsState, WindowsParts> {
  readonly #options: Required<WindowOptions>;
  readonly #hashKey: HashKey;
  /** The windows, and how many requests failed in each. */
  #worst: SpaceSaving;
  /** For each slot of `#worst`, how the requests ended that are surely its window's own. */
  #outcomes: OutcomeTable;
  /** For each slot, how long the requests of its window took that are surely its own. */
  #times = new TimeSums();
  #pairs: PairCounts;
  #requests = 0;
  // The index and the slot of the window that was counted last.
  #lastIndex = NaN;
  #lastSlot = -1;

  /** Makes the aggregate of no records, whose windows and clients are hashed with `hashKey`. */
  constructor(options: Required<WindowOptions>, hashKey: HashKey) {
    this.#options = options;
    this.#hashKey = hashKey;
    this.#outcomes = new OutcomeTable(options.slowOverUs);
    this.#pairs = new PairCounts(this.#ofPairs());
    this.#worst = new SpaceSaving(this.#ofWorst());
  }

  /** Makes the aggregate of the fields of another with the same options. */
  static ofParts(
    parts: WindowsParts,
    options: Required<WindowOptions>,
    hashKey: HashKey,
  ): Windows {
    const windows = new Windows(options, hashKey);
    windows.#worst = SpaceSaving.ofParts(parts.worst, windows.#ofWorst());
    windows.#outcomes = OutcomeTable.ofParts(parts.outcomes, options.slowOverUs);
    windows.#times = TimeSums.ofParts(parts.times);
    windows.#pairs = PairCounts.ofParts(parts.pairs, windows.#ofPairs());
    windows.#requests = parts.requests;
    return windows;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): WindowsParts {
    return {
      worst: this.#worst.toParts(),
      outcomes: this.#outcomes.toParts(),
      times: this.#times.toParts(),
      pairs: this.#pairs.toParts(),
      requests: this.#requests,
    };
  }

  /** Counts each request of a batch in its window, and for its client, if it has one, in that window. */
  add(records: RecordBatch): void {
    const { windowUs } = this.#options;
    this.#requests += records.size;
    for (let row = 0; row < records.size;) {
      const index = Math.floor(records.timestampsUs[row]! / windowUs);
      // Records of one window mostly follow each other.
      const end = records.endOfRun(row, index * windowUs, (index + 1) * windowUs);
      if (index !== this.#lastIndex) {
        const slot = this.#worst.find(index, NO_TEXT, 0, 0);
        this.#lastSlot = slot === -1 ? this.#worst.claim(index, NO_TEXT, 0, 0) : slot;
        this.#lastIndex = index;
      }
      const failed = this.#outcomes.addRun(this.#lastSlot, records, row, end);
      this.#times.addRun(this.#lastSlot, records.responseTimesUs, row, end);
      this.#worst.count(this.#lastSlot, failed);
      this.#countClients(index, records, row, end);
      row = end;
    }
  }

  /** Counts the clients of the rows from `row` to `end`, which are of one window; rows without a client end a run. */
  #countClients(index: number, { bytes, ips }: RecordBatch, row: number, end: number): void {
    const { starts, ends, slots: aliases } = ips, clients = { bytes, starts, ends, aliases };
    let first = row;
    for (let i = row; i < end; i++) {
      if (isClient(bytes, starts[i]!, ends[i]!)) continue;
      if (i > first) this.#pairs.addRun(index, clients, first, i);
      first = i + 1;
    }
    if (end > first) this.#pairs.addRun(index, clients, first, end);
  }

  /** Is called with each client slot that another client gets: forgets the client that had it. */
  forgetAlias(slot: number): void {
    this.#pairs.forgetAlias(slot);
  }

  /** Adds all that another with the same options has; that one is not changed. */
  merge(other: Windows): void {
    this.#requests += other.#requests;
    this.#worst.merge(other.#worst, (slot, otherSlot) => {
      this.#outcomes.join(slot, other.#outcomes, otherSlot);
      this.#times.join(slot, other.#times, otherSlot);
    });
    this.#lastIndex = NaN;
    this.#pairs.merge(other.#pairs);
  }

  /** Merges pairs of windows and clients that were moved out of the windows of several threads, in their order. */
  static mergePairs(
    parts: readonly WindowPairsParts[],
    { maxPairs: capacity }: Required<WindowOptions>,
    hashKey: HashKey,
  ): WindowPairsParts {
    const [all, ...others] = parts.map((its) => PairCounts.ofParts(its, { capacity, hashKey }));
    for (const other of others) all!.merge(other);
    return all!.toParts();
  }

  /** Moves the pairs of windows and clients out, to be merged on another thread; afterwards it has none. */
  takePairs(): WindowPairsParts {
    const parts = this.#pairs.toParts();
    this.#pairs = new PairCounts(this.#ofPairs());
    return parts;
  }

  /** Replaces its pairs by others, which were merged on another thread. */
  replacePairs(parts: WindowPairsParts): void {
    this.#pairs = PairCounts.ofParts(parts, this.#ofPairs());
  }

  /** Its JSON form. */
  toJSON(): WindowsState {
    const slots = this.#worst.sorted();
    return {
      worst: this.#worst.toJSON(),
      outcomes: this.#outcomes.stateOf(slots),
      times: this.#times.stateOf(slots),
      requests: this.#requests,
      pairs: this.#pairs.toJSON(),
    };
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If `value` is not the JSON form of windows with these options.
   */
  static fromJSON(value: unknown, options: Required<WindowOptions>, hashKey: HashKey): Windows {
    const state = readObject(value, "windows");
    const windows = new Windows(options, hashKey);
    // Row `i` of a summary that was read has slot `i`.
    windows.#worst = SpaceSaving.fromJSON(state["worst"], windows.#ofWorst());
    windows.#outcomes = OutcomeTable.fromJSON(
      state["outcomes"],
      windows.#worst.size,
      options.slowOverUs,
    );
    windows.#times = TimeSums.fromJSON(state["times"], windows.#worst.size);
    windows.#requests = readInteger(state, "requests", 0);
    windows.#pairs = PairCounts.fromJSON(state["pairs"], windows.#ofPairs());
    return windows;
  }

  /**
   * The window with most failed requests, the earliest if there are several, with the clients that were over
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

  /** The window with most slow requests, the earliest if there are several; `null` if none was slow. */
  slowest(): SlowWindow | null {
    let slowest = -1, index = NaN, most = 0;
    for (let slot = 0; slot < this.#worst.size; slot++) {
      const slow = this.#outcomes.slowAt(slot);
      if (slow < most || slow === 0) continue;
      const slotIndex = this.#worst.numberAt(slot);
      if (slow === most && slotIndex > index) continue;
      [slowest, index, most] = [slot, slotIndex, slow];
    }
    if (slowest === -1) return null;
    const { windowUs } = this.#options, { count, totalUs } = this.#times.at(slowest);
    return {
      startUs: index * windowUs,
      endUs: (index + 1) * windowUs,
      ...this.#outcomes.at(slowest),
      meanUs: divideRounded(totalUs, count),
    };
  }

  /** How many slow requests are in windows that were evicted; the slowest window may lack up to as many. */
  slowLeft(slow: number): number {
    return slow - this.#outcomes.total(this.#worst.size).slow;
  }

  /** By how many failed requests the worst window may be off; 0 if it is exact. */
  worstBound(): number {
    return this.#worst.bound;
  }

  /** How many requests are missing, as their windows were evicted; the worst window may lack up to as many. */
  requestsLeft(): number {
    return this.#requests - this.#outcomes.total(this.#worst.size).requests;
  }

  /**
   * The clients that were over the limit in some window. Every client that was over it by more than
   * {@linkcode Windows.suspiciousBound} is among them. Clients that only may have been over it are among
   * them too, unless the bound is above the limit itself.
   */
  suspiciousIps(): SuspiciousIps {
    const above = this.#pairs.above(this.#options.suspiciousOver);
    return new SuspiciousIps(this.#surely(above), this.#options, this.#hashKey);
  }

  /** By how many requests a client's count in a window may be off; 0 if all counts are exact. */
  suspiciousBound(): number {
    return this.#pairs.bound;
  }

  #ofPairs(): PairCountsOptions {
    return { capacity: this.#options.maxPairs, hashKey: this.#hashKey };
  }

  #ofWorst(): SpaceSavingOptions {
    const onNewKey = (slot: number) => {
      this.#outcomes.clear(slot);
      this.#times.clear(slot);
    };
    const { maxWindows: capacity } = this.#options;
    return { capacity, hashKey: this.#hashKey, areNumbers: true, onNewKey };
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
