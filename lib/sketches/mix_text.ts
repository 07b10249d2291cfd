import { viewOf } from "./view_of.ts";

/** What a word is multiplied by: 2^32 divided by the golden ratio, made odd. */
export const MIX_FACTOR = 0x9E3779B1;

/** How far a product is shifted down, so that its high bits count in the low ones as well. */
export const MIX_SHIFT = 15;

/**
 * Mixes what mostly tells texts apart into an integer of 32 bits: quicker than a hash, but anybody can find
 * texts that have the same.
 *
 * The words of four bytes, lowest first, go through {@linkcode mixWord} one after the other, from 0 on, the
 * last with zeros above if it is not whole; then the length. Whoever reads the bytes anyway may do so as well.
 *
 * @param bytes The bytes of a text.
 * @param start Where they begin.
 * @param end Where they end.
 * @returns The mix, signed.
 *
 * @example A word and a half
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mixText, mixWord } from "./mix_text.ts";
 *
 * const bytes = new TextEncoder().encode("/index");
 * const byHand = mixWord(mixWord(mixWord(0, 0x6E692F | 0x64 << 24), 0x7865), 6);
 * assertEquals(mixText(bytes, 0, 6), byHand);
 * ```
 */
export function mixText(bytes: Uint8Array, start: number, end: number): number {
  let mixed = 0, at = start;
  if (end - start >= 4) {
    const view = viewOf(bytes);
    for (; at + 4 <= end; at += 4) mixed = mixWord(mixed, view.getInt32(at, true));
  }
  if (at < end) {
    let rest = 0;
    for (let i = at; i < end; i++) rest |= bytes[i]! << 8 * (i - at);
    mixed = mixWord(mixed, rest);
  }
  return mixWord(mixed, end - start);
}

/** Mixes one word more into what was mixed before. */
export function mixWord(mixed: number, word: number): number {
  const product = Math.imul(mixed ^ word, MIX_FACTOR);
  return product ^ product >>> MIX_SHIFT;
}
