import {
  all,
  type Code,
  f64,
  I32,
  i32,
  I64,
  i64,
  Local,
  repeatWhile,
  returnWith,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/module.ts";

const MINUS = 0x2D, DOT = 0x2E, ZERO = 0x30;
/** So many digits before the point are surely in the range, and with three decimals exact. */
const MOST_DIGITS = 12;
const NOT_TAKEN = i32.const(-1);

/** Reads three digits, the first of which is not 0. */
export function readStatus(codes: Uint16Array): FunctionCode {
  const at = new Local(0), row = new Local(1), word = new Local(2);
  const isDigits = (word: Code) => i32.eq(i32.and(word, i32.const(0xF0F0F0)), i32.const(0x303030));
  const digit = (place: number) =>
    i32.and(i32.shrU(word.get, i32.const(8 * place)), i32.const(0xF));
  const hundreds = i32.mul(digit(0), i32.const(100)), tens = i32.mul(digit(1), i32.const(10));
  const body = all(
    word.set(i32.load(at.get)),
    when(i32.eqz(isDigits(word.get)), returnWith(NOT_TAKEN)),
    when(i32.eqz(isDigits(i32.add(word.get, i32.const(0x060606)))), returnWith(NOT_TAKEN)),
    when(i32.eqz(digit(0)), returnWith(NOT_TAKEN)),
    i32.store16(
      i32.shl(row.get, i32.const(1)),
      i32.add(i32.add(hundreds, tens), digit(2)),
      codes.byteOffset,
    ),
    i32.add(at.get, i32.const(3)),
  );
  return makeFunction(2, [I32], body);
}

/** Reads milliseconds of at most three decimals. */
export function readResponseTime(timesUs: Float64Array): FunctionCode {
  const at = new Local(0), row = new Local(1), start = new Local(2), digit = new Local(3);
  const decimals = new Local(4), value = new Local(5);
  const length = i32.sub(at.get, start.get);
  const body = all(
    start.set(at.get),
    takeDigits(at, digit, value),
    refuseOddDigits(start, at),
    when(i32.gtU(length, i32.const(MOST_DIGITS)), returnWith(NOT_TAKEN)),
    takeDecimals(
      [start, at, digit, value],
      all(
        decimals.set(length),
        when(i32.gtU(i32.sub(decimals.get, i32.const(1)), i32.const(2)), returnWith(NOT_TAKEN)),
      ),
    ),
    scaleTo(3, decimals, value),
    f64.store(i32.shl(row.get, i32.const(3)), f64.convertI64S(value.get), timesUs.byteOffset),
    at.get,
  );
  return makeFunction(2, [I32, I32, I32, I64], body);
}

/** Goes over a number that does not count. */
export function readOtherNumber(): FunctionCode {
  const at = new Local(0), start = new Local(2), digit = new Local(3), value = new Local(4);
  const body = all(
    at.increase(i32.eq(i32.load8U(at.get), i32.const(MINUS))),
    start.set(at.get),
    takeDigits(at, digit, value),
    refuseOddDigits(start, at),
    takeDecimals(
      [start, at, digit, value],
      when(i32.eq(at.get, start.get), returnWith(NOT_TAKEN)),
    ),
    at.get,
  );
  return makeFunction(2, [I32, I32, I64], body);
}

/** Reads two digits: `TWO_DIGITS`. */
export function twoDigits(): FunctionCode {
  const at = new Local(0), tens = new Local(1), ones = new Local(2);
  const digitAt = (offset: number) => i32.sub(i32.load8U(at.get, offset), i32.const(ZERO));
  const body = all(
    tens.set(digitAt(0)),
    ones.set(digitAt(1)),
    when(i32.gtU(tens.get, i32.const(9)), returnWith(i32.const(100))),
    when(i32.gtU(ones.get, i32.const(9)), returnWith(i32.const(100))),
    i32.add(i32.mul(tens.get, i32.const(10)), ones.get),
  );
  return makeFunction(1, [I32, I32], body);
}

/** Has a value of some decimals have so many. */
export function scaleTo(wanted: number, decimals: Local, value: Local): Code {
  return repeatWhile(
    i32.ltU(decimals.get, i32.const(wanted)),
    all(value.set(i64.mul(value.get, i64.const(10n))), decimals.increase(i32.const(1))),
  );
}

/** Goes over digits, which are added to a value behind those that it has. */
function takeDigits(at: Local, digit: Local, value: Local): Code {
  const ten = i64.const(10n);
  return repeatWhile(
    i32.ltU(digit.tee(i32.sub(i32.load8U(at.get), i32.const(ZERO))), i32.const(10)),
    all(
      value.set(i64.add(i64.mul(value.get, ten), i64.extendI32U(digit.get))),
      at.increase(i32.const(1)),
    ),
  );
}

/** Goes over a point and digits, if there is one, and then does something; where they start is told. */
function takeDecimals(
  [start, at, digit, value]: readonly [Local, Local, Local, Local],
  then: Code,
): Code {
  return when(
    i32.eq(i32.load8U(at.get), i32.const(DOT)),
    all(at.increase(i32.const(1)), start.set(at.get), takeDigits(at, digit, value), then),
  );
}

/** Leaves the function if the digits of an address up to another are no whole number. */
function refuseOddDigits(start: Local, at: Local): Code {
  return all(
    when(i32.eq(at.get, start.get), returnWith(NOT_TAKEN)),
    when(
      i32.and(
        i32.eq(i32.load8U(start.get), i32.const(ZERO)),
        i32.gtU(i32.sub(at.get, start.get), i32.const(1)),
      ),
      returnWith(NOT_TAKEN),
    ),
  );
}
