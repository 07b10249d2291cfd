import type { Unit } from "./shapes.ts";

/** The lengths that a number may be given in, with the unit and how many of it. */
const SUFFIXES: Readonly<Record<string, readonly [unit: Unit, count: number]>> = {
  ns: ["ns", 1],
  us: ["us", 1],
  "µs": ["us", 1],
  "μs": ["us", 1],
  micros: ["us", 1],
  ms: ["ms", 1],
  msecs: ["ms", 1],
  s: ["s", 1],
  m: ["s", 60],
  h: ["s", 3600],
};
const PART = /(\d+(?:\.\d+)?) ?(ns|us|µs|μs|micros|msecs|ms|s|m|h)/g;
const SUFFIXED = new RegExp(`^(?:${PART.source})+$`);
const NUMBER = /^\d/;

/**
 * Reads a duration: a decimal number of a unit that is known, or numbers with units as Go writes them.
 *
 * @param text The duration.
 * @param unit The unit of a number without one; without it such a number is none.
 * @returns Microseconds, rounded half up; `undefined` if the text is no duration.
 *
 * @example A number of seconds, and a text of Go
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readDuration } from "./duration.ts";
 *
 * assertEquals(readDuration("0.142", "s"), 142_000);
 * assertEquals(readDuration("1m2.5ms"), 60_002_500);
 * assertEquals(readDuration("12"), undefined);
 * assertEquals(readDuration("-1", "ms"), undefined);
 * ```
 */
export function readDuration(text: string, unit?: Unit): number | undefined {
  if (!NUMBER.test(text) || text.length > 64) return undefined;
  const us = SUFFIXED.test(text)
    ? [...text.matchAll(PART)].reduce((sum, part) => sum + partUs(part), 0)
    : unit === undefined
    ? undefined
    : decimalToUs(text, unit);
  return us !== undefined && us <= LONGEST_US ? us : undefined;
}

/** The longest response time that a record may have: 10^12 ms. */
const LONGEST_US = 1e15;

function partUs([, number, suffix]: RegExpMatchArray): number {
  const [unit, count] = SUFFIXES[suffix!]!;
  return (decimalToUs(number!, unit) ?? Infinity) * count;
}

/** By how many decimal places a unit is left of microseconds. */
const PLACES: Readonly<Record<Unit, number>> = { s: 6, ms: 3, us: 0, ns: -3 };
const DECIMAL = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Converts a decimal number of some unit to microseconds, digit by digit: nothing is lost of numbers that a number of
 * 64 bits cannot hold.
 *
 * @param text The number: digits, perhaps a point and more digits, perhaps an exponent.
 * @param unit Its unit.
 * @param isCut Whether what is less than a microsecond is cut, as of times, or rounded half up, as of durations.
 * @returns Whole microseconds; `undefined` if the text is no such number, or they are more than 2^53.
 *
 * @example A response time, and a time since 1970
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decimalToUs } from "./duration.ts";
 *
 * assertEquals(decimalToUs("0.0125", "s"), 12_500);
 * assertEquals(decimalToUs("1.5e-3", "ms"), 2);
 * assertEquals(decimalToUs("1795629600123456789", "ns", true), 1_795_629_600_123_456);
 * assertEquals(decimalToUs("-1", "s"), undefined);
 * ```
 */
export function decimalToUs(text: string, unit: Unit, isCut = false): number | undefined {
  const [, whole, decimals = "", exponent = "0"] = DECIMAL.exec(text) ?? [];
  if (whole === undefined || text.length > 400) return undefined;
  const digits = whole + decimals, point = whole.length + Number(exponent) + PLACES[unit];
  const us = point <= 0 ? "0" : digits.slice(0, point).padEnd(Math.min(point, 400), "0");
  const next = point < 0 ? "0" : digits[point] ?? "0";
  const sum = Number(us) + Number(!isCut && next >= "5");
  return sum <= Number.MAX_SAFE_INTEGER ? sum : undefined;
}
