import { REJECTION_REASONS, type RejectionReason } from "../../schema.ts";
import { readInteger, readObject, wrong } from "../tables/read_state.ts";

/** Counts of lines as JSON. */
export interface LineCountsState {
  /** Lines that are records. */
  readonly records: number;
  /** Blank lines. */
  readonly blank: number;
  /** Lines that say of themselves that they are no finished request. */
  readonly context: number;
  /** Records whose time had no zone. */
  readonly assumed_zone: number;
  /** Records that were left out by choice; absent if none were. */
  readonly filtered?: number;
  /** Rejected lines by reason. */
  readonly rejected: Readonly<Record<string, number>>;
}

/**
 * Counts of lines: each line is a record that counts, a record that was left out by choice, blank, context or
 * rejected. `lines()` is the sum of all five.
 *
 * @example Three lines
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LineCounts } from "./line_counts.ts";
 *
 * const counts = new LineCounts();
 * counts.addRecords(1);
 * counts.addBlank();
 * counts.addRejected("not_json");
 * assertEquals(counts.lines(), 3);
 * assertEquals(counts.rejectedByReason(), [["not_json", 1]]);
 * ```
 */
export class LineCounts {
  #records = 0;
  #blank = 0;
  #context = 0;
  #assumedZone = 0;
  #filtered = 0;
  #rejected = new Map<RejectionReason, number>();

  /** Counts `count` lines that are records. */
  addRecords(count: number): void {
    this.#records += count;
  }

  /** Counts `count` records that were left out by choice. */
  addFiltered(count: number): void {
    this.#filtered += count;
  }

  /** Counts a blank line. */
  addBlank(): void {
    this.#blank++;
  }

  /** Counts a line that says of itself that it is no finished request. */
  addContext(): void {
    this.#context++;
  }

  /** Counts `count` records whose time had no zone, so that one had to be assumed. */
  addAssumedZone(count: number): void {
    this.#assumedZone += count;
  }

  /** Counts `times` lines that were rejected for a reason. */
  addRejected(reason: RejectionReason, times = 1): void {
    this.#rejected.set(reason, (this.#rejected.get(reason) ?? 0) + times);
  }

  /** Adds all counts of another; that one is not changed. */
  merge(other: LineCounts): void {
    this.#records += other.#records;
    this.#blank += other.#blank;
    this.#context += other.#context;
    this.#assumedZone += other.#assumedZone;
    this.#filtered += other.#filtered;
    for (const [reason, times] of other.#rejected) this.addRejected(reason, times);
  }

  /** Its JSON form. */
  toJSON(): LineCountsState {
    const rejected = Object.fromEntries(this.rejectedByReason());
    return {
      records: this.#records,
      blank: this.#blank,
      context: this.#context,
      assumed_zone: this.#assumedZone,
      ...this.#filtered > 0 ? { filtered: this.#filtered } : {},
      rejected,
    };
  }

  /**
   * Makes the counts of their JSON form.
   *
   * @throws {SyntaxError} If `value` is no such form.
   */
  static fromJSON(value: unknown): LineCounts {
    const state = readObject(value, "counts of lines");
    const rejected = readObject(state["rejected"], "rejected");
    const counts = new LineCounts();
    counts.#records = readInteger(state, "records", 0);
    counts.#blank = readInteger(state, "blank", 0);
    counts.#context = readInteger(state, "context", 0);
    counts.#assumedZone = readInteger(state, "assumed_zone", 0);
    if ("filtered" in state) counts.#filtered = readInteger(state, "filtered", 1);
    for (const name of Object.keys(rejected)) {
      const reason = REJECTION_REASONS.find((reason) => reason === name);
      if (reason === undefined) throw wrong("rejected", "reasons that there are");
      counts.addRejected(reason, readInteger(rejected, name, 0));
    }
    return counts;
  }

  /** How many lines there were. */
  lines(): number {
    return this.#records + this.#filtered + this.#blank + this.#context + this.rejected();
  }

  /** How many lines were records. */
  records(): number {
    return this.#records;
  }

  /** How many records were left out by choice. */
  filtered(): number {
    return this.#filtered;
  }

  /** How many lines were blank. */
  blank(): number {
    return this.#blank;
  }

  /** How many lines said of themselves that they were no finished request. */
  context(): number {
    return this.#context;
  }

  /** How many records had a time without a zone. */
  assumedZone(): number {
    return this.#assumedZone;
  }

  /** How many lines were rejected. */
  rejected(): number {
    return this.rejectedByReason().reduce((sum, [, times]) => sum + times, 0);
  }

  /** Each reason that came, with its count, in the order in which a line is checked for them. */
  rejectedByReason(): [reason: RejectionReason, count: number][] {
    return REJECTION_REASONS
      .map((reason): [RejectionReason, number] => [reason, this.#rejected.get(reason) ?? 0])
      .filter(([, times]) => times > 0);
  }
}
