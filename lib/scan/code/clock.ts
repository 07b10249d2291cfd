/**
 * Code for the time of day, and for offsets from UTC.
 *
 * @module
 */

import {
  all,
  type Code,
  f64,
  I32,
  i32,
  i64,
  type Local,
  returnWith,
  when,
  wordOf,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { digitAt } from "./digits.ts";
import { refuseIf } from "./refuse.ts";

const COLON = 0x3A;

/** What the bytes of HH:MM:SS are in the bits of the mask: digits are 0x30 to 0x39. */
const TIME_PATTERN = i64.const(wordOf(0x30, 0x30, COLON, 0x30, 0x30, COLON, 0x30, 0x30));
const TIME_MASK = i64.const(wordOf(0xF0, 0xF0, 0xFF, 0xF0, 0xF0, 0xFF, 0xF0, 0xF0));
/** With this added they are still so: six more than a digit is below 0x40. */
const TIME_CARRY = i64.const(wordOf(6, 6, 0, 6, 6, 0, 6, 6));

/**
 * Compiles `readTwoDigits(at)`, which gives the number that two digits at an address are, or one above 99 if they
 * are no digits.
 */
export function compileTwoDigitsReader(): FunctionCode {
  return makeFunction("readTwoDigits", ({ param, local }) => {
    const at = param(), tens = local(I32), ones = local(I32);
    return all(
      tens.set(digitAt(at)),
      ones.set(digitAt(at, 1)),
      when(i32.gtU(tens.get, i32.const(9)), returnWith(i32.const(100))),
      when(i32.gtU(ones.get, i32.const(9)), returnWith(i32.const(100))),
      i32.add(i32.mul(tens.get, i32.const(10)), ones.get),
    );
  });
}

/** The variables of a function that reads a time of day. */
export interface ClockVariables {
  /** The time of day as it is written. */
  readonly word: Local;
  /** Its first four bytes, or the hours of an offset. */
  readonly low: Local;
  /** Its last four bytes, or the minutes of an offset. */
  readonly high: Local;
  /** The minutes since midnight. */
  readonly minutes: Local;
  /** The second of the minute. */
  readonly second: Local;
}

/** Reads HH:MM:SS at an address and an offset. */
export function takeClock(at: Local, offset: number, variables: ClockVariables): Code {
  const { word, low, high, minutes, second } = variables;
  const pair = (tens: Code, ones: Code) =>
    i32.add(i32.mul(i32.and(tens, i32.const(0xF)), i32.const(10)), i32.and(ones, i32.const(0xF)));
  const shifted = (word: Local, bits: number) => i32.shrU(word.get, i32.const(bits));
  const differences = (word: Code) => i64.xor(i64.and(word, TIME_MASK), TIME_PATTERN);
  return all(
    word.set(i64.load(at.get, offset)),
    refuseIf(i64.ne(
      i64.or(differences(word.get), differences(i64.add(word.get, TIME_CARRY))),
      i64.const(0n),
    )),
    low.set(i32.wrapI64(word.get)),
    high.set(i32.wrapI64(i64.shrU(word.get, i64.const(32n)))),
    second.set(pair(shifted(high, 16), shifted(high, 24))),
    minutes.set(pair(shifted(low, 24), high.get)),
    refuseIf(i32.gtU(minutes.get, i32.const(59))),
    refuseIf(i32.gtU(second.get, i32.const(59))),
    low.set(pair(low.get, shifted(low, 8))),
    refuseIf(i32.gtU(low.get, i32.const(23))),
    minutes.increase(i32.mul(low.get, i32.const(60))),
  );
}

/** Takes an offset from UTC, hours in `low` and minutes in `high`, from the minutes since midnight. */
export function takeOffset(
  { low, high, minutes }: Pick<ClockVariables, "low" | "high" | "minutes">,
  isNegative: Code,
): Code {
  const offset = i32.add(i32.mul(low.get, i32.const(60)), high.get);
  return all(
    refuseIf(i32.gtU(low.get, i32.const(23))),
    refuseIf(i32.gtU(high.get, i32.const(59))),
    minutes.set(
      i32.add(
        minutes.get,
        i32.mul(offset, i32.sub(i32.mul(isNegative, i32.const(2)), i32.const(1))),
      ),
    ),
  );
}

/** What a time is made of that is written into a row. */
export interface TimeParts {
  /** The address at which it stands when the day begins, in microseconds since the epoch. */
  readonly day: number;
  /** The minutes since midnight, and the second of the minute. */
  readonly clock: Pick<ClockVariables, "minutes" | "second">;
  /** The microseconds of the second, an integer of 64 bits. */
  readonly fraction?: Code;
  /** The offset from UTC of a time without a zone, in microseconds. */
  readonly offsetUs?: number;
}

/**
 * Writes a time into a row.
 *
 * @param column The column of times.
 * @param row The row.
 * @param parts The time.
 */
export function storeTime(
  column: Float64Array,
  row: Local,
  { day, clock: { minutes, second }, fraction, offsetUs = 0 }: TimeParts,
): Code {
  const seconds = i32.add(i32.mul(minutes.get, i32.const(60)), second.get);
  const whole = i64.mul(i64.extendI32S(seconds), i64.const(1_000_000n));
  const us = f64.convertI64S(fraction === undefined ? whole : i64.add(whole, fraction));
  const local = f64.add(f64.load(i32.const(day)), us);
  return f64.store(
    i32.shl(row.get, i32.const(3)),
    offsetUs === 0 ? local : f64.add(local, f64.const(-offsetUs)),
    column.byteOffset,
  );
}
