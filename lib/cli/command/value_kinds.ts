import { parseTimestamp } from "../../../schema.ts";
import type { ValueKind } from "./command.ts";

const DIGITS = /^\d+$/;
const TOO_LARGE = /^\d{16,}$/;
const LARGEST = Number.MAX_SAFE_INTEGER;

/** An integer from 1 to 2^53 − 1. */
export const POSITIVE_INTEGER: ValueKind<number> = {
  parse: (text) => parseInteger(text, 1),
  wanted: "a positive integer",
  range: [TOO_LARGE, `an integer from 1 to ${LARGEST}`],
};

/** A number of threads, from 1 to 64. */
export const THREADS: ValueKind<number> = {
  parse: (text) => parseInteger(text, 1, 64),
  wanted: "an integer from 1 to 64",
};

/** An integer from 2 to 2^53 − 1. */
export const INTEGER_FROM_2: ValueKind<number> = {
  parse: (text) => parseInteger(text, 2),
  wanted: "an integer from 2 on",
  range: [TOO_LARGE, `an integer from 2 to ${LARGEST}`],
};

/** An integer from 0 to 2^53 − 1. */
export const WHOLE_NUMBER: ValueKind<number> = {
  parse: (text) => parseInteger(text, 0),
  wanted: "an integer from 0 on",
  range: [TOO_LARGE, `an integer from 0 to ${LARGEST}`],
};

/** An integer from 0 to 9e13, or `inf` for `Infinity`. */
export const COUNT: ValueKind<number> = {
  // The generator computes shares of a run in hundredths: 100 times the count must stay exact.
  parse: (text) => text === "inf" ? Infinity : parseInteger(text, 0, 9e13),
  wanted: "an integer from 0 to 9e13, or inf",
};

/** An integer from 1 to 2^24 − 1: there are that many private addresses that begin with 10 and are not 10.0.0.0. */
export const MANY: ValueKind<number> = {
  parse: (text) => parseInteger(text, 1, 2 ** 24 - 1),
  wanted: "an integer from 1 to 16777215",
};

/** A number above 0, with or without a fraction. */
export const POSITIVE_NUMBER: ValueKind<number> = {
  parse: (text) =>
    /^\d{1,15}(\.\d{1,15})?$/.test(text) && Number(text) > 0 ? Number(text) : undefined,
  wanted: "a number above 0",
  range: [
    /^(?=.*[1-9])[\d.]+(e[+-]?\d+)?$/i,
    "at most 15 digits before the point and 15 behind it, without an exponent",
  ],
};

/** An instant, in microseconds since the epoch. */
export const INSTANT: ValueKind<number> = {
  parse: parseTimestamp,
  wanted: "an ISO 8601 date and time",
};

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_MS = 366 * UNIT_MS.d;

/**
 * A length of time: an integer and a unit. Its value is in microseconds, up to 366 days, so that the ends of
 * such a window have dates.
 */
export const DURATION: ValueKind<number> = {
  parse: (text) => {
    const [, digits, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
    if (digits === undefined) return undefined;
    const ms = Number(digits) * UNIT_MS[unit as keyof typeof UNIT_MS];
    return ms > 0 && ms <= LONGEST_MS ? ms * 1000 : undefined;
  },
  wanted: "a positive integer with unit ms, s, m, h or d, up to 366d",
};

const UNIT_BYTES = { B: 1, kB: 1e3, KiB: 2 ** 10, MB: 1e6, MiB: 2 ** 20 };
// A line is held in memory as one string.
const LARGEST_BYTES = 64 * UNIT_BYTES.MiB;

/** A size: an integer, with or without a unit. Its value is in bytes, up to 64 MiB. */
export const SIZE: ValueKind<number> = {
  parse: (text) => {
    const [, digits, unit] = /^(\d+)(B|kB|KiB|MB|MiB)?$/.exec(text) ?? [];
    if (digits === undefined) return undefined;
    const bytes = Number(digits) * UNIT_BYTES[(unit ?? "B") as keyof typeof UNIT_BYTES];
    return bytes > 0 && bytes <= LARGEST_BYTES ? bytes : undefined;
  },
  wanted: "a positive integer, with or without unit B, kB, KiB, MB or MiB, up to 64MiB",
};

/** The most that is allowed: a count, or a percentage of a whole. */
export type Limit = { readonly count: number } | { readonly percent: number };

const PERCENT_DECIMALS = 9;

/** Returns whether a part of a whole exceeds a limit. The result is exact: it is computed with big integers. */
export function exceeds(limit: Limit, part: number, whole: number): boolean {
  if ("count" in limit) return part > limit.count;
  const allowed = BigInt(limit.percent.toFixed(PERCENT_DECIMALS).replace(".", ""));
  return BigInt(part) * 100n * 10n ** BigInt(PERCENT_DECIMALS) > BigInt(whole) * allowed;
}

/** A limit: a count from 0 on, or a percentage with up to nine decimals. */
export const LIMIT: ValueKind<Limit> = {
  parse: (text) => {
    const [, digits] = /^(\d{1,3}(?:\.\d{1,9})?)%$/.exec(text) ?? [];
    if (digits !== undefined) {
      return Number(digits) <= 100 ? { percent: Number(digits) } : undefined;
    }
    const count = parseInteger(text, 0);
    return count === undefined ? undefined : { count };
  },
  wanted: "an integer from 0 on, or a percentage",
  range: [
    /^(\d{16,}|\d+(\.\d+)?%)$/,
    `an integer from 0 to ${LARGEST}, or a percentage from 0% to 100% of at most nine decimals`,
  ],
};

/** Percentiles from 0 to 100, with commas between. Its value is ascending and has each of them once. */
export const PERCENTILES: ValueKind<readonly number[]> = {
  parse: (text) => {
    const parts = text.split(",");
    if (!parts.every((part) => /^\d{1,3}(\.\d{1,6})?$/.test(part))) return undefined;
    const percentiles = [...new Set(parts.map(Number))].sort((a, b) => a - b);
    return percentiles.every((p) => p <= 100) ? percentiles : undefined;
  },
  wanted: "numbers from 0 to 100, with commas between",
  range: [/^[\d.,]+$/, "numbers from 0 to 100 with at most six decimals, with commas between"],
};

/** A text that is not empty. */
export const TEXT: ValueKind<string> = {
  parse: (text) => text === "" ? undefined : text,
  wanted: "a text",
};

/** A text that is not empty; its value is a list of it alone, to be joined with others. */
export const TEXTS: ValueKind<readonly string[]> = {
  parse: (text) => text === "" ? undefined : [text],
  wanted: "a text",
};

/** Joins the values of an option that may be given more than once. */
export function joined(before: readonly string[], after: readonly string[]): readonly string[] {
  return [...before, ...after];
}

/** An offset from UTC, east of it, in microseconds. */
export const OFFSET: ValueKind<number> = {
  parse: (text) => {
    if (text === "Z") return 0;
    const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
    if (sign === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
    const us = (Number(hours) * 60 + Number(minutes)) * 60_000_000;
    return sign === "-" && us > 0 ? -us : us;
  },
  wanted: "an offset from UTC, ±HH:MM, or Z",
};

/** The path of a file. */
export const PATH: ValueKind<string> = {
  parse: (text) => text === "" || text === "-" ? undefined : text,
  wanted: "the path of a file",
};

/** A name: a text of 1 to 256 bytes of UTF-8, without control characters. */
export const NAME: ValueKind<string> = {
  parse: (text) =>
    text !== "" && !/\p{Cc}/u.test(text) && new TextEncoder().encode(text).length <= 256
      ? text.toWellFormed()
      : undefined,
  wanted: "a name of up to 256 bytes, without control characters",
};

/** The number of shards that there must be, or the path of a file that lists them. */
export type Expectation = { readonly count: number } | { readonly manifest: string };

/** A count from 1 on, or the path of a file. */
export const EXPECTATION: ValueKind<Expectation> = {
  parse: (text) => {
    if (!DIGITS.test(text)) return text === "" || text === "-" ? undefined : { manifest: text };
    const count = parseInteger(text, 1);
    return count === undefined ? undefined : { count };
  },
  wanted: "a positive integer, or the path of a file",
  range: [TOO_LARGE, `an integer from 1 to ${LARGEST}, or the path of a file`],
};

/** Makes the kind of values that are one of several words. */
export function oneOf<const T extends string>(words: readonly T[]): ValueKind<T> {
  return {
    parse: (text) => words.find((word) => word === text),
    wanted: words.length === 1 ? words[0]! : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`,
  };
}

function parseInteger(
  text: string,
  min: number,
  max = LARGEST,
): number | undefined {
  const value = Number(text);
  return DIGITS.test(text) && value >= min && value <= max ? value : undefined;
}
