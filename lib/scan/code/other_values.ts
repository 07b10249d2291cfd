import { all, call, returnWith, when } from "../wasm/control.ts";
import { i32 } from "../wasm/instructions.ts";
import { I32, I64 } from "../wasm/local.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { refuseUnlessInteger, takeDecimals, takeDigits } from "./digits.ts";

const MINUS = 0x2D;
const NOT_TAKEN = i32.const(-1);

/**
 * Compiles `skipOtherText(at, row)`, which skips a text that does not count. It gives the address of the quote
 * behind the text, or −1 if it is none.
 */
export function compileOtherTextSkipper(): FunctionCode {
  return makeFunction("skipOtherText", ({ param }) => {
    const at = param(), _row = param();
    return call("skipText", at.get);
  });
}

/**
 * Compiles `skipOtherNumber(at, row)`, which skips a number that does not count. It gives the address behind the
 * number, or −1 if it is none; an exponent is not part of it.
 */
export function compileOtherNumberSkipper(): FunctionCode {
  return makeFunction("skipOtherNumber", ({ param, local }) => {
    const at = param(), _row = param();
    const start = local(I32), digit = local(I32), value = local(I64);
    const variables = { start, at, digit, value };
    return all(
      at.increase(i32.eq(i32.load8U(at.get), i32.const(MINUS))),
      start.set(at.get),
      takeDigits(variables),
      refuseUnlessInteger(variables),
      takeDecimals(variables, when(i32.eq(at.get, start.get), returnWith(NOT_TAKEN))),
      at.get,
    );
  });
}
