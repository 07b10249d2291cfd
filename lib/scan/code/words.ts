import type { KeyColumn } from "../../records/key_column.ts";
import { AGENT_BYTES, ENDPOINT_BYTES } from "../../records/limit_keys.ts";
import { all, I32, i32, repeatWhile, returnWith, V128, v128, when } from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { digitAt } from "./digits.ts";
import { findByte, isIn } from "./find_byte.ts";
import { storeKey } from "./key.ts";
import { refuseIf, refuseUnlessBetween } from "./refuse.ts";

const LF = 0x0A, CR = 0x0D, SPACE = 0x20, QUOTE = 0x22, MINUS = 0x2D, BACKSLASH = 0x5C;
const DELETE = 0x7F, LAST_CONTROL = 0x1F;

/**
 * Compiles a function of `(at, row)` that reads a word: printable ASCII without spaces and quotes, up to the first
 * byte of the literal behind it. It gives the address of the first byte that is not of the word, or −1 if there is no
 * word.
 *
 * @param name The name of the function.
 * @param next The first byte of the literal behind it, if there is one. Before a quote no backslash is taken.
 * @param column The column that the word is a key of; without it the word does not count.
 */
export function compileWordReader(
  name: string,
  next: number | undefined,
  column?: KeyColumn,
): FunctionCode {
  return makeFunction(name, ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), bits = local(I32), bytes = local(V128);
    const stops = [QUOTE, DELETE, ...next === undefined ? [] : [next]];
    if (next === QUOTE) stops.push(BACKSLASH);
    const length = i32.sub(at.get, start.get);
    return all(
      start.set(at.get),
      // The highest bit is that of a byte that is not ASCII.
      findByte({ at, bits, bytes }, v128.or(isIn(bytes, { stops, upTo: SPACE }), bytes.get)),
      column === undefined ? refuseIf(i32.eqz(length)) : all(
        refuseUnlessBetween(length, 1, ENDPOINT_BYTES),
        storeKey(column, row, start.get, at.get),
      ),
      at.get,
    );
  });
}

/**
 * Compiles a function of `(at, row)` that skips anything but quotes and control characters, up to the first byte of
 * the literal behind it. It gives the address of the first byte that it does not skip.
 *
 * @param name The name of the function.
 * @param next The first byte of the literal behind it, if there is one.
 */
export function compileWordsSkipper(name: string, next: number | undefined): FunctionCode {
  return makeFunction(name, ({ param, local }) => {
    const at = param(), _row = param();
    const bits = local(I32), bytes = local(V128);
    const stops = next === undefined ? [QUOTE] : [QUOTE, next];
    return all(
      findByte({ at, bits, bytes }, isIn(bytes, { stops, upTo: LAST_CONTROL })),
      at.get,
    );
  });
}

/**
 * Compiles a function of `(at, row)` that reads printable ASCII and spaces, up to a quote or the first byte of the
 * literal behind it, into a row as they stand. It gives the address of the first byte that is not of the text, or −1
 * if the text is longer than counts.
 *
 * @param name The name of the function.
 * @param next The first byte of the literal behind it, if there is one.
 * @param options The column of the row, and whether a backslash hides the byte behind it.
 */
export function compileAgentReader(
  name: string,
  next: number | undefined,
  { column, hasEscapes }: { readonly column: KeyColumn; readonly hasEscapes: boolean },
): FunctionCode {
  return makeFunction(name, ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), bits = local(I32), bytes = local(V128);
    const stops = [QUOTE, DELETE];
    if (next !== undefined) stops.push(next);
    if (hasEscapes) stops.push(BACKSLASH);
    // The highest bit is that of a byte that is not ASCII.
    const isStop = v128.or(isIn(bytes, { stops, upTo: LAST_CONTROL }), bytes.get);
    const find = findByte({ at, bits, bytes }, isStop);
    const isHidden = i32.eq(i32.load8U(at.get), i32.const(BACKSLASH));
    const hidden = i32.sub(i32.load8U(at.get, 1), i32.const(SPACE));
    return all(
      start.set(at.get),
      find,
      hasEscapes
        ? repeatWhile(
          isHidden,
          all(
            refuseUnlessBetween(hidden, 0, DELETE - SPACE - 1),
            at.increase(i32.const(2)),
            find,
          ),
        )
        : [],
      refuseUnlessBetween(i32.sub(at.get, start.get), 0, AGENT_BYTES),
      storeKey(column, row, start.get, at.get),
      at.get,
    );
  });
}

/**
 * Compiles a function of `(at, row)` that skips anything up to a quote, but control characters. It gives the address
 * of the quote, or −1 if there is none.
 *
 * @param name The name of the function.
 * @param hasEscapes Whether a backslash hides the byte behind it.
 */
export function compileQuotedSkipper(name: string, hasEscapes: boolean): FunctionCode {
  return makeFunction(name, ({ param, local }) => {
    const at = param(), _row = param();
    const bits = local(I32), bytes = local(V128);
    const stops = hasEscapes ? [QUOTE, BACKSLASH] : [QUOTE];
    const find = findByte({ at, bits, bytes }, isIn(bytes, { stops, upTo: LAST_CONTROL }));
    return all(
      find,
      hasEscapes
        ? repeatWhile(
          i32.eq(i32.load8U(at.get), i32.const(BACKSLASH)),
          all(
            refuseIf(i32.ltU(i32.load8U(at.get, 1), i32.const(SPACE))),
            at.increase(i32.const(2)),
            find,
          ),
        )
        : [],
      refuseIf(i32.ne(i32.load8U(at.get), i32.const(QUOTE))),
      at.get,
    );
  });
}

/**
 * Compiles `skipCount(at, row)`, which skips digits or a lone `-`. It gives the address behind them, or −1 if there
 * are none.
 */
export function compileCountSkipper(): FunctionCode {
  return makeFunction("skipCount", ({ param, local }) => {
    const at = param(), _row = param(), start = local(I32);
    return all(
      when(
        i32.eq(i32.load8U(at.get), i32.const(MINUS)),
        returnWith(i32.add(at.get, i32.const(1))),
      ),
      start.set(at.get),
      repeatWhile(i32.ltU(digitAt(at), i32.const(10)), at.increase(i32.const(1))),
      refuseIf(i32.eq(at.get, start.get)),
      at.get,
    );
  });
}

/**
 * Compiles `skipRest(at, row)`, which skips what follows a space, up to the end of the line. It gives the address of
 * the end, or −1 if anything else than a space or the end is at the address, or a control character behind it.
 */
export function compileRestSkipper(): FunctionCode {
  return makeFunction("skipRest", ({ param, local }) => {
    const at = param(), _row = param();
    const bits = local(I32), bytes = local(V128);
    const isLineFeed = i32.eq(i32.load8U(at.get), i32.const(LF));
    const isReturn = i32.eq(i32.load16U(at.get), i32.const(CR | LF << 8));
    const returnAtEnd = when(i32.or(isLineFeed, isReturn), returnWith(at.get));
    return all(
      when(i32.ne(i32.load8U(at.get), i32.const(SPACE)), all(returnAtEnd, refuseIf(i32.const(1)))),
      findByte({ at, bits, bytes }, isIn(bytes, { stops: [], upTo: LAST_CONTROL })),
      returnAtEnd,
      i32.const(-1),
    );
  });
}
