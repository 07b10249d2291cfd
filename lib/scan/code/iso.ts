import {
  all,
  call,
  type Code,
  I32,
  i32,
  I64,
  i64,
  type Local,
  repeatWhile,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { storeTime, takeClock, takeOffset } from "./clock.ts";
import { appendDigit, digitAt, scaleTo } from "./digits.ts";
import { DAY, DAY_REST, DAY_US } from "./reader_memory.ts";
import { refuseIf } from "./refuse.ts";

const PLUS = 0x2B, COMMA = 0x2C, MINUS = 0x2D, DOT = 0x2E, COLON = 0x3A;

/** How ISO 8601 times are read. */
export interface IsoOptions {
  /**
   * `optional`: a time without a zone is UTC, and a fraction has a point; `needed`: a time without a zone is left;
   * `never`: what follows is no zone.
   */
  readonly zone: "optional" | "needed" | "never";
  /** The offset from UTC of times that never have a zone, in microseconds. */
  readonly offsetUs?: number;
}

/**
 * Compiles a function of `(at, row)` that reads an ISO 8601 time into a row. It gives the address behind the time, or
 * −1 if it takes none: it leaves those of second 60, and of days at the ends of the range.
 *
 * @param name The name of the function.
 * @param timesUs The column of times.
 * @param options How the times are read.
 */
export function compileIsoReader(
  name: string,
  timesUs: Float64Array,
  { zone, offsetUs = 0 }: IsoOptions,
): FunctionCode {
  return makeFunction(name, ({ param, local }) => {
    const at = param(), row = param();
    const low = local(I32), high = local(I32), digits = local(I32), byte = local(I32);
    const minutes = local(I32), second = local(I32), word = local(I64), fraction = local(I64);
    const isByte = (wanted: number) => i32.eq(byte.get, i32.const(wanted));
    const isFraction = i32.eq(i32.load8U(at.get), i32.const(DOT));
    const isFractionOrComma = i32.or(isFraction, i32.eq(i32.load8U(at.get), i32.const(COMMA)));
    const takeZone = when(
      i32.or(isByte(0x5A), isByte(0x7A)),
      at.increase(i32.const(1)),
      when(
        i32.or(isByte(PLUS), isByte(MINUS)),
        all(
          low.set(call("readTwoDigits", i32.add(at.get, i32.const(1)))),
          at.increase(i32.add(i32.const(3), i32.eq(i32.load8U(at.get, 3), i32.const(COLON)))),
          high.set(call("readTwoDigits", at.get)),
          takeOffset({ low, high, minutes }, isByte(MINUS)),
          at.increase(i32.const(2)),
        ),
        zone === "needed" ? refuseIf(i32.const(1)) : undefined,
      ),
    );
    return all(
      // The day.
      takeDay(at),
      byte.set(i32.load8U(at.get, 10)),
      refuseIf(i32.eqz(i32.or(i32.or(isByte(0x54), isByte(0x74)), isByte(0x20)))),
      // HH:MM:SS.
      takeClock(at, 11, { word, low, high, minutes, second }),
      at.increase(i32.const(19)),
      // The fraction: microseconds count.
      when(
        zone === "optional" ? isFraction : isFractionOrComma,
        all(
          at.increase(i32.const(1)),
          low.set(at.get),
          repeatWhile(
            i32.ltU(digits.tee(digitAt(at)), i32.const(10)),
            all(
              when(
                i32.ltU(i32.sub(at.get, low.get), i32.const(6)),
                appendDigit(fraction, digits),
              ),
              at.increase(i32.const(1)),
            ),
          ),
          digits.set(i32.sub(at.get, low.get)),
          refuseIf(i32.gtU(i32.sub(digits.get, i32.const(1)), i32.const(8))),
          scaleTo(6, digits, fraction),
        ),
      ),
      zone === "never" ? [] : all(
        byte.set(i32.load8U(at.get)),
        takeZone,
      ),
      storeTime(timesUs, row, {
        day: DAY_US,
        clock: { minutes, second },
        fraction: fraction.get,
        offsetUs,
      }),
      at.get,
    );
  });
}

/**
 * Compiles a function of `(at, row)` that reads a date and, behind one byte, a time of day in UTC into a row. It gives
 * the address behind them, or −1 if it takes none: it leaves those of second 60, and of days at the ends of the range.
 *
 * @param name The name of the function.
 * @param timesUs The column of times.
 * @param separator The byte between the date and the time of day.
 */
export function compileColumnsReader(
  name: string,
  timesUs: Float64Array,
  separator: number,
): FunctionCode {
  return makeFunction(name, ({ param, local }) => {
    const at = param(), row = param();
    const low = local(I32), high = local(I32), minutes = local(I32), second = local(I32);
    const word = local(I64);
    return all(
      takeDay(at),
      refuseIf(i32.ne(i32.load8U(at.get, 10), i32.const(separator))),
      takeClock(at, 11, { word, low, high, minutes, second }),
      storeTime(timesUs, row, { day: DAY_US, clock: { minutes, second } }),
      i32.add(at.get, i32.const(19)),
    );
  });
}

/** Takes up the day at an address, like 2026-11-25, if it is not that of the time before. */
function takeDay(at: Local): Code {
  return when(
    i32.or(
      i64.ne(i64.load(at.get), i64.load(i32.const(DAY))),
      i32.ne(i32.load16U(at.get, 8), i32.load(i32.const(DAY_REST))),
    ),
    refuseIf(i32.eqz(call("takeDay", at.get))),
  );
}
