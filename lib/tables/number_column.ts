import { longerBuffer } from "./buffers.ts";

/** Arrays of integers, narrowest first. */
const WIDTHS = [Uint8Array, Uint16Array, Uint32Array, Float64Array] as const;
/** The least integer too large for each of them. The last has no limit, and holds negative integers too. */
const LIMITS = [2 ** 8, 2 ** 16, 2 ** 32] as const;
const WIDEST = 3;

/** An array of integers of some width. */
export type Numbers =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

const SMALLEST = 64;

/**
 * A column of integers, in as few bytes as the largest of them needs: 1, 2, 4 or 8 a row. It grows as
 * rows are written. A row that was never written is 0; while all rows are 0, the column takes no memory.
 * Integers are exact to 2^53; one below 0 makes it 8 bytes a row.
 *
 * @example Three rows
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { NumberColumn } from "./number_column.ts";
 *
 * const column = new NumberColumn();
 * column.set(2, 255);
 * assertEquals([column.at(0), column.at(2), column.byteLength], [0, 255, 64]);
 * column.increase(2, 1);
 * assertEquals([column.at(2), column.byteLength], [256, 128]);
 * ```
 */
export class NumberColumn {
  // One `DataView` for all widths: code that has seen several kinds of typed arrays becomes slow.
  #view = NOTHING;
  /** A row has 2^width bytes. */
  #width = 0;
  #length = 0;

  /** Makes a column of the numbers of another. */
  static ofParts(numbers: Numbers): NumberColumn {
    const column = new NumberColumn();
    column.#width = Math.log2(numbers.BYTES_PER_ELEMENT);
    column.#length = numbers.length;
    column.#view = new DataView(numbers.buffer);
    return column;
  }

  /** Its numbers as a typed array, to transfer to another thread; it is of no use afterwards. */
  toParts(): Numbers {
    return new WIDTHS[this.#width]!(this.#length === 0 ? new ArrayBuffer(0) : this.#view.buffer);
  }

  /** How many bytes it takes. */
  get byteLength(): number {
    return this.#length << this.#width;
  }

  /** The number of a row. */
  at(row: number): number {
    if (row >= this.#length) return 0;
    const view = this.#view, width = this.#width;
    if (width === 0) return view.getUint8(row);
    if (width === 1) return view.getUint16(2 * row, true);
    return width === 2 ? view.getUint32(4 * row, true) : view.getFloat64(8 * row, true);
  }

  /** The numbers of the first `rows` rows. */
  first(rows: number): Float64Array<ArrayBuffer> {
    const numbers = new Float64Array(rows);
    numbers.set(this.toParts().subarray(0, rows));
    return numbers;
  }

  /** The sum of the first `rows` rows. */
  sum(rows: number): number {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += this.at(row);
    return sum;
  }

  /** Sets the number of a row. */
  set(row: number, value: number): void {
    if (row >= this.#length) {
      if (value === 0) return;
      this.#reach(row);
    }
    if (this.#width < WIDEST && !(value >= 0 && value < LIMITS[this.#width]!)) this.#widen(value);
    this.#write(row, value);
  }

  /** Adds `by` to the number of a row. */
  increase(row: number, by: number): void {
    if (by === 0) return;
    if (this.#width === 2 && row < this.#length) {
      // Most counts of a long log have four bytes, and keep them.
      const sum = this.#view.getUint32(4 * row, true) + by;
      if (sum >= 0 && sum < LIMITS[2]) return this.#view.setUint32(4 * row, sum, true);
    }
    this.set(row, this.at(row) + by);
  }

  /** Adds `by`, 0 or above, to the numbers of the first `rows` rows; none of all is below 0. */
  increaseFirst(rows: number, by: number): void {
    if (by === 0 || rows === 0) return;
    if (rows > this.#length) this.#reach(rows - 1);
    let largest = 0;
    for (const number of this.toParts().subarray(0, rows)) if (number > largest) largest = number;
    if (this.#width < WIDEST && largest + by >= LIMITS[this.#width]!) this.#widen(largest + by);
    const numbers = this.toParts();
    for (let row = 0; row < rows; row++) numbers[row]! += by;
  }

  /** Sets all rows to 0, and frees their memory at once, not by the garbage collector. */
  clear(): void {
    if (this.#length > 0) (this.#view.buffer as ArrayBuffer).transfer(0);
    this.#view = NOTHING;
    this.#width = this.#length = 0;
  }

  #write(row: number, value: number): void {
    const view = this.#view, width = this.#width;
    if (width === 0) view.setUint8(row, value);
    else if (width === 1) view.setUint16(2 * row, value, true);
    else if (width === 2) view.setUint32(4 * row, value, true);
    else view.setFloat64(8 * row, value, true);
  }

  #reach(row: number): void {
    // Half as much again, not twice as much: the column may never grow again.
    const rows = Math.max(SMALLEST, row + 1, Math.ceil(1.5 * this.#length));
    const buffer = this.#length === 0 ? new ArrayBuffer() : this.#view.buffer as ArrayBuffer;
    this.#view = new DataView(longerBuffer(buffer, rows << this.#width));
    this.#length = rows;
  }

  /** Widens all rows until `value` fits. */
  #widen(value: number): void {
    const narrow = this.toParts();
    const limit = value < 0 ? -1 : LIMITS.findIndex((limit) => value < limit);
    this.#width = limit === -1 ? WIDEST : limit;
    const wide = WIDTHS[this.#width]!.from(narrow);
    this.#view = new DataView(wide.buffer);
    narrow.buffer.transfer(0);
  }
}

const NOTHING = new DataView(new ArrayBuffer(0));
