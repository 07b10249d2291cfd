/** What a hash depends on besides the key: two unsigned 32-bit integers that nobody can guess. */
export type HashKey = readonly [number, number];

/**
 * Hashes a number and bytes to an integer of 32 bits: HalfSipHash-1-3 over the two words of the
 * number, then the bytes.
 *
 * Who does not know the key cannot find inputs that collide; so it is for tables whose keys come from
 * outside.
 *
 * @see Aumasson, Bernstein (2012), "SipHash: a fast short-input PRF", INDOCRYPT;
 * https://github.com/veorq/SipHash/blob/master/halfsiphash.c
 * @param key The key.
 * @param number An integer of up to 53 bits.
 * @param bytes The bytes.
 * @param start Where they begin.
 * @param end Where they end.
 * @returns The hash, signed.
 */
export function halfSipHash(
  key: HashKey,
  number: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  v0 = key[0] | 0;
  v1 = key[1] | 0;
  v2 = 0x6C796765 ^ v0;
  v3 = 0x74656462 ^ v1;
  takeIn(number | 0);
  takeIn(number / 2 ** 32 | 0);
  const whole = start + (end - start & ~3);
  for (let i = start; i < whole; i += 4) {
    takeIn(bytes[i]! | bytes[i + 1]! << 8 | bytes[i + 2]! << 16 | bytes[i + 3]! << 24);
  }
  // The last word has the length, of number and bytes, on top.
  let last = end - start + 8 << 24;
  for (let i = whole; i < end; i++) last |= bytes[i]! << 8 * (i - whole);
  takeIn(last);
  v2 ^= 0xFF;
  round();
  round();
  round();
  return v1 ^ v3;
}

// The state stands here, as a call a round with a state of its own would cost half of the time.
let v0 = 0, v1 = 0, v2 = 0, v3 = 0;

function takeIn(word: number): void {
  v3 ^= word;
  round();
  v0 ^= word;
}

function round(): void {
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
}
