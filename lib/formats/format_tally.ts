/** The fields of a `FormatTally`, to transfer to another thread. */
export interface FormatTallyParts {
  /** How many records were lines of each format, by its name. */
  readonly lines: ReadonlyMap<string, number>;
  /** How many records had a time without a zone. */
  readonly assumedZones: number;
  /** How many records had no user agent where a condition asked for it. */
  readonly withoutAgent: number;
  /** What is to be said of the lines, each once. */
  readonly remarks: readonly string[];
}

/** The most remarks that are kept. */
const MAX_REMARKS = 8;

/**
 * Counts of records by the format that their lines had.
 *
 * @example Two formats
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FormatTally } from "./format_tally.ts";
 *
 * const tally = new FormatTally();
 * tally.addLines("combined", 2);
 * const lines = new Map([["combined", 1], ["caddy", 1]]);
 * tally.merge({ lines, assumedZones: 0, withoutAgent: 0, remarks: [] });
 * assertEquals(tally.lines, new Map([["combined", 3], ["caddy", 1]]));
 * ```
 */
export class FormatTally {
  readonly #lines = new Map<string, number>();
  #assumedZones = 0;
  #withoutAgent = 0;
  readonly #remarks = new Set<string>();

  /** Adds records whose lines had a format. */
  addLines(format: string, count: number): void {
    this.#lines.set(format, (this.#lines.get(format) ?? 0) + count);
  }

  /** Adds records whose time had no zone. */
  addAssumedZones(count: number): void {
    this.#assumedZones += count;
  }

  /** Adds records that had no user agent where a condition asked for it. */
  addWithoutAgent(count: number): void {
    this.#withoutAgent += count;
  }

  /** Adds what is to be said of the lines: a sentence without a period, which is said once. */
  addRemark(remark: string): void {
    if (this.#remarks.size < MAX_REMARKS) this.#remarks.add(remark);
  }

  /** Adds the counts and remarks of another thread. */
  merge({ lines, assumedZones, withoutAgent, remarks }: FormatTallyParts): void {
    for (const remark of remarks) this.addRemark(remark);
    for (const [format, count] of lines) this.addLines(format, count);
    this.addAssumedZones(assumedZones);
    this.addWithoutAgent(withoutAgent);
  }

  /** How many records were lines of each format, in the order in which formats came first. */
  get lines(): ReadonlyMap<string, number> {
    return this.#lines;
  }

  /** How many records there were. */
  get count(): number {
    return this.#lines.values().reduce((sum, count) => sum + count, 0);
  }

  /** How many records had a time without a zone. */
  get assumedZones(): number {
    return this.#assumedZones;
  }

  /** Returns the fields, to transfer to another thread. */
  toParts(): FormatTallyParts {
    return {
      lines: this.#lines,
      assumedZones: this.#assumedZones,
      withoutAgent: this.#withoutAgent,
      remarks: [...this.#remarks],
    };
  }

  /** Returns the counts and remarks so far, and counts from 0 on again. */
  take(): FormatTallyParts {
    const taken = { ...this.toParts(), lines: new Map(this.#lines) };
    this.#lines.clear();
    this.#remarks.clear();
    this.#assumedZones = this.#withoutAgent = 0;
    return taken;
  }
}
