/** In place of a slot: the key was not counted; the key was counted, but another key got its slot since. */
export const UNCOUNTED: number = -1, GONE: number = -2;

/** How many bytes a row has in a column of keys. */
export const BYTES_PER_KEY: number = 5 * 4;

/**
 * A column of keys. Each key is a range of bytes of UTF-8 in a buffer that is not part of the column, and the
 * slot of the key in the aggregate that counts it. A reader may cache slots: it writes the slot that a key had
 * when it was counted last. The aggregate writes the slot that the key has now.
 *
 * @example Two keys
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { KeyColumn } from "./key_column.ts";
 *
 * const column = new KeyColumn(2);
 * column.place(0, 5, 8);
 * assertEquals([column.starts[0], column.ends[0], column.slots[0]], [5, 8, -1]);
 * ```
 */
export class KeyColumn {
  /** The offset at which each key begins. */
  readonly starts: Int32Array;
  /** The offset behind each key. */
  readonly ends: Int32Array;
  /**
   * Before the keys are counted: the slot that each had when it was counted last, or {@linkcode UNCOUNTED}
   * if none is cached. Afterwards: the slot that each has, or {@linkcode UNCOUNTED}, or {@linkcode GONE}.
   */
  readonly slots: Int32Array;
  /** How often each slot had gone to another key by then. If that number is still the same, so is the key. */
  readonly stamps: Int32Array;
  /**
   * The rows whose keys had to be looked up and are worth caching: the first {@linkcode misses} entries. A new
   * key is worth it only while there are free slots: if there are more keys, many of them come only once.
   */
  readonly missed: Int32Array;
  /** How many entries {@linkcode missed} has. */
  misses = 0;

  /** Makes a column of `rows` rows, in `buffer` from the offset `start` on, a multiple of 4. */
  constructor(
    rows: number,
    buffer: ArrayBuffer = new ArrayBuffer(rows * BYTES_PER_KEY),
    start = 0,
  ) {
    const integers = (i: number) => new Int32Array(buffer, start + 4 * rows * i, rows);
    [this.starts, this.ends] = [integers(0), integers(1)];
    [this.slots, this.stamps, this.missed] = [integers(2), integers(3), integers(4)];
  }

  /** Writes a key into a row, without a cached slot. */
  place(row: number, start: number, end: number): void {
    this.starts[row] = start;
    this.ends[row] = end;
    this.slots[row] = UNCOUNTED;
  }
}
