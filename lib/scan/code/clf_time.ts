import {
  all,
  call,
  type Code,
  I32,
  i32,
  I64,
  i64,
  type Local,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { storeTime, takeClock, takeOffset } from "./clock.ts";
import { appendDigit, digitAt } from "./digits.ts";
import { CLF_DAY, CLF_DAY_REST, CLF_DAY_US, CLF_ZONE } from "./reader_memory.ts";
import { refuseIf } from "./refuse.ts";

const SPACE = 0x20, PLUS = 0x2B, MINUS = 0x2D, DOT = 0x2E, COLON = 0x3A;
const CLOCK_END = "25/Nov/2026:18:00:00".length;

/**
 * Compiles `readClfTime(at, row)`, which reads a time like `25/Nov/2026:18:00:00 +0000` into a row. It gives the
 * address behind it, or −1 if it takes none: it leaves those of second 60, and of days at the ends of the range.
 *
 * @param timesUs The column of timestamps.
 */
export function compileClfTimeReader(timesUs: Float64Array): FunctionCode {
  return makeFunction("readClfTime", ({ param, local }) => {
    const at = param(), row = param();
    const low = local(I32), high = local(I32), minutes = local(I32), second = local(I32);
    const sign = local(I32), offset = local(I32), word = local(I64), zone = local(I64);
    const zoneText = i64.load(at.get, CLOCK_END);
    return all(
      takeDay(at),
      takeClock(at, 12, { word, low, high, minutes, second }),
      zone.set(i64.load(i32.const(CLF_ZONE))),
      when(
        i64.ne(i64.shl(i64.xor(zone.get, zoneText), i64.const(16n)), i64.const(0n)),
        all(
          refuseIf(i32.ne(i32.load8U(at.get, CLOCK_END), i32.const(SPACE))),
          sign.set(i32.load8U(at.get, CLOCK_END + 1)),
          refuseIf(
            i32.and(i32.ne(sign.get, i32.const(PLUS)), i32.ne(sign.get, i32.const(MINUS))),
          ),
          low.set(call("readTwoDigits", i32.add(at.get, i32.const(CLOCK_END + 2)))),
          high.set(call("readTwoDigits", i32.add(at.get, i32.const(CLOCK_END + 4)))),
          offset.set(i32.const(0)),
          takeOffset({ low, high, minutes: offset }, i32.eq(sign.get, i32.const(MINUS))),
          zone.set(
            i64.or(
              i64.shl(i64.extendI32S(offset.get), i64.const(48n)),
              i64.and(zoneText, i64.const(2n ** 48n - 1n)),
            ),
          ),
          i64.store(i32.const(CLF_ZONE), zone.get),
        ),
      ),
      minutes.increase(i32.wrapI64(i64.shrS(zone.get, i64.const(48n)))),
      storeTime(timesUs, row, { day: CLF_DAY_US, clock: { minutes, second } }),
      i32.add(at.get, i32.const(CLOCK_END + " +0000".length)),
    );
  });
}

/** What is known of times without a zone. */
export interface ClockOptions {
  /** How many decimals the seconds have. */
  readonly decimals: number;
  /** Their offset from UTC, in microseconds. */
  readonly offsetUs: number;
}

/**
 * Compiles a function of `(at, row)` that reads a time like `25/Nov/2026:18:00:00.123`, without a zone, into a row. It
 * gives the address behind it, or −1 if it takes none, as `readClfTime` does.
 *
 * @param name The name of the function.
 * @param timesUs The column of times.
 * @param options What is known of the times.
 */
export function compileClockReader(
  name: string,
  timesUs: Float64Array,
  { decimals, offsetUs }: ClockOptions,
): FunctionCode {
  return makeFunction(name, ({ param, local }) => {
    const at = param(), row = param();
    const low = local(I32), high = local(I32), minutes = local(I32), second = local(I32);
    const digit = local(I32), word = local(I64), fraction = local(I64);
    const takeDecimal = (place: number) =>
      all(
        digit.set(digitAt(at, CLOCK_END + 1 + place)),
        refuseIf(i32.gtU(digit.get, i32.const(9))),
        place < 6 ? appendDigit(fraction, digit) : [],
      );
    const scale = 10n ** BigInt(Math.max(0, 6 - decimals));
    return all(
      takeDay(at),
      takeClock(at, 12, { word, low, high, minutes, second }),
      decimals === 0 ? [] : all(
        refuseIf(i32.ne(i32.load8U(at.get, CLOCK_END), i32.const(DOT))),
        ...Array.from({ length: decimals }, (_, place) => takeDecimal(place)),
      ),
      storeTime(timesUs, row, {
        day: CLF_DAY_US,
        clock: { minutes, second },
        fraction: i64.mul(fraction.get, i64.const(scale)),
        offsetUs,
      }),
      i32.add(at.get, i32.const(CLOCK_END + (decimals === 0 ? 0 : 1 + decimals))),
    );
  });
}

/** Takes up the day at an address, like 25/Nov/2026, if it is not that of the time before, and the colon behind it. */
function takeDay(at: Local): Code {
  return all(
    when(
      i32.or(
        i64.ne(i64.load(at.get), i64.load(i32.const(CLF_DAY))),
        // The last of the first eight bytes, and the other three.
        i32.ne(i32.load(at.get, 7), i32.load(i32.const(CLF_DAY_REST))),
      ),
      refuseIf(i32.eqz(call("takeClfDay", at.get))),
    ),
    refuseIf(i32.ne(i32.load8U(at.get, 11), i32.const(COLON))),
  );
}
