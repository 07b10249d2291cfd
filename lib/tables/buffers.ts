/**
 * Moves bytes to a longer buffer, with zeros behind them. The old buffer is freed at once, not by the
 * garbage collector. The zeros take no memory until they are overwritten; `transfer()` would write them.
 *
 * @param buffer The bytes; the buffer is detached afterwards.
 * @param byteLength The length of the new buffer, no less than that of the old.
 * @returns The new buffer.
 *
 * @example Two bytes become four
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { longerBuffer } from "./buffers.ts";
 *
 * const bytes = Uint8Array.of(1, 2);
 * assertEquals(new Uint8Array(longerBuffer(bytes.buffer, 4)), Uint8Array.of(1, 2, 0, 0));
 * assertEquals(bytes.length, 0);
 * ```
 */
export function longerBuffer(buffer: ArrayBuffer, byteLength: number): ArrayBuffer {
  const longer = new ArrayBuffer(byteLength);
  new Uint8Array(longer).set(new Uint8Array(buffer));
  buffer.transfer(0);
  return longer;
}

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
 * import { lengthen } from "./buffers.ts";
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

/**
 * Collects the buffers of all typed arrays in a value, to transfer them to another thread without a copy.
 *
 * @example Two arrays
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { buffersOf } from "./buffers.ts";
 *
 * const buffers = buffersOf({ name: "a", parts: [Uint8Array.of(1), { times: Float64Array.of(2) }] });
 * assertEquals(buffers.map(({ byteLength }) => byteLength), [1, 8]);
 * ```
 */
export function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(buffersOf);
}
