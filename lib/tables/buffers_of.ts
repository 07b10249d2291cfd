/**
 * Collects the buffers of all typed arrays in a value, to transfer them to another thread without a copy.
 *
 * @example Two arrays
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { buffersOf } from "./buffers_of.ts";
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
