import type { Unit } from "./shapes.ts";

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
 * import { decimalToUs } from "./decimal_us.ts";
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
