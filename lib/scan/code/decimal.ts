import { parseTimestamp } from "../../../schema.ts";
import type { Unit } from "../../formats/description/shapes.ts";
import {
  all,
  type Code,
  f64,
  I32,
  i32,
  I64,
  i64,
  repeatWhile,
  returnWith,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import {
  appendDigit,
  digitAt,
  refuseUnlessInteger,
  scaleTo,
  takeDecimals,
  takeDigits,
} from "./digits.ts";
import { NOT_TAKEN, refuseIf, refuseUnlessBetween } from "./refuse.ts";

const DOT = 0x2E;
/** What is later than any time that counts is none. */
const LAST_US = BigInt(parseTimestamp("2255-06-04T23:59:59.999999")!);
/** More decimals are left: they are rare. */
const MAX_DECIMALS = 18;

interface UnitOfDecimals {
  /** How many decimals a number has that is whole microseconds. */
  readonly places: number;
  /** How many digits before the point make less than 10^15 microseconds, the most that a response time may be. */
  readonly digits: number;
}

const UNITS: Readonly<Record<Unit, UnitOfDecimals>> = {
  s: { places: 6, digits: 9 },
  ms: { places: 3, digits: 12 },
  us: { places: 0, digits: 15 },
  ns: { places: 0, digits: 18 },
};

/** What a decimal number is. */
export interface DecimalOptions {
  /** Its unit. */
  readonly unit: Unit;
  /** How many decimals it has; without it as many as there are, up to {@linkcode MAX_DECIMALS}. */
  readonly decimals?: number | undefined;
  /** Whether it is a time since 1970, which is cut to microseconds; or else a length of time, which is rounded. */
  readonly isTime: boolean;
  /** The column of the number as microseconds. */
  readonly column: Float64Array;
}

/**
 * Compiles a function of `(at, row)` that reads a decimal number into a row, as microseconds. It gives the address
 * behind the number, or −1 if it takes none: it leaves what has a sign, an exponent or a 0 before other digits.
 *
 * @param name The name of the function.
 * @param options What the number is.
 */
export function compileDecimalReader(
  name: string,
  { unit, decimals: wanted, isTime, column }: DecimalOptions,
): FunctionCode {
  const { places, digits } = UNITS[unit];
  return makeFunction(name, ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), digit = local(I32), decimals = local(I32), isUp = local(I32);
    const value = local(I64), variables = { start, at, digit, value };
    const isDigit = i32.ltU(digit.tee(digitAt(at)), i32.const(10));
    const isAt = (place: number) => i32.eq(decimals.get, i32.const(place));
    const takeDecimal = all(
      when(i32.ltU(decimals.get, i32.const(places)), appendDigit(value, digit)),
      isTime || unit === "ns" ? [] : when(isAt(places), isUp.set(i32.gtU(digit.get, i32.const(4)))),
      decimals.increase(i32.const(1)),
      at.increase(i32.const(1)),
    );
    return all(
      start.set(at.get),
      takeDigits(variables),
      refuseUnlessInteger(variables),
      // A time may have one digit more, and must be in the range.
      refuseIf(i32.gtU(i32.sub(at.get, start.get), i32.const(digits + Number(isTime)))),
      wanted === 0 ? [] : when(
        i32.eq(i32.load8U(at.get), i32.const(DOT)),
        all(
          at.increase(i32.const(1)),
          repeatWhile(isDigit, takeDecimal),
          refuseUnlessBetween(decimals.get, 1, MAX_DECIMALS),
        ),
      ),
      wanted === undefined ? [] : refuseIf(i32.ne(decimals.get, i32.const(wanted))),
      scaleTo(places, decimals, value),
      unit === "ns" ? value.set(fromNanoseconds(value.get, isTime)) : [],
      isTime ? refuseIf(i64.gtU(value.get, i64.const(LAST_US))) : [],
      f64.store(
        i32.shl(row.get, i32.const(3)),
        f64.convertI64S(i64.add(value.get, i64.extendI32U(isUp.get))),
        column.byteOffset,
      ),
      at.get,
    );
  });
}

function fromNanoseconds(value: Code, isCut: boolean): Code {
  return i64.divU(isCut ? value : i64.add(value, i64.const(500n)), i64.const(1000n));
}

/** An integer of at most 12 digits is surely in the range, and exact with three decimals. */
const MAX_DIGITS = 12;

/**
 * Compiles `readResponseTime(at, row)`, which reads milliseconds with at most three decimals into a row. It
 * gives the address behind them, or −1 if it takes none.
 *
 * @param timesUs The column of response times.
 */
export function compileResponseTimeReader(timesUs: Float64Array): FunctionCode {
  return makeFunction("readResponseTime", ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), digit = local(I32), decimals = local(I32), value = local(I64);
    const variables = { start, at, digit, value };
    const length = i32.sub(at.get, start.get);
    return all(
      start.set(at.get),
      takeDigits(variables),
      refuseUnlessInteger(variables),
      when(i32.gtU(length, i32.const(MAX_DIGITS)), returnWith(NOT_TAKEN)),
      takeDecimals(
        variables,
        all(
          decimals.set(length),
          when(i32.gtU(i32.sub(decimals.get, i32.const(1)), i32.const(2)), returnWith(NOT_TAKEN)),
        ),
      ),
      scaleTo(3, decimals, value),
      f64.store(i32.shl(row.get, i32.const(3)), f64.convertI64S(value.get), timesUs.byteOffset),
      at.get,
    );
  });
}

/**
 * Compiles `readStatus(at, row)`, which reads a status of three digits, the first of which is not 0, into a row.
 * It gives the address behind the status, or −1 if it takes none.
 *
 * @param codes The column of statuses.
 */
export function compileStatusReader(codes: Uint16Array): FunctionCode {
  return makeFunction("readStatus", ({ param, local }) => {
    const at = param(), row = param(), word = local(I32);
    // Digits are 0x30 to 0x39; with six added to them they are still below 0x40.
    const isDigits = (word: Code) =>
      i32.eq(i32.and(word, i32.const(0xF0F0F0)), i32.const(0x303030));
    const digit = (place: number) =>
      i32.and(i32.shrU(word.get, i32.const(8 * place)), i32.const(0xF));
    const hundreds = i32.mul(digit(0), i32.const(100)), tens = i32.mul(digit(1), i32.const(10));
    return all(
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
  });
}
