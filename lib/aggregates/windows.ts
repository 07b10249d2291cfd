import type { RecordBatch } from "../records/record_batch.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import type { SpaceSavingOptions } from "../sketches/space_saving_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { readInteger, readObject } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import type { FailedCounts } from "./failed_counts.ts";
import { divideRounded } from "./durations/duration_summary.ts";
import { OutcomeTable } from "./outcome_counts.ts";
import type { SuspiciousIps } from "./suspicious_ips.ts";
import { TimeSums } from "./time_sums.ts";
import { type BusyClient, WindowClients } from "./window_clients.ts";
import { type FailureKind, WindowFailures } from "./window_failures.ts";
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
 * fewest requests, see {@linkcode WindowClients}, or failures, see {@linkcode WindowFailures}. The worst window stays
 * exact while no more than `maxWindows` had something that failed or was slow: others evict none of these.
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
  #clients: WindowClients;
  #failures: WindowFailures;
  #requests = 0;
  /** The window that was counted last. */
  #lastIndex = NaN;
  #lastSlot = -1;

  /** Makes the aggregate of no records, whose windows and clients are hashed with `hashKey`. */
  constructor(options: Required<WindowOptions>, hashKey: HashKey) {
    this.#options = options;
    this.#hashKey = hashKey;
    this.#outcomes = new OutcomeTable(options.slowOverUs);
    this.#worst = new SpaceSaving(this.#ofWorst());
    this.#clients = new WindowClients(options, hashKey);
    this.#failures = new WindowFailures(options.maxPairs, hashKey);
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
    windows.replacePairs(parts);
    windows.#requests = parts.requests;
    return windows;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): WindowsParts {
    return {
      worst: this.#worst.toParts(),
      outcomes: this.#outcomes.toParts(),
      times: this.#times.toParts(),
      pairs: this.#clients.toParts(),
      failures: this.#failures.toParts(),
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
      const first = this.#reach(index, records, row, end);
      if (first < end) {
        const failed = this.#outcomes.addRun(this.#lastSlot, records, first, end);
        this.#times.addRun(this.#lastSlot, records.responseTimesUs, first, end);
        this.#worst.count(this.#lastSlot, failed);
        if (failed > 0) {
          const most = this.#outcomes.failuresAt(this.#lastSlot) + this.#worst.bound;
          this.#failures.addRun(index, most - failed, records, first, end);
        }
      }
      this.#clients.addRun(index, records, row, end);
      row = end;
    }
  }

  /**
   * Finds the slot of the window of a run of rows, or claims one. Once there is no free slot, that evicts a window: no
   * request does that neither failed nor was slow, as it makes its window neither the worst nor the slowest.
   *
   * @returns The first row that counts, `end` if none does.
   */
  #reach(index: number, records: RecordBatch, row: number, end: number): number {
    if (index === this.#lastIndex) return row;
    let slot = this.#worst.find(index, NO_TEXT, 0, 0), first = row;
    if (slot === -1) {
      if (this.#worst.isFull) first = this.#outcomes.firstOfNote(records, row, end);
      if (first === end) return end;
      slot = this.#worst.claim(index, NO_TEXT, 0, 0);
    }
    this.#lastIndex = index;
    this.#lastSlot = slot;
    return first;
  }

  /** Is called with each slot of a client or an endpoint that another gets: forgets which had it. */
  forgetAlias(kind: "clients" | "endpoints", slot: number): void {
    if (kind === "clients") this.#clients.forgetAlias(slot);
    this.#failures.forgetAlias(kind, slot);
  }

  /** Adds all that another with the same options has; that one is not changed. */
  merge(other: Windows): void {
    this.#requests += other.#requests;
    this.#worst.merge(other.#worst, (slot, otherSlot) => {
      this.#outcomes.join(slot, other.#outcomes, otherSlot);
      this.#times.join(slot, other.#times, otherSlot);
    });
    this.#lastIndex = NaN;
    this.#clients.merge(other.#clients);
    this.#failures.merge(other.#failures);
  }

  /** Moves what is counted in pairs out, to be merged on another thread; afterwards it has none. */
  takePairs(): WindowPairsParts {
    const parts = { pairs: this.#clients.toParts(), failures: this.#failures.toParts() };
    this.replacePairs({});
    return parts;
  }

  /** Replaces its pairs by others, which were merged on another thread, or by none. */
  replacePairs({ pairs, failures }: Partial<WindowPairsParts>): void {
    this.#clients = new WindowClients(this.#options, this.#hashKey, pairs);
    this.#failures = WindowFailures.ofParts(failures, this.#options.maxPairs, this.#hashKey);
  }

  /** Its JSON form. */
  toJSON(): WindowsState {
    const slots = this.#worst.sorted();
    return {
      worst: this.#worst.toJSON(),
      outcomes: this.#outcomes.stateOf(slots),
      times: this.#times.stateOf(slots),
      requests: this.#requests,
      pairs: this.#clients.toJSON(),
      failures: this.#failures.toJSON(),
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
    windows.#clients = WindowClients.fromJSON(state["pairs"], options, hashKey);
    windows.#failures = WindowFailures.fromJSON(state["failures"], options.maxPairs, hashKey);
    return windows;
  }

  /**
   * The window with most failed requests, the earliest if there are several, with the clients that were over
   * the limit in it; `null` if nothing failed.
   */
  worst(): WindowSummary | null {
    const worst = this.#firstWithMost((slot) => this.#outcomes.failuresAt(slot));
    if (worst === -1) return null;
    const index = this.#worst.numberAt(worst);
    const clients = this.#clients.suspiciousIn(index);
    const failedOf = this.#failures.ofWindow("clients", index)
      .of(new Set(clients.map(({ text }) => text)));
    return {
      ...this.#boundsOf(index),
      ...this.#outcomes.at(worst),
      failedEndpoints: this.#failures.ofWindow("endpoints", index),
      suspicious: clients.map(({ text, count, error }) => ({
        ip: text,
        requests: count,
        requestsError: error,
        failed: Math.min(failedOf.get(text) ?? 0, count),
      })).sort((a, b) => b.requests - a.requests || compareCodePoints(a.ip, b.ip)),
    };
  }

  /** The window with most slow requests, the earliest if there are several; `null` if none was slow. */
  slowest(): SlowWindow | null {
    const slowest = this.#firstWithMost((slot) => this.#outcomes.slowAt(slot));
    if (slowest === -1) return null;
    const { count, totalUs } = this.#times.at(slowest);
    return {
      ...this.#boundsOf(this.#worst.numberAt(slowest)),
      ...this.#outcomes.at(slowest),
      meanUs: divideRounded(totalUs, count),
    };
  }

  #boundsOf(index: number) {
    const startUs = index * this.#options.windowUs;
    return { startUs, endUs: startUs + this.#options.windowUs };
  }

  /** The slot of the window with the highest count, above 0; of several the earliest; −1 if there is none. */
  #firstWithMost(countAt: (slot: number) => number): number {
    let first = -1, index = NaN, most = 1;
    for (let slot = 0; slot < this.#worst.size; slot++) {
      const count = countAt(slot);
      if (count < most) continue;
      const slotIndex = this.#worst.numberAt(slot);
      if (count === most && slotIndex > index) continue;
      [first, index, most] = [slot, slotIndex, count];
    }
    return first;
  }

  /** How many slow requests are in windows that were evicted; the slowest window may lack up to as many. */
  slowLeft(slow: number): number {
    return slow - this.#outcomes.totalSlow(this.#worst.size);
  }

  /** By how many failed requests the worst window may be off; 0 if it is exact. */
  worstBound(): number {
    return this.#worst.bound;
  }

  /** How many requests are missing, as their windows were evicted; the worst window may lack up to as many. */
  requestsLeft(): number {
    return this.#requests - this.#outcomes.totalRequests(this.#worst.size);
  }

  /** The clients that were over the limit in some window, see {@linkcode WindowClients.suspicious}. */
  suspiciousIps(): SuspiciousIps {
    return this.#clients.suspicious();
  }

  /** By how many requests a client's count in a window may be off; 0 if all counts are exact. */
  suspiciousBound(): number {
    return this.#clients.bound;
  }

  /** The clients that made far more requests in a window than others, see {@linkcode WindowClients.busy}. */
  busyClients(least: number, ratio: number): Generator<BusyClient> {
    return this.#clients.busy(least, ratio);
  }

  /** What failed in the windows that begin from `startUs` to before `endUs`. */
  failedIn(kind: FailureKind, startUs: number, endUs: number): FailedCounts {
    const { windowUs } = this.#options;
    return this.#failures.ofWindows(kind, startUs / windowUs, endUs / windowUs - 1);
  }

  /** By how many failed requests of a window, an endpoint, a status or a client of it may be off; 0 if exact. */
  failuresBound(): number {
    return this.#failures.bound;
  }

  #ofWorst(): SpaceSavingOptions {
    const onNewKey = (slot: number) => {
      this.#outcomes.clear(slot);
      this.#times.clear(slot);
    };
    const { maxWindows: capacity } = this.#options;
    return { capacity, hashKey: this.#hashKey, areNumbers: true, onNewKey };
  }
}
