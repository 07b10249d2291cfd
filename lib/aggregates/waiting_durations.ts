/** So many of a row wait at the most. */
export const MOST_WAITING = 255;
/** A longer one, of more than an hour, cannot wait: in microseconds. */
export const LONGEST_WAITING: number = 2 ** 32 - 1;

/** What wait: of each row, and how many. */
export interface WaitingDurationsParts {
  /** The durations. */
  readonly durationsUs: Uint32Array<ArrayBuffer>;
  /** How many there are of each row. */
  readonly counts: Uint8Array<ArrayBuffer>;
}

/**
 * Durations of many rows that wait until there are enough of a row to be counted together. Of ten thousand
 * rows each is out of the processor's cache when its turn comes: to write one number is all that is done then.
 *
 * Memory: four bytes for each that may wait, 1 KiB a row.
 *
 * @example Two of a row
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { WaitingDurations } from "./waiting_durations.ts";
 *
 * const waiting = new WaitingDurations();
 * for (const us of [20, 10]) waiting.add(us, 3);
 * assertEquals(waiting.of(3), Uint32Array.of(20, 10));
 * waiting.clear(3);
 * assertEquals(waiting.countOf(3), 0);
 * ```
 */
export class WaitingDurations {
  #durationsUs = new Uint32Array();
  #counts = new Uint8Array();

  /** Makes one of the parts of another. */
  static ofParts({ durationsUs, counts }: WaitingDurationsParts): WaitingDurations {
    const waiting = new WaitingDurations();
    [waiting.#durationsUs, waiting.#counts] = [durationsUs, counts];
    return waiting;
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): WaitingDurationsParts {
    return { durationsUs: this.#durationsUs, counts: this.#counts };
  }

  /** How many of a row wait. */
  countOf(row: number): number {
    return this.#counts[row] ?? 0;
  }

  /** Those of a row, where they are. */
  of(row: number): Uint32Array<ArrayBuffer> {
    const start = MOST_WAITING * row;
    return this.#durationsUs.subarray(start, start + this.countOf(row));
  }

  /** Has none of a row wait any longer. */
  clear(row: number): void {
    if (row < this.#counts.length) this.#counts[row] = 0;
  }

  /**
   * Has one wait, of at most {@linkcode LONGEST_WAITING}.
   *
   * @returns Whether there is no room for another of its row: it must be cleared before one comes.
   */
  add(durationUs: number, row: number): boolean {
    if (row >= this.#counts.length) this.#reach(row);
    const place = this.#counts[row]!++;
    this.#durationsUs[MOST_WAITING * row + place] = durationUs;
    return place + 1 === MOST_WAITING;
  }

  #reach(row: number): void {
    const rows = Math.max(row + 1, Math.ceil(1.5 * this.#counts.length));
    this.#counts = new Uint8Array(this.#counts.buffer.transfer(rows));
    this.#durationsUs = new Uint32Array(this.#durationsUs.buffer.transfer(4 * MOST_WAITING * rows));
  }
}
