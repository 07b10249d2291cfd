const ENCODER = new TextEncoder();

/**
 * Writes a text in UTF-8.
 *
 * @param text The text.
 * @param into Where to, with room for three bytes for each unit of it behind `at`.
 * @param at Where it begins.
 * @returns Where it ends.
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
  // Short texts of ASCII, which are most, are written sooner than the encoder is called.
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return at + ENCODER.encodeInto(text, into.subarray(at)).written;
    into[at + i] = unit;
  }
  return at + length;
}
