const ENCODER = new TextEncoder();

/**
 * Encodes a text in UTF-8.
 *
 * @param text The text.
 * @param into The bytes to write to; from `at` on there must be three for each UTF-16 code unit of the text.
 * @param at Where the text begins in them.
 * @returns Where it ends in them.
 *
 * @example Behind two bytes
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeText } from "./text_bytes.ts";
 *
 * const bytes = new Uint8Array(8);
 * assertEquals(encodeText("ñ", bytes, 2), 4);
 * assertEquals([...bytes], [0, 0, 0xC3, 0xB1, 0, 0, 0, 0]);
 * ```
 */
export function encodeText(text: string, into: Uint8Array<ArrayBuffer>, at: number): number {
  const { length } = text;
  // Most texts are short and ASCII: a loop is faster than a call of the encoder.
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return at + ENCODER.encodeInto(text, into.subarray(at)).written;
    into[at + i] = unit;
  }
  return at + length;
}

/** The longest text that a table holds, in bytes of UTF-8: 128 KiB, a power of 2. */
export const LONGEST_TEXT: number = 2 ** 17;

let last: Uint8Array = new Uint8Array();
let lastView: DataView = new DataView(last.buffer);

/**
 * Returns a view of an array, to read several bytes at a time. Caches the view of the last array, as one
 * block of a log has many texts.
 *
 * @example Four bytes as one integer
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { viewOf } from "./text_bytes.ts";
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
