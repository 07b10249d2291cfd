import { assert } from "@std/assert";
import { hashItem } from "../../../lib/tables/hashes/hash_integer.ts";

/** How many places are looked at on average until one is free, if items from 0 on fill a table to three quarters. */
function meanProbes(length: number, salt: number, factor: number): number {
  const isTaken = new Uint8Array(length), mask = length - 1, items = 3 * length / 4;
  let probes = 0;
  for (let item = 0; item < items; item++) {
    let at = hashItem(item, salt, factor) & mask;
    for (; isTaken[at] === 1; at = at + 1 & mask) probes++;
    isTaken[at] = 1;
  }
  return probes / items;
}

Deno.test("hashItem spreads items that follow each other, whatever the key", () => {
  let seed = 1;
  const next = () => seed = Math.imul(seed, 1664525) + 1013904223 | 0;
  for (const length of [1024, 4096]) {
    for (let i = 0; i < 1000; i++) {
      // Factors that are small, or near to a simple fraction of 2^32, are the worst of multipliers.
      const factor = [next(), i, 2 ** 32 / (1 + i % 16) + i % 3, 2 ** 31 + i][i % 4]! | 1;
      // Linear probing takes (1 / (1 - 3/4) - 1) / 2 = 1.5 on average; Knuth, section 6.4, theorem K.
      const probes = meanProbes(length, next(), factor);
      assert(probes < 4, `${probes} with ${factor} in ${length}`);
    }
  }
});
