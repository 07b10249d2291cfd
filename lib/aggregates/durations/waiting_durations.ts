import { longerBuffer } from "../../tables/longer_buffer.ts";

/** So many of a row wait at the most: as many as a byte can count. */
export const MAX_WAITING: number = 255;
/** A longer one, of more than an hour, cannot wait: in microseconds. */
export const LONGEST_WAITING: number = 2 ** 32 - 1;

/** So many of a row are where all rows have some; others are in a list that only rows with more have. */
const FEW = 16, LISTED = MAX_WAITING - FEW;
/** Lists are made so many at a time at the most. */
const MAX_SPARE = 2 ** 10;

/** What wait. */
export interface WaitingDurationsParts {
  /** How many of each row. */
  readonly counts: Uint8Array<ArrayBuffer>;
  /** The first of each row. */
  readonly few: Uint32Array<ArrayBuffer>;
  /** Which list each row has, from 1 on, or 0. */
  readonly lists: Int32Array<ArrayBuffer>;
  /** How many lists rows have. */
  readonly used: number;
  /** The others, in lists. */
  readonly listed: Uint32Array<ArrayBuffer>;
}

/**
 * Durations of many rows that wait until there are enough of a row to be counted together. Of ten thousand
 * rows each is out of the processor's cache when its turn comes: to write one number is all that is done then.
 *
 * Memory: four bytes for each that may wait: 64 a row, and 1 KiB more once it has more than 16.
 *
 * @example Two of a row
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MAX_WAITING, WaitingDurations } from "./waiting_durations.ts";
 *
 * const waiting = new WaitingDurations();
 * for (const us of [20, 10]) waiting.add(us, 3);
 * const copy = new Uint32Array(MAX_WAITING);
 * assertEquals(copy.subarray(0, waiting.copy(3, copy)), Uint32Array.of(20, 10));
 * waiting.clear(3);
 * assertEquals(waiting.countOf(3), 0);
 * ```
 */
export class WaitingDurations {
  #counts = new Uint8Array();
  #few = new Uint32Array();
  #lists = new Int32Array();
  #used = 0;
  #listed = new Uint32Array();

  /** Makes one of the parts of another. */
  static ofParts(parts: WaitingDurationsParts): WaitingDurations {
    const waiting = new WaitingDurations();
    waiting.#counts = parts.counts;
    waiting.#few = parts.few;
    waiting.#lists = parts.lists;
    waiting.#used = parts.used;
    waiting.#listed = parts.listed;
    return waiting;
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): WaitingDurationsParts {
    return {
      counts: this.#counts,
      few: this.#few,
      lists: this.#lists,
      used: this.#used,
      listed: this.#listed,
    };
  }

  /** How many of a row wait. */
  countOf(row: number): number {
    return this.#counts[row] ?? 0;
  }

  /** Copies those of a row, in any order; tells how many they are. */
  copy(row: number, into: Uint32Array | Float64Array): number {
    const count = this.countOf(row), start = FEW * row;
    into.set(this.#few.subarray(start, start + Math.min(count, FEW)));
    if (count > FEW) {
      const first = LISTED * (this.#lists[row]! - 1);
      into.set(this.#listed.subarray(first, first + count - FEW), FEW);
    }
    return count;
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
    if (place < FEW) {
      this.#few[FEW * row + place] = durationUs;
      return false;
    }
    // It keeps its list when it is cleared.
    if (this.#lists[row] === 0) this.#lists[row] = this.#newList();
    this.#listed[LISTED * (this.#lists[row]! - 1) + place - FEW] = durationUs;
    return place + 1 === MAX_WAITING;
  }

  #newList(): number {
    const lists = this.#used + Math.min(this.#used + 1, MAX_SPARE);
    if (LISTED * ++this.#used > this.#listed.length) {
      this.#listed = new Uint32Array(longerBuffer(this.#listed.buffer, 4 * LISTED * lists));
    }
    return this.#used;
  }

  #reach(row: number): void {
    const rows = Math.max(row + 1, Math.ceil(1.5 * this.#counts.length));
    this.#counts = new Uint8Array(longerBuffer(this.#counts.buffer, rows));
    this.#few = new Uint32Array(longerBuffer(this.#few.buffer, 4 * FEW * rows));
    this.#lists = new Int32Array(longerBuffer(this.#lists.buffer, 4 * rows));
  }
}
