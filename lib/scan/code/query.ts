import type { KeyColumn } from "../../records/key_column.ts";
import { ENDPOINT_BYTES } from "../../records/limit_keys.ts";
import {
  all,
  type Code,
  I32,
  i32,
  repeatWhile,
  returnWith,
  V128,
  v128,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { findByte, isIn } from "./find_byte.ts";
import { storeKey } from "./key.ts";
import { KEYS_AT, KEYS_BYTES, KEYS_END } from "./reader_memory.ts";
import { refuseIf, refuseUnlessBetween } from "./refuse.ts";

const SPACE = 0x20, QUOTE = 0x22, MINUS = 0x2D, QUESTION_MARK = 0x3F, DELETE = 0x7F;
const KEYS_LIMIT = KEYS_AT + KEYS_BYTES;

/**
 * Compiles a function of `(at, row)` that reads a query: a word, which it joins to the endpoint of the row with a
 * question mark, behind the keys that were decoded; a lone `-` is none. It gives the address of the first byte that is
 * not of the word, or −1 if there is no word, no path before it, or no room.
 *
 * @param name The name of the function.
 * @param next The first byte of the literal behind it, if there is one.
 * @param column The column of the endpoint, which is read before.
 */
export function compileQueryReader(
  name: string,
  next: number | undefined,
  column: KeyColumn,
): FunctionCode {
  return makeFunction(name, ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), bits = local(I32), bytes = local(V128);
    const from = local(I32), to = local(I32), end = local(I32);
    const place = i32.shl(row.get, i32.const(2));
    const byteAt = (address: Code) => i32.load8U(address);
    const isNone = (first: Code, behind: Code) =>
      i32.and(
        i32.eq(i32.sub(behind, first), i32.const(1)),
        i32.eq(byteAt(first), i32.const(MINUS)),
      );
    /** Copies sixteen bytes at a time: what it writes too much is overwritten. */
    const copyUpTo = (last: Code) =>
      all(
        end.set(i32.add(to.get, i32.sub(last, from.get))),
        repeatWhile(
          i32.ltU(to.get, end.get),
          all(
            v128.store(to.get, v128.load(from.get)),
            to.increase(i32.const(16)),
            from.increase(i32.const(16)),
          ),
        ),
        to.set(end.get),
      );
    const stops = [QUOTE, DELETE, ...next === undefined ? [] : [next]];
    const pathEnd = i32.load(place, column.ends.byteOffset);
    return all(
      start.set(at.get),
      findByte({ at, bits, bytes }, v128.or(isIn(bytes, { stops, upTo: SPACE }), bytes.get)),
      refuseIf(i32.eq(at.get, start.get)),
      when(isNone(start.get, at.get), returnWith(at.get)),
      from.set(i32.load(place, column.starts.byteOffset)),
      refuseIf(isNone(from.get, pathEnd)),
      to.set(i32.sub(i32.sub(at.get, start.get), i32.sub(from.get, pathEnd))),
      refuseUnlessBetween(to.get, 2, ENDPOINT_BYTES - 1),
      refuseIf(i32.gtU(to.get, i32.sub(i32.const(KEYS_LIMIT), i32.load(i32.const(KEYS_END))))),
      to.set(i32.load(i32.const(KEYS_END))),
      copyUpTo(pathEnd),
      i32.store8(to.get, i32.const(QUESTION_MARK)),
      to.increase(i32.const(1)),
      from.set(start.get),
      copyUpTo(at.get),
      start.set(i32.load(i32.const(KEYS_END))),
      i32.store(i32.const(KEYS_END), to.get),
      storeKey(column, row, start.get, to.get),
      at.get,
    );
  });
}
