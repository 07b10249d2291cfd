import { longerBuffer } from "./longer_buffer.ts";

/**
 * Moves numbers to a longer array, at least half as long again, with zeros at its end.
 *
 * @param numbers The array; its buffer is detached afterwards, unless it is returned itself.
 * @param length How many numbers the result must have room for.
 * @returns The longer array, or `numbers` if it is long enough.
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
