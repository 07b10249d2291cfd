import type { HashKey } from "./half_sip_hash.ts";

/**
 * Hashes an integer that this program chose, such as a slot, not one from outside. Multiplies by a constant
 * (Knuth) so that consecutive items do not end up evenly spaced, then by a secret odd factor (Dietzfelbinger).
 *
 * @see Dietzfelbinger et al. (1997), "A reliable randomized algorithm for the closest-pair problem",
 * J. Algorithms 25(1), section 2; Knuth, The Art of Computer Programming 3, section 6.4, theorem S.
 * @param item The integer.
 * @param salt A secret integer, combined with the item first.
 * @param factor A secret odd integer.
 * @returns The hash, signed.
 *
 * @example Neighbours are far apart
 * ```ts
 * import { assertNotEquals } from "@std/assert";
 * import { hashItem } from "./hash_integer.ts";
 *
 * assertNotEquals(hashItem(7, 1, 3) & 0xFF, hashItem(8, 1, 3) & 0xFF);
 * ```
 */
export function hashItem(item: number, salt: number, factor: number): number {
  const product = Math.imul(item ^ salt, 0x85EBCA6B);
  const hash = Math.imul(product ^ product >>> 13, factor);
  return hash ^ hash >>> 16;
}

/**
 * Hashes an integer of up to 53 bits to one of 32. The finalizer of MurmurHash3 mixes its two words, each
 * combined with a word of the key. It takes a tenth of the time of {@linkcode halfSipHash}, and is enough
 * for hash tables of numbers: nobody who does not know the key can tell which numbers share a bucket.
 *
 * @see Appleby (2011), MurmurHash3, `fmix32`;
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp
 * @param key The secret key.
 * @param number The number.
 * @returns The hash, signed.
 *
 * @example Neighbours are far apart
 * ```ts
 * import { assertNotEquals } from "@std/assert";
 * import { hashNumber } from "./hash_integer.ts";
 *
 * assertNotEquals(hashNumber([1, 2], 7) & 0xFF, hashNumber([1, 2], 8) & 0xFF);
 * ```
 */
export function hashNumber(key: HashKey, number: number): number {
  let hash = (number | 0) ^ key[0];
  hash = Math.imul(hash ^ hash >>> 16, 0x85EBCA6B);
  hash = Math.imul(hash ^ hash >>> 13, 0xC2B2AE35);
  hash ^= hash >>> 16 ^ Math.floor(number / 2 ** 32) ^ key[1];
  hash = Math.imul(hash ^ hash >>> 16, 0x85EBCA6B);
  hash = Math.imul(hash ^ hash >>> 13, 0xC2B2AE35);
  return hash ^ hash >>> 16;
}
