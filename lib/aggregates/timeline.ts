import type { LogRecord } from "../../schema.ts";
import type { HashKey } from "../sketches/half_sip_hash.ts";
import { NumberMap } from "../sketches/number_map.ts";
import type { Aggregate } from "./aggregate.ts";
import { addOutcome, mergeOutcomes, noOutcomes, type OutcomeCounts } from "./outcome_counts.ts";
import type { WindowOptions } from "./windows.ts";

/** What came in one step of the timeline. */
export interface TimelineStep extends Readonly<OutcomeCounts> {
  /** Its first microsecond since the epoch, a multiple of the step. */
  readonly startUs: number;
}

/**
 * How many requests came when, and how did they end? All counts are exact.
 *
 * A step is a window, or as many windows (2, 4, 8, …) as it takes for the steps that have a record to
 * be no more than there is room for; so one wild timestamp does not ruin it, and it depends neither
 * on the order of the records nor on how they were split.
 */
export class Timeline implements Aggregate<Timeline> {
  readonly #options: Required<WindowOptions>;
  readonly #shift: number;
  #stepUs: number;
  #steps: NumberMap<OutcomeCounts>;

  /** Makes the timeline of no records, whose steps are hashed so. */
  constructor(options: Required<WindowOptions>, [shift]: HashKey) {
    this.#options = options;
    this.#shift = shift;
    this.#stepUs = options.windowUs;
    this.#steps = this.#empty();
  }

  /** Counts one request towards its step. */
  add(record: LogRecord): void {
    addOutcome(this.#step(Math.floor(record.timestampUs / this.#stepUs)), record.statusCode);
    this.#fit();
  }

  /** Takes in what another of the same options has. */
  merge(other: Timeline): void {
    while (this.#stepUs < other.#stepUs) this.#double();
    for (const [index, counts] of other.#steps) {
      const own = Math.floor(index * other.#stepUs / this.#stepUs);
      mergeOutcomes(this.#step(own), counts);
    }
    this.#fit();
  }

  /** How long a step is, in microseconds. */
  stepUs(): number {
    return this.#stepUs;
  }

  /** Every step with a record in it, earliest first. */
  result(): TimelineStep[] {
    return [...this.#steps]
      .sort(([a], [b]) => a - b)
      .map(([index, counts]) => ({ startUs: index * this.#stepUs, ...counts }));
  }

  #step(index: number): OutcomeCounts {
    let counts = this.#steps.get(index);
    if (counts === undefined) this.#steps.set(index, counts = noOutcomes());
    return counts;
  }

  #fit(): void {
    while (this.#steps.size > this.#options.maxWindows) this.#double();
  }

  #double(): void {
    const finer = this.#steps;
    this.#steps = this.#empty();
    this.#stepUs *= 2;
    for (const [index, counts] of finer) mergeOutcomes(this.#step(Math.floor(index / 2)), counts);
  }

  #empty(): NumberMap<OutcomeCounts> {
    return new NumberMap(this.#shift);
  }
}
