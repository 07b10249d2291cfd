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
 * import { encodeText } from "./encode_text.ts";
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
