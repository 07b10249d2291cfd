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
const GOLDEN = i64.const(0x9E3779B97F4A7C15n);

/** Mixes the bytes of a key, eight at a time: `MIX_KEY`. */
export function mixKey(): FunctionCode {
  const at = new Local(0), end = new Local(1), left = new Local(2), mixed = new Local(3);
  const ones = i64.sub(
    i64.shl(i64.const(1n), i64.extendI32U(i32.shl(left.get, i32.const(3)))),
    i64.const(1n),
  );
  const mix = (word: Code) =>
    all(
      mixed.set(i64.mul(i64.xor(mixed.get, word), GOLDEN)),
      mixed.set(i64.xor(mixed.get, i64.shrU(mixed.get, i64.const(32n)))),
    );
  const body = all(
    left.set(i32.sub(end.get, at.get)),
    mix(i64.extendI32U(left.get)),
    repeatWhile(
      i32.gtU(left.get, i32.const(7)),
      all(mix(i64.load(at.get)), at.increase(i32.const(8)), left.increase(i32.const(-8))),
    ),
    when(left.get, mix(i64.and(i64.load(at.get), ones))),
    i32.wrapI64(i64.xor(mixed.get, i64.shrU(mixed.get, i64.const(15n)))),
  );
  return makeFunction(2, [I32, I64], body);
}
