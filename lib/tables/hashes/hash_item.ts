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
 * import { hashItem } from "./hash_item.ts";
 *
 * assertNotEquals(hashItem(7, 1, 3) & 0xFF, hashItem(8, 1, 3) & 0xFF);
 * ```
 */
export function hashItem(item: number, salt: number, factor: number): number {
  const product = Math.imul(item ^ salt, 0x85EBCA6B);
  const hash = Math.imul(product ^ product >>> 13, factor);
  return hash ^ hash >>> 16;
}
