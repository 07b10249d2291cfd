import type { Code } from "../wasm/code.ts";
import { all, call, repeatWhile, returnWith, when } from "../wasm/control.ts";
import { f64, i32, i64 } from "../wasm/instructions.ts";
import { I32, I64, type Local } from "../wasm/local.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { wordOf } from "../wasm/word_of.ts";
import { appendDigit, digitAt, scaleTo } from "./digits.ts";
import { CLF_DAY, CLF_DAY_REST, CLF_DAY_US, DAY, DAY_REST, DAY_US } from "./reader_memory.ts";

const SPACE = 0x20, QUOTE = 0x22, PLUS = 0x2B, MINUS = 0x2D, DOT = 0x2E, COLON = 0x3A;
const NOT_TAKEN = i32.const(-1);

/** What the bytes of HH:MM:SS are in the bits of the mask: digits are 0x30 to 0x39. */
const TIME_PATTERN = i64.const(wordOf(0x30, 0x30, COLON, 0x30, 0x30, COLON, 0x30, 0x30));
const TIME_MASK = i64.const(wordOf(0xF0, 0xF0, 0xFF, 0xF0, 0xF0, 0xFF, 0xF0, 0xF0));
/** With this added they are still so: six more than a digit is below 0x40. */
const TIME_CARRY = i64.const(wordOf(6, 6, 0, 6, 6, 0, 6, 6));

/**
 * Compiles `readTimestamp(at, row)`, which reads a timestamp as the parser does into a row. It gives the address of
 * the quote behind it, or −1 if it takes none: it leaves those of second 60, and of days at the ends of the range.
 *
 * @param timesUs The column of timestamps.
 */
export function compileTimestampReader(timesUs: Float64Array): FunctionCode {
  return makeFunction("readTimestamp", ({ param, local }) => {
    const at = param(), row = param();
    const low = local(I32), high = local(I32), digits = local(I32), byte = local(I32);
    const minutes = local(I32), second = local(I32), word = local(I64), fraction = local(I64);
    const isByte = (wanted: number) => i32.eq(byte.get, i32.const(wanted));
    const seconds = i32.add(i32.mul(minutes.get, i32.const(60)), second.get);

    return all(
      // The day.
      when(
        i32.or(
          i64.ne(i64.load(at.get), i64.load(i32.const(DAY))),
          i32.ne(i32.load16U(at.get, 8), i32.load(i32.const(DAY_REST))),
        ),
        refuseIf(i32.eqz(call("takeDay", at.get))),
      ),
      byte.set(i32.load8U(at.get, 10)),
      refuseIf(i32.eqz(i32.or(i32.or(isByte(0x54), isByte(0x74)), isByte(0x20)))),
      // HH:MM:SS.
      takeClock(at, 11, { word, low, high, minutes, second }),
      at.increase(i32.const(19)),
      // The fraction: microseconds count.
      when(
        i32.eq(i32.load8U(at.get), i32.const(DOT)),
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
      // The zone.
      byte.set(i32.load8U(at.get)),
      when(
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
        ),
      ),
      refuseIf(i32.ne(i32.load8U(at.get), i32.const(QUOTE))),
      f64.store(
        i32.shl(row.get, i32.const(3)),
        f64.add(
          f64.load(i32.const(DAY_US)),
          f64.convertI64S(
            i64.add(i64.mul(i64.extendI32S(seconds), i64.const(1_000_000n)), fraction.get),
          ),
        ),
        timesUs.byteOffset,
      ),
      at.get,
    );
  });
}

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
    const sign = local(I32), word = local(I64);
    const seconds = i32.add(i32.mul(minutes.get, i32.const(60)), second.get);
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
      takeClock(at, 12, { word, low, high, minutes, second }),
      refuseIf(i32.ne(i32.load8U(at.get, 20), i32.const(SPACE))),
      sign.set(i32.load8U(at.get, 21)),
      refuseIf(
        i32.and(i32.ne(sign.get, i32.const(PLUS)), i32.ne(sign.get, i32.const(MINUS))),
      ),
      low.set(call("readTwoDigits", i32.add(at.get, i32.const(22)))),
      high.set(call("readTwoDigits", i32.add(at.get, i32.const(24)))),
      takeOffset({ low, high, minutes }, i32.eq(sign.get, i32.const(MINUS))),
      f64.store(
        i32.shl(row.get, i32.const(3)),
        f64.add(
          f64.load(i32.const(CLF_DAY_US)),
          f64.convertI64S(i64.mul(i64.extendI32S(seconds), i64.const(1_000_000n))),
        ),
        timesUs.byteOffset,
      ),
      i32.add(at.get, i32.const(26)),
    );
  });
}

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
interface ClockVariables {
  readonly word: Local;
  readonly low: Local;
  readonly high: Local;
  /** The minutes since midnight. */
  readonly minutes: Local;
  /** The second of the minute. */
  readonly second: Local;
}

/** Reads HH:MM:SS at an address and an offset. */
function takeClock(at: Local, offset: number, variables: ClockVariables): Code {
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
function takeOffset(
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

function refuseIf(condition: Code): Code {
  return when(condition, returnWith(NOT_TAKEN));
}
