import { ENDPOINT_BYTES, NAME_BYTES } from "../../records/limit_keys.ts";
import type { KeyColumn } from "../../records/key_column.ts";
import type { Code } from "../wasm/code.ts";
import { all, call, repeatWhile, returnWith, when } from "../wasm/control.ts";
import { i32, i8x16, v128 } from "../wasm/instructions.ts";
import { I32, type Local, V128 } from "../wasm/local.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { digitAt } from "./digits.ts";

const LF = 0x0A, CR = 0x0D, SPACE = 0x20, QUOTE = 0x22, DOT = 0x2E, BACKSLASH = 0x5C;
const OPEN_BRACKET = 0x5B, UPPER_A = 0x41, LETTERS = 26;
/** The first four and the last four bytes of " HTTP/1.1", but for the digit between them. */
const PROTOCOL = [0x5454_4820, 0x2F50] as const;
const PROTOCOL_BYTES = " HTTP/1.1".length;
const NOT_TAKEN = i32.const(-1);

/**
 * Compiles `readAddress(at, row)`, which reads an IPv4 address in dotted decimals into a row. It gives the address
 * behind it, or −1 if there is none.
 *
 * @param column The column of the row.
 */
export function compileAddressReader(column: KeyColumn): FunctionCode {
  return makeFunction("readAddress", ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), part = local(I32);
    const isDigit = i32.ltU(digitAt(at), i32.const(10));
    const takePart = all(
      part.set(at.get),
      repeatWhile(isDigit, at.increase(i32.const(1))),
      // From one digit to three.
      refuseIf(i32.gtU(i32.sub(i32.sub(at.get, part.get), i32.const(1)), i32.const(2))),
    );
    const takePoint = all(
      refuseIf(i32.ne(i32.load8U(at.get), i32.const(DOT))),
      at.increase(i32.const(1)),
    );
    return all(
      start.set(at.get),
      ...[0, 1, 2].flatMap(() => [takePart, takePoint]),
      takePart,
      storeKey(column, row, start.get, at.get),
      at.get,
    );
  });
}

/**
 * Compiles `skipToBracket(at, row)`, which skips words up to `[`. It gives the address of the bracket, or −1 if a
 * quote or the end of the line comes before one.
 */
export function compileBracketFinder(): FunctionCode {
  return makeFunction("skipToBracket", ({ param, local }) => {
    const at = param(), _row = param(), byte = local(I32);
    return all(
      repeatWhile(
        i32.ne(byte.tee(i32.load8U(at.get)), i32.const(OPEN_BRACKET)),
        all(
          refuseIf(i32.or(i32.eq(byte.get, i32.const(QUOTE)), i32.eq(byte.get, i32.const(LF)))),
          at.increase(i32.const(1)),
        ),
      ),
      at.get,
    );
  });
}

/**
 * Compiles `readToken(at, row)`, which reads a method of upper-case letters into a row. It gives the address behind
 * it, or −1 if there is none, or a longer one than counts.
 *
 * @param column The column of the row.
 */
export function compileTokenReader(column: KeyColumn): FunctionCode {
  return makeFunction("readToken", ({ param, local }) => {
    const at = param(), row = param(), start = local(I32);
    const letter = i32.sub(i32.load8U(at.get), i32.const(UPPER_A));
    return all(
      start.set(at.get),
      repeatWhile(i32.ltU(letter, i32.const(LETTERS)), at.increase(i32.const(1))),
      refuseUnlessBetween(i32.sub(at.get, start.get), 1, NAME_BYTES),
      storeKey(column, row, start.get, at.get),
      at.get,
    );
  });
}

/**
 * Compiles `readTarget(at, row)`, which reads a target that ` HTTP/` and a version with a point follow into a row. It
 * gives the address of the quote behind them. It gives −1 if there is none, or the target is longer than counts, or
 * has an escape or anything that is no printable ASCII.
 *
 * @param column The column of the row.
 */
export function compileTargetReader(column: KeyColumn): FunctionCode {
  return makeFunction("readTarget", ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), end = local(I32), bits = local(I32), bytes = local(V128);
    const isSpecial = [QUOTE, BACKSLASH]
      .map((byte) => i8x16.eq(bytes.get, i8x16.splat(i32.const(byte))))
      .reduce((one, other) => v128.or(one, other));
    const isControl = i8x16.eq(i8x16.minU(bytes.get, i8x16.splat(i32.const(0x1F))), bytes.get);
    // The highest bit is that of a byte that is not ASCII.
    const stops = i8x16.bitmask(v128.or(v128.or(isSpecial, isControl), bytes.get));
    return all(
      start.set(at.get),
      repeatWhile(
        i32.eqz(all(bytes.set(v128.load(at.get)), bits.tee(stops))),
        at.increase(i32.const(16)),
      ),
      at.increase(i32.ctz(bits.get)),
      refuseIf(i32.ne(i32.load8U(at.get), i32.const(QUOTE))),
      end.set(i32.sub(at.get, i32.const(PROTOCOL_BYTES))),
      // As unsigned integers: it also refuses an end before the start.
      refuseUnlessBetween(i32.sub(end.get, start.get), 1, ENDPOINT_BYTES),
      refuseIf(i32.ne(i32.load(end.get), i32.const(PROTOCOL[0]))),
      refuseIf(i32.ne(i32.load16U(end.get, 4), i32.const(PROTOCOL[1]))),
      refuseIf(i32.gtU(digitAt(end, 6), i32.const(9))),
      refuseIf(i32.ne(i32.load8U(end.get, 7), i32.const(DOT))),
      refuseIf(i32.gtU(digitAt(end, 8), i32.const(9))),
      storeKey(column, row, start.get, end.get),
      at.get,
    );
  });
}

/**
 * Compiles `skipRest(at, row)`, which skips what follows a space, up to the end of the line. It gives the address of
 * the end, or −1 if anything else than a space or the end is at the address.
 */
export function compileRestSkipper(): FunctionCode {
  return makeFunction("skipRest", ({ param, local }) => {
    const at = param(), _row = param();
    const byte = local(I32), bits = local(I32);
    const isLineFeed = i8x16.bitmask(i8x16.eq(v128.load(at.get), i8x16.splat(i32.const(LF))));
    return all(
      byte.set(i32.load8U(at.get)),
      when(i32.eq(byte.get, i32.const(LF)), returnWith(at.get)),
      when(i32.eq(i32.load16U(at.get), i32.const(CR | LF << 8)), returnWith(at.get)),
      refuseIf(i32.ne(byte.get, i32.const(SPACE))),
      repeatWhile(i32.eqz(bits.tee(isLineFeed)), at.increase(i32.const(16))),
      i32.add(at.get, i32.ctz(bits.get)),
    );
  });
}

/** Writes where a key stands, and its mix, into a row. */
function storeKey(
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

function refuseIf(condition: Code): Code {
  return when(condition, returnWith(NOT_TAKEN));
}

function refuseUnlessBetween(value: Code, least: number, most: number): Code {
  return refuseIf(i32.gtU(i32.sub(value, i32.const(least)), i32.const(most - least)));
}
