/**
 * Code that looks at sixteen bytes at once.
 *
 * @module
 */

import { all, type Code, i32, i8x16, type Local, repeatWhile, v128 } from "../wasm/instructions.ts";

/** The variables of a function that looks for a byte. */
export interface SearchVariables {
  /** The address of the byte that is looked at next. */
  readonly at: Local;
  /** Sixteen bytes. */
  readonly bytes: Local;
  /** For each of them a bit: whether it is looked for. */
  readonly bits: Local;
}

/**
 * Goes on to the first byte that is looked for. There must be one: the LF that ends the line at least.
 *
 * @param variables The variables of the function.
 * @param isFound For each of sixteen bytes whether it is looked for, in its highest bit.
 */
export function findByte({ at, bits, bytes }: SearchVariables, isFound: Code): Code {
  return all(
    repeatWhile(
      i32.eqz(all(bytes.set(v128.load(at.get)), bits.tee(i8x16.bitmask(isFound)))),
      at.increase(i32.const(16)),
    ),
    at.increase(i32.ctz(bits.get)),
  );
}

/** For each of sixteen bytes whether it is one of some, or at most another. */
export function isIn(
  bytes: Local,
  { stops, upTo }: { readonly stops: readonly number[]; readonly upTo: number },
): Code {
  const isControl = i8x16.eq(i8x16.minU(bytes.get, splat(upTo)), bytes.get);
  return anyOf(isControl, ...stops.map((byte) => isByte(bytes, byte)));
}

/** For each of sixteen bytes whether it is a certain one. */
export function isByte(bytes: Local, byte: number): Code {
  return i8x16.eq(bytes.get, splat(byte));
}

/** For each of sixteen bytes whether it is from one to another. */
export function isBetween(bytes: Code, first: number, last: number): Code {
  const above = i8x16.sub(bytes, splat(first));
  return i8x16.eq(i8x16.minU(above, splat(last - first)), above);
}

/** For each of sixteen bytes whether one of some conditions holds. */
export function anyOf(first: Code, ...others: readonly Code[]): Code {
  return others.reduce((one, other) => v128.or(one, other), first);
}

/** Sixteen times the same byte. */
export function splat(byte: number): Code {
  return i8x16.splat(i32.const(byte));
}
