/**
 * Numbers as LEB128: seven bits a byte, the lowest first.
 *
 * @see {@link https://www.w3.org/TR/wasm-core-2/} WebAssembly Core Specification, section 5.2.2.
 *
 * @module
 */

/** The bytes of an unsigned integer of 32 bits. */
export function unsigned(value: number): readonly number[] {
  return value < 0x80 ? [value] : [value & 0x7F | 0x80, ...unsigned(value >>> 7)];
}

/** The bytes of a signed integer. */
export function signed(value: bigint): readonly number[] {
  const low = Number(value & 0x7Fn), isLast = value >= -64n && value < 64n;
  return isLast ? [low] : [low | 0x80, ...signed(value >> 7n)];
}
