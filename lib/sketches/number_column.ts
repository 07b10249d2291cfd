/** Arrays of integers, narrowest first. */
const WIDTHS = [Uint8Array, Uint16Array, Uint32Array, Float64Array] as const;

/** An array of integers of some width. */
export type Numbers =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

const SMALLEST = 64;

/**
 * A column of integers, in as few bytes as the largest of them needs: 1, 2, 4 or 8 a row. It grows as
 * rows are written; a row that was never written is 0, and as long as all are 0 it takes none.
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
  #numbers: Numbers = new Uint8Array(0);
  /** The largest number that there is room for. */
  #largest = largestOf(this.#numbers);

  /** Makes a column of the parts of one. */
  static ofParts(numbers: Numbers): NumberColumn {
    const column = new NumberColumn();
    column.#numbers = numbers;
    column.#largest = largestOf(numbers);
    return column;
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): Numbers {
    return this.#numbers;
  }

  /** How many bytes it takes. */
  get byteLength(): number {
    return this.#numbers.byteLength;
  }

  /** The number of a row. */
  at(row: number): number {
    return row < this.#numbers.length ? this.#numbers[row]! : 0;
  }

  /** The sum of the rows from 0 on, as many as are told. */
  sum(rows: number): number {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += this.at(row);
    return sum;
  }

  /** Writes the number of a row. */
  set(row: number, value: number): void {
    if (row >= this.#numbers.length) {
      if (value === 0) return;
      this.#reach(row);
    }
    if (value > this.#largest || value < 0) this.#widen(row, value);
    else this.#numbers[row] = value;
  }

  /** Adds to the number of a row. */
  increase(row: number, by: number): void {
    const numbers = this.#numbers;
    if (row >= numbers.length) return this.set(row, by);
    const sum = numbers[row]! + by;
    if (sum > this.#largest || sum < 0) this.#widen(row, sum);
    else numbers[row] = sum;
  }

  /** Gives its memory back at once, not when the garbage collector comes; all rows are 0 again. */
  clear(): void {
    if (this.#numbers.byteLength > SMALLEST) this.#numbers.buffer.transfer(0);
    this.#numbers = new Uint8Array(0);
    this.#largest = largestOf(this.#numbers);
  }

  #reach(row: number): void {
    const { length, BYTES_PER_ELEMENT } = this.#numbers;
    // So few bytes are part of the object itself.
    if (length === 0 && row < SMALLEST) return void (this.#numbers = new Uint8Array(SMALLEST));
    // Half as much again, as the last to be reached may be the largest there is.
    const rows = Math.max(SMALLEST, row + 1, Math.ceil(1.5 * length));
    const width = this.#numbers.constructor as typeof WIDTHS[number];
    // Moved, not copied, so that the old bytes are not left to the garbage collector.
    this.#numbers = new width(this.#numbers.buffer.transfer(rows * BYTES_PER_ELEMENT));
  }

  #widen(row: number, value: number): void {
    const narrow = this.#numbers;
    this.#numbers = widened(narrow, value);
    this.#largest = largestOf(this.#numbers);
    this.#numbers[row] = value;
    if (narrow.byteLength > SMALLEST) narrow.buffer.transfer(0);
  }
}

/** The largest integer that an array holds exactly. */
function largestOf({ BYTES_PER_ELEMENT }: Numbers): number {
  return BYTES_PER_ELEMENT === 8 ? Number.MAX_SAFE_INTEGER : 2 ** (8 * BYTES_PER_ELEMENT) - 1;
}

/** An array of zeros, as wide as another. */
export function zerosLike(numbers: Numbers, length: number): Numbers {
  return new (numbers.constructor as typeof WIDTHS[number])(length);
}

/** A copy of an array that is wide enough for one number more. */
export function widened(numbers: Numbers, value: number): Numbers {
  return WIDTHS.find((width) => width.of(value)[0] === value)!.from(numbers);
}
