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
 * import { longerBuffer } from "./longer_buffer.ts";
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
