import { decimalToUs } from "./decimal_us.ts";
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
const DECIMAL = /^\d/;

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
 * import { readDuration } from "./read_duration.ts";
 *
 * assertEquals(readDuration("0.142", "s"), 142_000);
 * assertEquals(readDuration("1m2.5ms"), 60_002_500);
 * assertEquals(readDuration("12"), undefined);
 * assertEquals(readDuration("-1", "ms"), undefined);
 * ```
 */
export function readDuration(text: string, unit?: Unit): number | undefined {
  if (!DECIMAL.test(text) || text.length > 64) return undefined;
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
