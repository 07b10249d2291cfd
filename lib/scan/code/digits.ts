/**
 * Code for digits, of which numbers and timestamps are made.
 *
 * @module
 */

import {
  all,
  type Code,
  i32,
  i64,
  type Local,
  repeatWhile,
  returnWith,
  when,
} from "../wasm/instructions.ts";
import { NOT_TAKEN } from "./refuse.ts";

const DOT = 0x2E, ZERO = 0x30;

/** The variables of a function that reads a number. */
export interface NumberVariables {
  /** An address: that of the byte that is read next. */
  readonly at: Local;
  /** The address at which the digits begin that are read, before the point or behind it. */
  readonly start: Local;
  /** The digit that was read last. */
  readonly digit: Local;
  /** What the digits amount to that were read, an integer of 64 bits. */
  readonly value: Local;
}

/** Reads a byte at an address, and an offset: the digit that it is, or an integer above 9. */
export function digitAt(at: Local, offset = 0): Code {
  return i32.sub(i32.load8U(at.get, offset), i32.const(ZERO));
}

/** Reads digits, and adds them to the value behind the digits that it has. */
export function takeDigits({ at, digit, value }: NumberVariables): Code {
  return repeatWhile(
    i32.ltU(digit.tee(digitAt(at)), i32.const(10)),
    all(appendDigit(value, digit), at.increase(i32.const(1))),
  );
}

/** Adds a digit to a value, behind the digits that it has. */
export function appendDigit(value: Local, digit: Local): Code {
  return value.set(
    i64.add(i64.mul(value.get, i64.const(10n)), i64.extendI32U(digit.get)),
  );
}

/** Reads a point and digits, if there is a point, and then runs a statement; digits begin behind the point. */
export function takeDecimals(variables: NumberVariables, then: Code): Code {
  const { start, at } = variables;
  return when(
    i32.eq(i32.load8U(at.get), i32.const(DOT)),
    all(at.increase(i32.const(1)), start.set(at.get), takeDigits(variables), then),
  );
}

/** Takes no value if the digits that were read are no integer of JSON: there are none, or a 0 before others. */
export function refuseUnlessInteger({ start, at }: NumberVariables): Code {
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

/**
 * Multiplies a value by powers of ten, until it has enough decimals.
 *
 * @param wanted How many decimals it is to have.
 * @param decimals How many it has, which changes with it.
 * @param value The value, an integer of 64 bits, as if it had no point.
 */
export function scaleTo(wanted: number, decimals: Local, value: Local): Code {
  return repeatWhile(
    i32.ltU(decimals.get, i32.const(wanted)),
    all(value.set(i64.mul(value.get, i64.const(10n))), decimals.increase(i32.const(1))),
  );
}
