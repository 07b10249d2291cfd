/**
 * Hashes bytes to an unsigned 32-bit integer: MurmurHash3, x86 32-bit variant.
 *
 * It spreads well but does not withstand an attacker, who can make inputs that collide under every
 * seed. It is for estimates, not for hash tables.
 *
 * @see Appleby (2011), https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp
 * @param bytes The bytes.
 * @param length How many of them to hash.
 * @param seed An unsigned 32-bit integer.
 * @param start The index of the first byte to hash.
 * @returns The hash, unsigned.
 *
 * @example A known hash
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { murmurHash3 } from "./murmur_hash3.ts";
 *
 * assertEquals(murmurHash3(new TextEncoder().encode("test"), 4, 0), 0xBA6BD213);
 * ```
 */
export function murmurHash3(bytes: Uint8Array, length: number, seed: number, start = 0): number {
  let hash = seed | 0;
  const end = start + length, whole = end - length % 4;
  for (let i = start; i < whole; i += 4) {
    const word = bytes[i]! | bytes[i + 1]! << 8 | bytes[i + 2]! << 16 | bytes[i + 3]! << 24;
    hash ^= scramble(word);
    hash = Math.imul(hash << 13 | hash >>> 19, 5) + 0xE6546B64 | 0;
  }
  let rest = 0;
  for (let i = end - 1; i >= whole; i--) rest = rest << 8 | bytes[i]!;
  if (end > whole) hash ^= scramble(rest);
  hash ^= length;
  hash = Math.imul(hash ^ hash >>> 16, 0x85EBCA6B);
  hash = Math.imul(hash ^ hash >>> 13, 0xC2B2AE35);
  return (hash ^ hash >>> 16) >>> 0;
}

function scramble(word: number): number {
  const product = Math.imul(word, 0xCC9E2D51);
  return Math.imul(product << 15 | product >>> 17, 0x1B873593);
}
