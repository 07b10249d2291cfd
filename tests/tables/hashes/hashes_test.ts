import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { halfSipHash } from "../../../lib/tables/hashes/half_sip_hash.ts";
import { murmurHash3 } from "../../../lib/tables/hashes/murmur_hash3.ts";

Deno.test("murmurHash3() gives the known hashes", () => {
  const known: readonly (readonly [text: string, seed: number, hash: number])[] = [
    ["", 0, 0],
    ["", 1, 0x514E28B7],
    ["", 0xFFFFFFFF, 0x81F16F39],
    ["test", 0, 0xBA6BD213],
    ["test", 0x9747B28C, 0x704B81DC],
    ["Hello, world!", 0, 0xC0363E43],
    ["Hello, world!", 0x9747B28C, 0x24884CBA],
    ["The quick brown fox jumps over the lazy dog", 0, 0x2E4FF723],
    ["The quick brown fox jumps over the lazy dog", 0x9747B28C, 0x2FA826CD],
  ];
  for (const [text, seed, hash] of known) {
    const bytes = new TextEncoder().encode(text);
    assertEquals(murmurHash3(bytes, bytes.length, seed), hash, text);
  }
  assertEquals(murmurHash3(Uint8Array.of(0x74, 0x65, 0x73, 0x74, 1, 2), 4, 0), 0xBA6BD213);
});

/** HalfSipHash-1-3 in its plain form, on the words that stand for a number and a text. */
function naive([k0, k1]: readonly [number, number], words: readonly number[]): number {
  const v = [k0, k1, 0x6C796765 ^ k0, 0x74656462 ^ k1].map((word) =>
    BigInt.asUintN(32, BigInt(word))
  );
  const add = (a: number, b: number) => v[a] = BigInt.asUintN(32, v[a]! + v[b]!);
  const rotate = (a: number, bits: bigint) =>
    v[a] = BigInt.asUintN(32, v[a]! << bits | v[a]! >> 32n - bits);
  const xor = (a: number, b: number) => v[a]! ^= v[b]!;
  const round = () => {
    add(0, 1), rotate(1, 5n), xor(1, 0), rotate(0, 16n), add(2, 3), rotate(3, 8n), xor(3, 2);
    add(0, 3), rotate(3, 7n), xor(3, 0), add(2, 1), rotate(1, 13n), xor(1, 2), rotate(2, 16n);
  };
  for (const word of words) {
    const bits = BigInt.asUintN(32, BigInt(word));
    v[3]! ^= bits;
    round();
    v[0]! ^= bits;
  }
  v[2]! ^= 0xFFn;
  for (let i = 0; i < 3; i++) round();
  return Number(BigInt.asIntN(32, v[1]! ^ v[3]!));
}

const ENCODER = new TextEncoder();

function hashOf(key: readonly [number, number], number: number, text: string): number {
  const bytes = ENCODER.encode(`<${text}>`);
  return halfSipHash(key, number, bytes, 1, bytes.length - 1);
}

Deno.test("halfSipHash() is HalfSipHash-1-3 of the words", () => {
  const key = [0x03020100, 0xF7060504] as const;
  for (
    const [number, text, words] of [
      [0, "", [0, 0, 8 << 24]],
      [7, "a", [7, 0, 9 << 24 | 0x61]],
      [-1, "abcd", [-1, 0, 0x64636261, 12 << 24]],
      [2 ** 40 + 5, "ab\uFFFF", [5, 256, 0xBFEF6261, 13 << 24 | 0xBF]],
    ] as const
  ) assertEquals(hashOf(key, number, text), naive(key, words), text);
});

Deno.test("halfSipHash() depends on all of its key, of the number and of the bytes", () => {
  const hash = hashOf([1, 2], 3, "abcde");
  const others = [
    hashOf([0, 2], 3, "abcde"),
    hashOf([1, 3], 3, "abcde"),
    hashOf([1, 2], 4, "abcde"),
    hashOf([1, 2], 3 + 2 ** 33, "abcde"),
    hashOf([1, 2], 3, "abcdf"),
    hashOf([1, 2], 3, "abcde\0"),
  ];
  for (const other of others) assertNotEquals(other, hash);
  const low = new Set(Array.from({ length: 4096 }, (_, i) => hashOf([1, 2], i, "") & 4095));
  assert(Math.abs(low.size - 4096 * (1 - 1 / Math.E)) < 100, "low bits are spread as by chance");
});
