import { longerBuffer } from "../../tables/longer_buffer.ts";

/** How many durations a row buffers at most. */
export const MAX_WAITING: number = 127;
/** The longest duration that can be buffered, in microseconds: more than an hour, in 32 bits. */
export const LONGEST_WAITING: number = 2 ** 32 - 1;

/** The first `INLINE` durations of a row are stored inline; the rest go to an overflow list of the row. */
const INLINE = 16, OVERFLOW = MAX_WAITING - INLINE;
/** How many overflow lists are allocated at once at most. */
const MAX_SPARE = 2 ** 10;

/** The fields of `WaitingDurations` as typed arrays, to transfer to another thread. */
export interface WaitingDurationsParts {
  /** For each row, how many durations are buffered. */
  readonly counts: Uint8Array<ArrayBuffer>;
  /** For each row, room for its first 16 durations. */
  readonly few: Uint32Array<ArrayBuffer>;
  /** For each row, the number of its overflow list, from 1 on; 0 if it has none. */
  readonly lists: Int32Array<ArrayBuffer>;
  /** How many overflow lists belong to a row. */
  readonly used: number;
  /** The overflow lists, one behind the other. */
  readonly listed: Uint32Array<ArrayBuffer>;
}

/**
 * Buffers the durations of many rows, until there are enough of a row to be counted together. With ten
 * thousand rows, the data of a row is out of the processor's cache when its next duration comes; to buffer
 * the duration writes one number only.
 *
 * Memory: four bytes for each duration that there is room for: 64 a row, and 444 more once the row has
 * more than 16.
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

  /** Makes the buffers of the fields of others. */
  static ofParts(parts: WaitingDurationsParts): WaitingDurations {
    const waiting = new WaitingDurations();
    waiting.#counts = parts.counts;
    waiting.#few = parts.few;
    waiting.#lists = parts.lists;
    waiting.#used = parts.used;
    waiting.#listed = parts.listed;
    return waiting;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): WaitingDurationsParts {
    return {
      counts: this.#counts,
      few: this.#few,
      lists: this.#lists,
      used: this.#used,
      listed: this.#listed,
    };
  }

  /** How many durations of a row are buffered. */
  countOf(row: number): number {
    return this.#counts[row] ?? 0;
  }

  /** Copies the durations of a row into `into`, in any order, and returns how many there are. */
  copy(row: number, into: Uint32Array | Float64Array): number {
    const count = this.countOf(row), start = INLINE * row;
    into.set(this.#few.subarray(start, start + Math.min(count, INLINE)));
    if (count > INLINE) {
      const first = OVERFLOW * (this.#lists[row]! - 1);
      into.set(this.#listed.subarray(first, first + count - INLINE), INLINE);
    }
    return count;
  }

  /** Empties the buffer of a row. */
  clear(row: number): void {
    if (row < this.#counts.length) this.#counts[row] = 0;
  }

  /**
   * Buffers a duration, in microseconds, of at most {@linkcode LONGEST_WAITING}.
   *
   * @returns Whether the buffer of the row is full: then it must be cleared before the next is added.
   */
  add(durationUs: number, row: number): boolean {
    if (row >= this.#counts.length) this.#reach(row);
    const place = this.#counts[row]!++;
    if (place < INLINE) {
      this.#few[INLINE * row + place] = durationUs;
      return false;
    }
    // A row keeps its overflow list when it is cleared.
    if (this.#lists[row] === 0) this.#lists[row] = this.#newList();
    this.#listed[OVERFLOW * (this.#lists[row]! - 1) + place - INLINE] = durationUs;
    return place + 1 === MAX_WAITING;
  }

  #newList(): number {
    const lists = this.#used + Math.min(this.#used + 1, MAX_SPARE);
    if (OVERFLOW * ++this.#used > this.#listed.length) {
      this.#listed = new Uint32Array(longerBuffer(this.#listed.buffer, 4 * OVERFLOW * lists));
    }
    return this.#used;
  }

  #reach(row: number): void {
    const rows = Math.max(row + 1, Math.ceil(1.5 * this.#counts.length));
    this.#counts = new Uint8Array(longerBuffer(this.#counts.buffer, rows));
    this.#few = new Uint32Array(longerBuffer(this.#few.buffer, 4 * INLINE * rows));
    this.#lists = new Int32Array(longerBuffer(this.#lists.buffer, 4 * rows));
  }
}
