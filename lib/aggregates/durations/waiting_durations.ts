import { longerBuffer } from "../../tables/buffers.ts";

/** The first durations of a row are stored inline; the next go to a short list of the row, the rest to a long one. */
const INLINE = 16, SHORT = 48, LONG = 191;
/** How many durations a row buffers at most: as many as a byte can count. */
export const MAX_WAITING: number = INLINE + SHORT + LONG;
/** The longest duration that can be buffered, in microseconds: more than an hour, in 32 bits. */
export const LONGEST_WAITING: number = 2 ** 32 - 1;
/** How many lists are allocated at once at most. */
const MAX_SPARE = 2 ** 10;

/** The fields of `WaitingDurations` as typed arrays, to transfer to another thread. */
export interface WaitingDurationsParts {
  /** For each row, how many durations are buffered. */
  readonly counts: Uint8Array<ArrayBuffer>;
  /** For each row, room for its first 16 durations. */
  readonly few: Uint32Array<ArrayBuffer>;
  /** The lists of the next 48 durations of rows. */
  readonly short: ListsParts;
  /** The lists of the rest. */
  readonly long: ListsParts;
}

/** The fields of lists as typed arrays. */
export interface ListsParts {
  /** For each row, the number of its list, from 1 on; 0 if it has none. */
  readonly numbers: Int32Array<ArrayBuffer>;
  /** The lists, one behind the other. */
  readonly values: Uint32Array<ArrayBuffer>;
  /** How many lists belong to a row. */
  readonly used: number;
}

/** Lists of numbers of 32 bits, all equally long: one for each row that needs one. */
class Lists {
  readonly #length: number;
  #numbers = new Int32Array();
  #values = new Uint32Array();
  #used = 0;

  constructor(length: number, parts?: ListsParts) {
    this.#length = length;
    if (parts === undefined) return;
    this.#numbers = parts.numbers;
    this.#values = parts.values;
    this.#used = parts.used;
  }

  toParts(): ListsParts {
    return { numbers: this.#numbers, values: this.#values, used: this.#used };
  }

  set(row: number, place: number, value: number): void {
    // A row keeps its list when it is cleared.
    const number = this.#numbers[row] || this.#newList(row);
    this.#values[this.#length * (number - 1) + place] = value;
  }

  /** The first `count` values of a row that has a list. */
  of(row: number, count: number): Uint32Array {
    const first = this.#length * (this.#numbers[row]! - 1);
    return this.#values.subarray(first, first + count);
  }

  #newList(row: number): number {
    if (row >= this.#numbers.length) {
      const rows = Math.max(row + 1, Math.ceil(1.5 * this.#numbers.length));
      this.#numbers = new Int32Array(longerBuffer(this.#numbers.buffer, 4 * rows));
    }
    const lists = this.#used + Math.min(this.#used + 1, MAX_SPARE);
    if (this.#length * ++this.#used > this.#values.length) {
      const bytes = 4 * this.#length * lists;
      this.#values = new Uint32Array(longerBuffer(this.#values.buffer, bytes));
    }
    return this.#numbers[row] = this.#used;
  }
}

/**
 * Buffers the durations of many rows, until there are enough of a row to be counted together. With ten
 * thousand rows, the data of a row is out of the processor's cache when its next duration comes; to buffer
 * the duration writes one number only.
 *
 * Memory: four bytes for each duration that there is room for: 64 a row, 192 more once the row has more than 16, and 764
 * more once it has more than 64.
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
  #short = new Lists(SHORT);
  #long = new Lists(LONG);

  /** Makes the buffers of the fields of others. */
  static ofParts(parts: WaitingDurationsParts): WaitingDurations {
    const waiting = new WaitingDurations();
    waiting.#counts = parts.counts;
    waiting.#few = parts.few;
    waiting.#short = new Lists(SHORT, parts.short);
    waiting.#long = new Lists(LONG, parts.long);
    return waiting;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): WaitingDurationsParts {
    return {
      counts: this.#counts,
      few: this.#few,
      short: this.#short.toParts(),
      long: this.#long.toParts(),
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
    if (count > INLINE) into.set(this.#short.of(row, Math.min(count - INLINE, SHORT)), INLINE);
    if (count > INLINE + SHORT) {
      into.set(this.#long.of(row, count - INLINE - SHORT), INLINE + SHORT);
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
    if (place < INLINE) this.#few[INLINE * row + place] = durationUs;
    else if (place < INLINE + SHORT) this.#short.set(row, place - INLINE, durationUs);
    else this.#long.set(row, place - INLINE - SHORT, durationUs);
    return place + 1 === MAX_WAITING;
  }

  #reach(row: number): void {
    const rows = Math.max(row + 1, Math.ceil(1.5 * this.#counts.length));
    this.#counts = new Uint8Array(longerBuffer(this.#counts.buffer, rows));
    this.#few = new Uint32Array(longerBuffer(this.#few.buffer, 4 * INLINE * rows));
  }
}
