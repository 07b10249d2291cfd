import { longerBuffer } from "./longer_buffer.ts";

/**
 * Moves the numbers of an array into a longer one, half as long again at the least, with zeros at its end.
 *
 * @param numbers The array; it is of no use afterwards.
 * @param length How many numbers there must be room for.
 * @returns The same array if it is long enough.
 *
 * @example Two numbers become more
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { lengthen } from "./lengthen.ts";
 *
 * assertEquals(lengthen(Float64Array.of(1, 2, 3, 4), 5), Float64Array.of(1, 2, 3, 4, 0, 0));
 * ```
 */
export function lengthen(
  numbers: Float64Array<ArrayBuffer>,
  length: number,
): Float64Array<ArrayBuffer> {
  if (length <= numbers.length) return numbers;
  const longer = Math.max(length, Math.ceil(1.5 * numbers.length));
  return new Float64Array(longerBuffer(numbers.buffer, 8 * longer));
}
