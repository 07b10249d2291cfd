import type { KeyColumn } from "../../records/key_column.ts";
import {
  all,
  call,
  type Code,
  I32,
  i32,
  I64,
  i64,
  type Local,
  repeatWhile,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";

/**
 * Writes where a key stands, and its mix, into a row.
 *
 * @param column The column of the key.
 * @param row The row.
 * @param start The address of its first byte.
 * @param end The address behind its last byte.
 */
export function storeKey(
  { starts, ends, stamps }: KeyColumn,
  row: Local,
  start: Code,
  end: Code,
): Code {
  const place = i32.shl(row.get, i32.const(2));
  return all(
    i32.store(place, start, starts.byteOffset),
    i32.store(place, end, ends.byteOffset),
    i32.store(place, call("mixKey", start, end), stamps.byteOffset),
  );
}

/** 2^64 divided by the golden ratio, made odd. */
const GOLDEN = i64.const(0x9E3779B97F4A7C15n);

/**
 * Compiles `mixKey(at, end)`, which mixes the bytes of a key, eight at a time, into the integer by which the
 * memo looks for it.
 */
export function compileKeyMixer(): FunctionCode {
  return makeFunction("mixKey", ({ param, local }) => {
    const at = param(), end = param();
    const left = local(I32), mixed = local(I64);
    const ones = i64.sub(
      i64.shl(i64.const(1n), i64.extendI32U(i32.shl(left.get, i32.const(3)))),
      i64.const(1n),
    );
    const mix = (word: Code) =>
      all(
        mixed.set(i64.mul(i64.xor(mixed.get, word), GOLDEN)),
        mixed.set(i64.xor(mixed.get, i64.shrU(mixed.get, i64.const(32n)))),
      );
    return all(
      left.set(i32.sub(end.get, at.get)),
      mix(i64.extendI32U(left.get)),
      repeatWhile(
        i32.gtU(left.get, i32.const(7)),
        all(mix(i64.load(at.get)), at.increase(i32.const(8)), left.increase(i32.const(-8))),
      ),
      when(left.get, mix(i64.and(i64.load(at.get), ones))),
      i32.wrapI64(i64.xor(mixed.get, i64.shrU(mixed.get, i64.const(15n)))),
    );
  });
}
