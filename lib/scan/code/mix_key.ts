import {
  all,
  type Code,
  I32,
  i32,
  I64,
  i64,
  Local,
  repeatWhile,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/module.ts";

/** 2^64 divided by the golden ratio, made odd. */
const GOLDEN = i64.of(0x9E3779B97F4A7C15n);

/** Mixes the bytes of a key, eight at a time: `MIX_KEY`. */
export function mixKey(): FunctionCode {
  const at = new Local(0), end = new Local(1), left = new Local(2), mixed = new Local(3);
  const ones = i64.subtract(
    i64.shiftLeft(i64.of(1n), i64.ofI32(i32.shiftLeft(left.get, i32.of(3)))),
    i64.of(1n),
  );
  const mix = (word: Code) =>
    all(
      mixed.set(i64.multiply(i64.xor(mixed.get, word), GOLDEN)),
      mixed.set(i64.xor(mixed.get, i64.shiftRight(mixed.get, i64.of(32n)))),
    );
  const body = all(
    left.set(i32.subtract(end.get, at.get)),
    mix(i64.ofI32(left.get)),
    repeatWhile(
      i32.greater(left.get, i32.of(7)),
      all(mix(i64.load(at.get)), at.increase(i32.of(8)), left.increase(i32.of(-8))),
    ),
    when(left.get, mix(i64.and(i64.load(at.get), ones))),
    i32.ofI64(i64.xor(mixed.get, i64.shiftRight(mixed.get, i64.of(15n)))),
  );
  return makeFunction(2, [I32, I64], body);
}
