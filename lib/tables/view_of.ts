let last: Uint8Array = new Uint8Array();
let lastView: DataView = new DataView(last.buffer);

/**
 * Returns a view of an array, to read several bytes at a time. Caches the view of the last array, as one
 * block of a log has many texts.
 *
 * @example Four bytes as one integer
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { viewOf } from "./view_of.ts";
 *
 * const bytes = Uint8Array.of(9, 1, 2, 0, 0);
 * assertEquals(viewOf(bytes).getInt32(1, true), 513);
 * ```
 */
export function viewOf(bytes: Uint8Array): DataView {
  if (bytes !== last) {
    last = bytes;
    lastView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  return lastView;
}
