import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { HashKey } from "../../../lib/tables/hashes/half_sip_hash.ts";
import { hashNumber } from "../../../lib/tables/hashes/hash_integer.ts";

/** The same in whole numbers of any size. */
function naiveHash(key: HashKey, number: number): number {
  const word = (value: bigint) => BigInt.asUintN(32, value);
  const finalize = (hash: bigint) => {
    hash = word((hash ^ hash >> 16n) * 0x85EBCA6Bn);
    hash = word((hash ^ hash >> 13n) * 0xC2B2AE35n);
    return hash ^ hash >> 16n;
  };
  const low = finalize(word(BigInt(number)) ^ word(BigInt(key[0])));
  const hash = finalize(low ^ word(BigInt(number) >> 32n) ^ word(BigInt(key[1])));
  return Number(BigInt.asIntN(32, hash));
}

const key = fc.tuple(fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1));

Deno.test("hashNumber is the finalizer of MurmurHash3 over both words of a number", () => {
  fc.assert(
    fc.property(key, fc.maxSafeInteger(), (key, number) => {
      assertEquals(hashNumber(key, number), naiveHash(key, number));
    }),
    { numRuns: 2000 },
  );
});

Deno.test("hashNumber changes half of its bits when a bit of the number or of the key changes", () => {
  const changed = new Array<number>(52 + 64).fill(0);
  const rounds = 2000;
  let seed = 1;
  const next = () => seed = Math.imul(seed, 1664525) + 1013904223 >>> 0;
  for (let i = 0; i < rounds; i++) {
    const key = [next(), next()] as const, number = next() + (next() >>> 12) * 2 ** 32;
    const hash = hashNumber(key, number);
    const others = changed.map((_, bit) => {
      if (bit < 52) return hashNumber(key, Number(BigInt(number) ^ 1n << BigInt(bit)));
      const [first, second] = bit < 84 ? [1 << bit - 52, 0] : [0, 1 << bit - 84];
      return hashNumber([key[0] ^ first, key[1] ^ second], number);
    });
    for (const [bit, other] of others.entries()) changed[bit]! += bitsOf(hash ^ other);
  }
  for (const [bit, sum] of changed.entries()) {
    const mean = sum / rounds;
    assert(mean > 15 && mean < 17, `bit ${bit}: ${mean} of 32`);
  }
});

function bitsOf(word: number): number {
  return (word >>> 0).toString(2).replaceAll("0", "").length;
}
