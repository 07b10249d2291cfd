import type { KeyColumn } from "../../records/key_column.ts";
import { ENDPOINT_BYTES } from "../../records/limit_keys.ts";
import {
  all,
  type Code,
  I32,
  i32,
  i8x16,
  type Local,
  V128,
  v128,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { findByte, isBetween, isIn } from "./find_byte.ts";
import { storeKey } from "./key.ts";
import { refuseIf, refuseUnlessBetween } from "./refuse.ts";

const QUOTE = 0x22, DOT = 0x2E, BACKSLASH = 0x5C;
const UPPER_A = 0x41, UPPER_Z = 0x5A, LAST_CONTROL = 0x1F;
/** Methods that are longer are left. */
const MAX_LETTERS = 15;
/** The first four bytes of " HTTP/", and the other two. */
const PROTOCOL = [0x5454_4820, 0x2F50] as const;
const PROTOCOL_BYTES = " HTTP/2".length, MINOR_VERSION_BYTES = ".1".length;

/**
 * Compiles `readToken(at, row)`, which reads a method of upper-case letters into a row. It gives the address behind
 * it, or −1 if there is none, or a very long one.
 *
 * @param column The column of the row.
 */
export function compileTokenReader(column: KeyColumn): FunctionCode {
  return makeFunction("readToken", ({ param, local }) => {
    const at = param(), row = param(), length = local(I32);
    const isLetter = i8x16.bitmask(isBetween(v128.load(at.get), UPPER_A, UPPER_Z));
    const end = i32.add(at.get, length.get);
    return all(
      // Sixteen if all are letters.
      length.set(i32.ctz(i32.xor(isLetter, i32.const(0x1FFFF)))),
      refuseUnlessBetween(length.get, 1, MAX_LETTERS),
      storeKey(column, row, at.get, end),
      end,
    );
  });
}

/**
 * Compiles `readTarget(at, row)`, which reads a target that ` HTTP/` and a version follow, as `1.1` or `2`, into a row. It
 * gives the address of the quote behind them. It gives −1 if there is none, or the target is longer than counts, or
 * has an escape or anything that is no printable ASCII.
 *
 * @param column The column of the row.
 */
export function compileTargetReader(column: KeyColumn): FunctionCode {
  return makeFunction("readTarget", ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), end = local(I32), bits = local(I32), bytes = local(V128);
    // The highest bit is that of a byte that is not ASCII.
    const stops = v128.or(
      isIn(bytes, { stops: [QUOTE, BACKSLASH], upTo: LAST_CONTROL }),
      bytes.get,
    );
    return all(
      start.set(at.get),
      findByte({ at, bits, bytes }, stops),
      refuseIf(i32.ne(i32.load8U(at.get), i32.const(QUOTE))),
      end.set(i32.sub(at.get, i32.const(PROTOCOL_BYTES))),
      when(
        i32.eq(i32.load8U(end.get, PROTOCOL_BYTES - MINOR_VERSION_BYTES), i32.const(DOT)),
        all(
          refuseUnlessDigit(at, -1),
          end.increase(i32.const(-MINOR_VERSION_BYTES)),
        ),
      ),
      // As unsigned integers: it also refuses an end before the start.
      refuseUnlessBetween(i32.sub(end.get, start.get), 1, ENDPOINT_BYTES),
      refuseIf(i32.ne(i32.load(end.get), i32.const(PROTOCOL[0]))),
      refuseIf(i32.ne(i32.load16U(end.get, 4), i32.const(PROTOCOL[1]))),
      refuseUnlessDigit(end, 6),
      storeKey(column, row, start.get, end.get),
      at.get,
    );
  });
}

function refuseUnlessDigit(at: Local, offset: number): Code {
  const digit = i32.load8U(i32.add(at.get, i32.const(offset)));
  return refuseIf(i32.gtU(i32.sub(digit, i32.const(0x30)), i32.const(9)));
}
