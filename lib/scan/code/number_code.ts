import {
  all,
  type Code,
  f64,
  I32,
  i32,
  I64,
  i64,
  leaveWith,
  Local,
  repeatWhile,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/module.ts";

const MINUS = 0x2D, DOT = 0x2E, ZERO = 0x30;
/** So many digits before the point are surely in the range, and with three decimals exact. */
const MOST_DIGITS = 12;
const NOT_TAKEN = i32.of(-1);

/** Reads three digits, the first of which is not 0. */
export function readStatus(codes: Uint16Array): FunctionCode {
  const at = new Local(0), row = new Local(1), word = new Local(2);
  const isDigits = (word: Code) => i32.equal(i32.and(word, i32.of(0xF0F0F0)), i32.of(0x303030));
  const digit = (place: number) =>
    i32.and(i32.shiftRight(word.get, i32.of(8 * place)), i32.of(0xF));
  const hundreds = i32.multiply(digit(0), i32.of(100)), tens = i32.multiply(digit(1), i32.of(10));
  const body = all(
    word.set(i32.load(at.get)),
    when(i32.not(isDigits(word.get)), leaveWith(NOT_TAKEN)),
    when(i32.not(isDigits(i32.add(word.get, i32.of(0x060606)))), leaveWith(NOT_TAKEN)),
    when(i32.not(digit(0)), leaveWith(NOT_TAKEN)),
    i32.store16(
      i32.shiftLeft(row.get, i32.of(1)),
      i32.add(i32.add(hundreds, tens), digit(2)),
      codes.byteOffset,
    ),
    i32.add(at.get, i32.of(3)),
  );
  return makeFunction(2, [I32], body);
}

/** Reads milliseconds of at most three decimals. */
export function readResponseTime(timesUs: Float64Array): FunctionCode {
  const at = new Local(0), row = new Local(1), start = new Local(2), digit = new Local(3);
  const decimals = new Local(4), value = new Local(5);
  const length = i32.subtract(at.get, start.get);
  const body = all(
    start.set(at.get),
    takeDigits(at, digit, value),
    refuseOddDigits(start, at),
    when(i32.greater(length, i32.of(MOST_DIGITS)), leaveWith(NOT_TAKEN)),
    takeDecimals(
      [start, at, digit, value],
      all(
        decimals.set(length),
        when(i32.greater(i32.subtract(decimals.get, i32.of(1)), i32.of(2)), leaveWith(NOT_TAKEN)),
      ),
    ),
    scaleTo(3, decimals, value),
    f64.store(i32.shiftLeft(row.get, i32.of(3)), f64.ofI64(value.get), timesUs.byteOffset),
    at.get,
  );
  return makeFunction(2, [I32, I32, I32, I64], body);
}

/** Goes over a number that does not count. */
export function readOtherNumber(): FunctionCode {
  const at = new Local(0), start = new Local(2), digit = new Local(3), value = new Local(4);
  const body = all(
    at.increase(i32.equal(i32.load8(at.get), i32.of(MINUS))),
    start.set(at.get),
    takeDigits(at, digit, value),
    refuseOddDigits(start, at),
    takeDecimals(
      [start, at, digit, value],
      when(i32.equal(at.get, start.get), leaveWith(NOT_TAKEN)),
    ),
    at.get,
  );
  return makeFunction(2, [I32, I32, I64], body);
}

/** Reads two digits: `TWO_DIGITS`. */
export function twoDigits(): FunctionCode {
  const at = new Local(0), tens = new Local(1), ones = new Local(2);
  const digitAt = (offset: number) => i32.subtract(i32.load8(at.get, offset), i32.of(ZERO));
  const body = all(
    tens.set(digitAt(0)),
    ones.set(digitAt(1)),
    when(i32.greater(tens.get, i32.of(9)), leaveWith(i32.of(100))),
    when(i32.greater(ones.get, i32.of(9)), leaveWith(i32.of(100))),
    i32.add(i32.multiply(tens.get, i32.of(10)), ones.get),
  );
  return makeFunction(1, [I32, I32], body);
}

/** Has a value of some decimals have so many. */
export function scaleTo(wanted: number, decimals: Local, value: Local): Code {
  return repeatWhile(
    i32.less(decimals.get, i32.of(wanted)),
    all(value.set(i64.multiply(value.get, i64.of(10n))), decimals.increase(i32.of(1))),
  );
}

/** Goes over digits, which are added to a value behind those that it has. */
function takeDigits(at: Local, digit: Local, value: Local): Code {
  const ten = i64.of(10n);
  return repeatWhile(
    i32.less(digit.tee(i32.subtract(i32.load8(at.get), i32.of(ZERO))), i32.of(10)),
    all(
      value.set(i64.add(i64.multiply(value.get, ten), i64.ofI32(digit.get))),
      at.increase(i32.of(1)),
    ),
  );
}

/** Goes over a point and digits, if there is one, and then does something; where they start is told. */
function takeDecimals(
  [start, at, digit, value]: readonly [Local, Local, Local, Local],
  then: Code,
): Code {
  return when(
    i32.equal(i32.load8(at.get), i32.of(DOT)),
    all(at.increase(i32.of(1)), start.set(at.get), takeDigits(at, digit, value), then),
  );
}

/** Leaves the function if the digits of an address up to another are no whole number. */
function refuseOddDigits(start: Local, at: Local): Code {
  return all(
    when(i32.equal(at.get, start.get), leaveWith(NOT_TAKEN)),
    when(
      i32.and(
        i32.equal(i32.load8(start.get), i32.of(ZERO)),
        i32.greater(i32.subtract(at.get, start.get), i32.of(1)),
      ),
      leaveWith(NOT_TAKEN),
    ),
  );
}
