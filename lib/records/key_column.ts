/** What stands for the slot of a key that was not counted, and of one that has none any more. */
export const UNCOUNTED: number = -1, GONE: number = -2;

/** How many bytes a column takes for each row. */
export const BYTES_PER_KEY: number = 5 * 4;

/**
 * A column of keys, each of which is some bytes that stand elsewhere, in UTF-8. Whoever reads keys may remember
 * which slot one had when it was counted last; whoever counts them writes which it has now.
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
  /** Where the keys begin. */
  readonly starts: Int32Array;
  /** Where they end. */
  readonly ends: Int32Array;
  /**
   * Before they are counted, the slot that each had when it was counted last, or {@linkcode UNCOUNTED} if
   * nobody remembers; afterwards that which it has, or {@linkcode UNCOUNTED}, or {@linkcode GONE}.
   */
  readonly slots: Int32Array;
  /** How often the key of that slot had changed by then: the key has it still if it has not changed since. */
  readonly stamps: Int32Array;
  /**
   * Which rows had to be looked for and are worth remembering: {@linkcode misses} of them. Those that came for
   * the first time are as long as all have a slot; of more keys than that, many may come but once.
   */
  readonly missed: Int32Array;
  /** How many there are in {@linkcode missed}. */
  misses = 0;

  /** Makes a column of so many rows, in a buffer from an address on, a multiple of 4. */
  constructor(
    rows: number,
    buffer: ArrayBuffer = new ArrayBuffer(rows * BYTES_PER_KEY),
    start = 0,
  ) {
    const integers = (i: number) => new Int32Array(buffer, start + 4 * rows * i, rows);
    [this.starts, this.ends] = [integers(0), integers(1)];
    [this.slots, this.stamps, this.missed] = [integers(2), integers(3), integers(4)];
  }

  /** Has a key in a row of which nobody remembers anything. */
  place(row: number, start: number, end: number): void {
    this.starts[row] = start;
    this.ends[row] = end;
    this.slots[row] = UNCOUNTED;
  }
}
