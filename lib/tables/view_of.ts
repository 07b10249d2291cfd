let last: Uint8Array = new Uint8Array();
let lastView: DataView = new DataView(last.buffer);

/**
 * The bytes of an array to be read several at a time. That of the array asked for last is kept, as
 * one block of a log has many texts.
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
