import type { RecordBatch } from "../records/record_batch.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { NumberStore } from "../tables/keys/number_store.ts";
import { readIntegers, readList, readObject, wrong } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { type DurationState, DurationStats } from "./durations/duration_stats.ts";
import type { DurationSummary } from "./durations/duration_summary.ts";
import { readStep } from "./timeline.ts";

/** How many steps have response times of their own at most. */
export const MAX_TIMED_STEPS = 64;

/** What response times depend on. */
export interface ResponseTimesOptions {
  /** Length of a window in microseconds: the shortest step. */
  readonly windowUs: number;
  /** Up to how many response times percentiles are exact. */
  readonly exactPercentilesUpTo: number;
  /** The key of the steps' hashes. */
  readonly hashKey: HashKey;
}

/** The response times of one step. */
export interface TimedStep {
  /** Its first microsecond since the epoch, a multiple of the step. */
  readonly startUs: number;
  /** Their summary. */
  readonly responseTime: DurationSummary;
}

/** Response times as JSON; each step has a row in all columns, earliest first. */
export interface ResponseTimesState {
  /** How long a step is, in microseconds. */
  readonly step: number;
  /** For each step, its index: it begins at `index * step`, in microseconds since the epoch. */
  readonly indexes: readonly number[];
  /** For each step, how long requests took. */
  readonly times: readonly DurationState[];
}

/**
 * How long did requests take, in all and over time? Those without a response time are left out.
 *
 * A step is one window, or 2, 4, 8, … windows: the least number for which at most {@linkcode MAX_TIMED_STEPS} steps
 * have a response time. The steps depend neither on the order of the records nor on how they were split, and the
 * distribution of all is that of the steps together, without loss.
 */
export class ResponseTimes implements Aggregate<ResponseTimes, ResponseTimesState> {
  readonly #options: ResponseTimesOptions;
  #stepUs: number;
  /** The indexes of the steps, each in the slot of its step. */
  #steps: NumberStore;
  /** For each step, by its slot, how long requests took. */
  #stats: DurationStats;

  /** Makes the aggregate of no records. */
  constructor(options: ResponseTimesOptions) {
    this.#options = options;
    this.#stepUs = options.windowUs;
    this.#steps = new NumberStore(options.hashKey);
    this.#stats = new DurationStats(options.exactPercentilesUpTo);
  }

  /** Adds the response times of the records of a batch to their steps. */
  add(records: RecordBatch): void {
    const { size, responseTimesUs, timestampsUs } = records;
    for (let row = 0; row < size;) {
      if (responseTimesUs[row]! < 0) {
        row++;
        continue;
      }
      const stepUs = this.#stepUs, index = Math.floor(timestampsUs[row]! / stepUs);
      const end = records.endOfRun(row, index * stepUs, (index + 1) * stepUs);
      const times = row === 0 ? responseTimesUs : responseTimesUs.subarray(row, end);
      this.#stats.addRow(times, end - row, this.#steps.intern(index));
      this.#fit();
      row = end;
    }
  }

  /** Adds all that another with the same options has; that one is not changed. */
  merge(other: ResponseTimes): void {
    while (this.#stepUs < other.#stepUs) this.#double();
    this.#addSteps(other.#steps, other.#stats, other.#stepUs);
    this.#fit();
  }

  /** Whether the percentiles of all response times are exact. */
  arePercentilesExact(): boolean {
    return this.#total().isExact(TOTAL);
  }

  /** The summary with the given percentiles, each from 0 to 100; `null` if no request had a response time. */
  result(percentiles: readonly number[]): DurationSummary | null {
    return this.#total().result(percentiles, TOTAL);
  }

  /** How long a step is, in microseconds. */
  stepUs(): number {
    return this.#stepUs;
  }

  /** Returns the steps that have a response time, earliest first, with the given percentiles of each. */
  steps(percentiles: readonly number[]): TimedStep[] {
    return Array.from(this.#steps.sorted(), (slot) => ({
      startUs: this.#steps.numberAt(slot) * this.#stepUs,
      // Each step has a response time.
      responseTime: this.#stats.result(percentiles, slot)!,
    }));
  }

  /** Whether the percentiles of every step are exact. */
  areStepsExact(): boolean {
    return this.#steps.sorted().every((slot) => this.#stats.isExact(slot));
  }

  /** Its JSON form. */
  toJSON(): ResponseTimesState {
    const slots = this.#steps.sorted();
    return {
      step: this.#stepUs,
      indexes: Array.from(slots, (slot) => this.#steps.numberAt(slot)),
      times: Array.from(slots, (slot) => this.#stats.stateOf(slot)),
    };
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @param value The parsed JSON.
   * @param options The options.
   * @throws {SyntaxError} If `value` is not the JSON form of response times with these options.
   */
  static fromJSON(value: unknown, options: ResponseTimesOptions): ResponseTimes {
    const state = readObject(value, "response times"), times = new ResponseTimes(options);
    times.#stepUs = readStep(state["step"], options.windowUs);
    const indexes = readIntegers(state, "indexes", { least: -Number.MAX_SAFE_INTEGER });
    if (indexes.length > MAX_TIMED_STEPS) throw wrong("indexes", `at most ${MAX_TIMED_STEPS}`);
    for (const [slot, its] of readList(state, "times", indexes.length).entries()) {
      if (times.#steps.intern(indexes[slot]!) !== slot) throw wrong("indexes", "each step once");
      times.#stats.readJSON(its, slot);
      if (times.#stats.result([], slot) === null) throw wrong("times", "a time in each step");
    }
    return times;
  }

  /** The response times of all steps, in the row `TOTAL` of summaries of their own. */
  #total(): DurationStats {
    const total = new DurationStats(this.#options.exactPercentilesUpTo);
    for (const slot of this.#steps.sorted()) total.merge(this.#stats, TOTAL, slot);
    return total;
  }

  #fit(): void {
    while (this.#steps.size > MAX_TIMED_STEPS) this.#double();
  }

  #double(): void {
    const [steps, stats] = [this.#steps, this.#stats];
    this.#steps = new NumberStore(this.#options.hashKey);
    this.#stats = new DurationStats(this.#options.exactPercentilesUpTo);
    this.#stepUs *= 2;
    this.#addSteps(steps, stats, this.#stepUs / 2);
  }

  /** Adds steps of `stepUs`, which are as long as its own or shorter. */
  #addSteps(steps: NumberStore, stats: DurationStats, stepUs: number): void {
    for (const slot of steps.sorted()) {
      const index = Math.floor(steps.numberAt(slot) * stepUs / this.#stepUs);
      this.#stats.merge(stats, this.#steps.intern(index), slot);
    }
  }
}

/** The row of the summary of all. */
const TOTAL = 0;
