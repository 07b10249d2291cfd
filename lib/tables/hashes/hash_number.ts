import type { HashKey } from "./half_sip_hash.ts";

/**
 * Hashes an integer of up to 53 bits to one of 32: its two words, each after a word of the key, through
 * the finalizer of MurmurHash3. It takes a tenth of the time of {@linkcode halfSipHash}, and is enough
 * for tables of numbers: who does not know the key cannot tell which of them stand together.
 *
 * @see Appleby (2011), MurmurHash3, `fmix32`;
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp
 * @param key What the hash depends on besides the number.
 * @param number The number.
 * @returns The hash, signed.
 *
 * @example Neighbours are far apart
 * ```ts
 * import { assertNotEquals } from "@std/assert";
 * import { hashNumber } from "./hash_number.ts";
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
