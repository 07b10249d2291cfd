import { viewOf } from "../text_bytes.ts";

/** The secret key of a hash function: two unsigned 32-bit integers that nobody can guess. */
export type HashKey = readonly [number, number];

/**
 * Hashes a number and bytes to an integer of 32 bits: HalfSipHash-1-3 over the two words of the
 * number, then the bytes.
 *
 * Nobody who does not know the key can find inputs that collide. It is made for hash tables whose keys
 * come from outside.
 *
 * @see Aumasson, Bernstein (2012), "SipHash: a fast short-input PRF", INDOCRYPT;
 * https://github.com/veorq/SipHash/blob/master/halfsiphash.c
 * @param key The secret key.
 * @param number An integer of up to 53 bits.
 * @param bytes The bytes.
 * @param start The index of the first byte to hash.
 * @param end The index behind the last.
 * @param view A view of the same bytes, if there is one.
 * @returns The hash, signed.
 */
export function halfSipHash(
  key: HashKey,
  number: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  view?: DataView,
): number {
  let v0 = key[0] | 0;
  let v1 = key[1] | 0;
  let v2 = 0x6C796765 ^ v0;
  let v3 = 0x74656462 ^ v1;
  const words = (end - start >> 2) + 2;
  const wholeWords = words > 2 ? view ?? viewOf(bytes) : NOTHING;
  // One round for each word and three at the end, in one loop, so the state stays in registers.
  for (let i = 0; i <= words + 3; i++) {
    let word = 0;
    if (i === 0) {
      word = number | 0;
    } else if (i === 1) {
      word = number / 2 ** 32 | 0;
    } else if (i < words) {
      word = wholeWords.getInt32(start + 4 * (i - 2), true);
    } else if (i === words) {
      // The last word holds the last bytes, and the length of number and bytes in its top byte.
      word = end - start + 8 << 24;
      for (let at = start + 4 * (i - 2); at < end; at++) word |= bytes[at]! << 8 * (at - start & 3);
    } else if (i === words + 1) {
      v2 ^= 0xFF;
    }
    v3 ^= word;
    v0 = v0 + v1 | 0;
    v1 = (v1 << 5 | v1 >>> 27) ^ v0;
    v0 = v0 << 16 | v0 >>> 16;
    v2 = v2 + v3 | 0;
    v3 = (v3 << 8 | v3 >>> 24) ^ v2;
    v0 = v0 + v3 | 0;
    v3 = (v3 << 7 | v3 >>> 25) ^ v0;
    v2 = v2 + v1 | 0;
    v1 = (v1 << 13 | v1 >>> 19) ^ v2;
    v2 = v2 << 16 | v2 >>> 16;
    v0 ^= word;
  }
  return v1 ^ v3;
}

const NOTHING = new DataView(new ArrayBuffer(0));

/** Draws a random hash key, which the writer of a log cannot guess. */
export function drawHashKey(): HashKey {
  const [first, second] = crypto.getRandomValues(new Uint32Array(2));
  return [first!, second!];
}
