/**
 * Reads up to eight bytes as an integer, the first of which is the lowest.
 *
 * @example Two bytes
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { wordOf } from "./word_of.ts";
 *
 * assertEquals(wordOf(0x34, 0x12), 0x1234n);
 * ```
 */
export function wordOf(...bytes: readonly number[]): bigint {
  return bytes.reduceRight((word, byte) => word << 8n | BigInt(byte), 0n);
}
