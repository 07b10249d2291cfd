import type { RecordBatch } from "../records/record_batch.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import type { NumberStoreParts } from "../tables/keys/keys.ts";
import { NumberStore } from "../tables/keys/number_store.ts";
import { readIntegers, readObject, wrong } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { OutcomeTable, type OutcomeTableParts, type OutcomeTableState } from "./outcome_counts.ts";
import type { WindowOptions } from "./window_options.ts";

/** The steps of a timeline that have a request, in columns, earliest first. */
export interface TimelineColumns {
  /** How many steps there are. */
  readonly size: number;
  /** For each step, its first microsecond since the epoch, a multiple of the step. */
  readonly startsUs: Float64Array;
  /** For each step, how many requests came in it. */
  readonly requests: Float64Array;
  /** For each step, how many of them failed. */
  readonly failed: Float64Array;
  /** For each step, how many of them have status 400–499. */
  readonly failed4xx: Float64Array;
  /** For each step, how many of them have status 500–599. */
  readonly failed5xx: Float64Array;
  /** For each step, how many of them were slow. */
  readonly slow: Float64Array;
}

/** A timeline as JSON; each step has a row in all columns, earliest first. */
export interface TimelineState {
  /** How long a step is, in microseconds. */
  readonly step: number;
  /** For each step, its index: it begins at `index * step`, in microseconds since the epoch. */
  readonly indexes: readonly number[];
  /** For each step, how requests ended. */
  readonly outcomes: OutcomeTableState;
}

/** The fields of `Timeline` as typed arrays, to transfer to another thread. */
export interface TimelineParts {
  /** How long a step is, in microseconds. */
  readonly stepUs: number;
  /** The indexes of the steps. */
  readonly steps: NumberStoreParts;
  /** For each step, by its slot, how requests ended. */
  readonly outcomes: OutcomeTableParts;
}

/**
 * How many requests came when, and how did they end? All counts are exact.
 *
 * A step is one window, or 2, 4, 8, … windows: the least number for which at most `maxWindows` steps have
 * a record. So an outlier among the timestamps adds one step only, and the timeline depends neither on the
 * order of the records nor on how they were split.
 */
export class Timeline implements Aggregate<Timeline, TimelineState, TimelineParts> {
  readonly #maxSteps: number;
  readonly #hashKey: HashKey;
  #stepUs: number;
  /** The indexes of the steps, each in the slot of its step; a step begins at `index * stepUs`. */
  #steps: NumberStore;
  #outcomes: OutcomeTable;
  readonly #slowOverUs: number;
  #lastIndex = NaN;
  #lastSlot = -1;

  /** Makes the timeline of no records, whose steps are hashed with `hashKey`. */
  constructor({ windowUs, maxWindows, slowOverUs }: Required<WindowOptions>, hashKey: HashKey) {
    this.#slowOverUs = slowOverUs;
    this.#outcomes = new OutcomeTable(slowOverUs);
    this.#maxSteps = maxWindows;
    this.#hashKey = hashKey;
    this.#stepUs = windowUs;
    this.#steps = new NumberStore(hashKey);
  }

  /** Counts each request towards its step. */
  add(records: RecordBatch): void {
    for (let row = 0; row < records.size;) {
      const stepUs = this.#stepUs, index = Math.floor(records.timestampsUs[row]! / stepUs);
      // Records of one step mostly follow each other.
      const end = records.endOfRun(row, index * stepUs, (index + 1) * stepUs);
      if (index !== this.#lastIndex) {
        this.#lastSlot = this.#steps.intern(index);
        this.#lastIndex = index;
      }
      this.#outcomes.addRun(this.#lastSlot, records, row, end);
      this.#fit();
      row = end;
    }
  }

  /** Adds all that another with the same options has; that one is not changed. */
  merge(other: Timeline): void {
    while (this.#stepUs < other.#stepUs) this.#double();
    // If all steps together are too many, doubling its own first leaves fewer to add.
    if (this.#stepUs === other.#stepUs && this.#sizeWith(other.#steps) > this.#maxSteps) {
      this.#double();
    }
    this.#addSteps(other.#steps, other.#outcomes, other.#stepUs);
    this.#fit();
  }

  /** Makes the aggregate of the fields of another with the same options. */
  static ofParts(
    parts: TimelineParts,
    options: Required<WindowOptions>,
    hashKey: HashKey,
  ): Timeline {
    const timeline = new Timeline(options, hashKey);
    timeline.#stepUs = parts.stepUs;
    timeline.#steps = NumberStore.ofParts(parts.steps, hashKey);
    timeline.#outcomes = OutcomeTable.ofParts(parts.outcomes, options.slowOverUs);
    return timeline;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): TimelineParts {
    return {
      stepUs: this.#stepUs,
      steps: this.#steps.toParts(),
      outcomes: this.#outcomes.toParts(),
    };
  }

  /** How long a step is, in microseconds. */
  stepUs(): number {
    return this.#stepUs;
  }

  /** How many steps have a record in them. */
  get size(): number {
    return this.#steps.size;
  }

  /** Returns every step with a record in it, earliest first. */
  result(): TimelineColumns {
    const slots = this.#steps.sorted(), counts = this.#outcomes.first(this.#steps.end);
    const startsUs = new Float64Array(slots.length);
    for (let row = 0; row < slots.length; row++) {
      startsUs[row] = this.#steps.numberAt(slots[row]!) * this.#stepUs;
    }
    const inOrder = (column: Float64Array) => rowsOf(column, slots);
    const failed4xx = inOrder(counts.failed4xx), failed5xx = inOrder(counts.failed5xx);
    const failed = inOrder(counts.failedOther);
    for (let row = 0; row < failed.length; row++) failed[row]! += failed4xx[row]! + failed5xx[row]!;
    return {
      ...{ size: slots.length, startsUs, requests: inOrder(counts.requests) },
      ...{ failed, failed4xx, failed5xx, slow: inOrder(counts.slow) },
    };
  }

  /** Its JSON form. */
  toJSON(): TimelineState {
    const slots = this.#steps.sorted();
    return {
      step: this.#stepUs,
      indexes: Array.from(slots, (slot) => this.#steps.numberAt(slot)),
      outcomes: this.#outcomes.stateOf(slots),
    };
  }

  /**
   * Makes the timeline of its JSON form.
   *
   * @throws {SyntaxError} If `value` is not the JSON form of a timeline with these options.
   */
  static fromJSON(value: unknown, options: Required<WindowOptions>, hashKey: HashKey): Timeline {
    const state = readObject(value, "a timeline");
    const timeline = new Timeline(options, hashKey);
    timeline.#stepUs = readStep(state["step"], options.windowUs);
    const indexes = readIntegers(state, "indexes", { least: -Number.MAX_SAFE_INTEGER });
    if (indexes.length > options.maxWindows) {
      throw wrong("indexes", "no more than there is room for");
    }
    for (const index of indexes) timeline.#steps.intern(index);
    if (timeline.size < indexes.length) throw wrong("indexes", "each step once");
    timeline.#outcomes = OutcomeTable.fromJSON(
      state["outcomes"],
      indexes.length,
      options.slowOverUs,
    );
    return timeline;
  }

  /** How many steps there would be with those of another timeline, which are as long. */
  #sizeWith(others: NumberStore): number {
    let { size } = this;
    for (const slot of others.slotsIn(this.#steps)) if (slot === -1) size++;
    return size;
  }

  #fit(): void {
    while (this.#steps.size > this.#maxSteps) this.#double();
  }

  #double(): void {
    const [steps, outcomes] = [this.#steps, this.#outcomes];
    this.#steps = new NumberStore(this.#hashKey);
    this.#outcomes = new OutcomeTable(this.#slowOverUs);
    this.#stepUs *= 2;
    this.#lastIndex = NaN;
    this.#addSteps(steps, outcomes, this.#stepUs / 2);
  }

  /** Adds steps of `stepUs`, which are as long as its own or shorter. */
  #addSteps(steps: NumberStore, outcomes: OutcomeTable, stepUs: number): void {
    const own = stepUs === this.#stepUs ? this.#steps.internAll(steps) : undefined;
    let lastIndex = NaN, lastSlot = -1;
    for (let slot = 0; slot < steps.size; slot++) {
      const index = Math.floor(steps.numberAt(slot) * stepUs / this.#stepUs);
      if (index !== lastIndex) lastSlot = own?.[slot] ?? this.#steps.intern(index);
      lastIndex = index;
      this.#outcomes.join(lastSlot, outcomes, slot);
    }
  }
}

/** The given rows of a column, in their order. */
function rowsOf(column: Float64Array, rows: Uint32Array): Float64Array {
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) found[i] = column[rows[i]!]!;
  return found;
}

/**
 * Steps are shorter than this. Two steps of 2^53 µs cover all dates, so only a shorter step is doubled once
 * more. Its length is then no safe integer, but exact: it is the length of a window times a power of 2.
 */
const LONGEST_STEP_US = 2 ** 54;

/**
 * Reads the length of a step of windows, in microseconds.
 *
 * @throws {SyntaxError} If `value` is not the length of a window times a power of 2.
 */
export function readStep(value: unknown, windowUs: number): number {
  const isStep = typeof value === "number" && Number.isInteger(value) && value >= windowUs &&
    Number.isInteger(Math.log2(value / windowUs)) &&
    (value === windowUs || value < LONGEST_STEP_US);
  if (!isStep) throw wrong("step", "the window's length times a power of 2, within all dates");
  return value;
}
