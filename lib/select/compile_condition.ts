import { parseTimestamp } from "../../schema.ts";
import { NO_TIME } from "../records/record_batch.ts";
import { contains, parseAddress, parseRange } from "./address_range.ts";
import {
  type Comparison,
  type Condition,
  conditionError,
  type Field,
  type Literal,
} from "./condition.ts";
import { isCrawler } from "./crawlers.ts";
import { LinearPattern } from "./linear_pattern.ts";
import { parseCondition } from "./parse_condition.ts";
import type { RecordView } from "./record_view.ts";

/** Whether a condition holds for a record. */
export type Test = (record: RecordView) => boolean;

/** How conditions are read. */
export interface ConditionOptions {
  /** The offset from UTC, east of it, of times that are written without one, in microseconds. */
  readonly assumedOffsetUs: number;
}

/**
 * Compiles a condition. For each record either it or its negation holds: what a record lacks (a response time, an
 * address that is one) is no value, and so unequal to all of them, and neither above nor below.
 *
 * @throws {SyntaxError} If it is none; the message points at the place.
 */
export function compileCondition(text: string, options: ConditionOptions): Test {
  return compile(parseCondition(text), text, options);
}

/**
 * Compiles the test that a user agent has no match of a pattern.
 *
 * @throws {SyntaxError} If the pattern cannot be used; the message points at it.
 */
export function compileExcludedAgent(source: string): Test {
  const literal = { text: source, at: 0, length: source.length };
  const pattern = patternOf(source, literal, "read the pattern");
  const isLeft = remembered((text) => !pattern.test(text));
  return ({ userAgent }) => isLeft(userAgent);
}

/** Compiles the test that a user agent is that of a known crawler, or of none. */
export function compileBots(areWanted: boolean): Test {
  const isWanted = remembered((text) => isCrawler(text) === areWanted);
  return ({ userAgent }) => isWanted(userAgent);
}

function compile(condition: Condition, text: string, options: ConditionOptions): Test {
  if (condition.kind === "comparison") return compileComparison(condition, text, options);
  if (condition.kind === "not") {
    const test = compile(condition.of, text, options);
    return (record) => !test(record);
  }
  const tests = condition.of.map((one) => compile(one, text, options));
  return condition.kind === "and"
    ? (record) => tests.every((test) => test(record))
    : (record) => tests.some((test) => test(record));
}

function compileComparison(
  comparison: Comparison,
  text: string,
  options: ConditionOptions,
): Test {
  const { field, operator, literals } = comparison;
  const read = <Value>(of: (literal: string) => Value | undefined, wanted: string): Value[] =>
    literals.map((literal) => {
      const value = of(literal.text);
      if (value === undefined) throw badValue(text, comparison, literal, wanted);
      return value;
    });
  if (isNumeric(field)) {
    const { parse, wanted } = NUMBERS[field];
    const ranges = read((literal) => parse(literal, options), wanted);
    return compareNumbers(comparison, ranges, NUMBERS[field].of);
  }
  const textOf = TEXTS[field];
  if (operator === "~" || operator === "!~") {
    const pattern = patternOf(text, literals[0]!), isFound = operator === "~";
    const isMatch = remembered((text) => pattern.test(text) === isFound);
    return (record) => isMatch(textOf(record));
  }
  const isEqual = operator !== "!=";
  if (field !== "ip") {
    const texts = new Set(read((literal) => literal, ""));
    return (record) => texts.has(textOf(record)) === isEqual;
  }
  const ranges = read(
    parseRange,
    "an address or a range of addresses was expected, as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32",
  );
  const isIn = remembered((ip) => {
    // A zone names an interface of the server (RFC 4007), as in fe80::1%eth0.
    const address = parseAddress(ip.replace(/%.*$/s, ""));
    return (address !== undefined && ranges.some((range) => contains(range, address))) === isEqual;
  });
  return (record) => isIn(record.ip);
}

/** How many texts are remembered; then they are forgotten, all at once. */
const MAX_REMEMBERED = 4096;

/** A test of texts that remembers what it found: most texts of a log come again and again. */
function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const found = new Map<string, boolean>();
  return (text) => {
    const known = found.get(text);
    if (known !== undefined) return known;
    if (found.size === MAX_REMEMBERED) found.clear();
    const holds = test(text);
    found.set(text, holds);
    return holds;
  };
}

function patternOf(
  text: string,
  { text: source, at, length }: Literal,
  doing = "read the condition",
): LinearPattern {
  try {
    return new LinearPattern(source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw conditionError({
      ...{ doing, text, at, length, found: `The pattern cannot be used: ${error.message}` },
      wanted: "A regular expression was expected, as ^/api/ or \\.php$",
    });
  }
}

function badValue(
  text: string,
  { field }: Comparison,
  { text: found, at, length }: Literal,
  wanted: string,
): SyntaxError {
  return conditionError({
    ...{ text, at, length, found: `${field} cannot be compared with ${found || '""'}` },
    wanted: wanted[0]!.toUpperCase() + wanted.slice(1),
  });
}

/** The numbers from the first to the last, both included. */
type Range = readonly [first: number, last: number];
type NumericField = Extract<Field, "status" | "response_time" | "timestamp">;

/** For each field that is a number: how a value is read, and the number of a record, `NaN` if it has none. */
const NUMBERS: Readonly<
  Record<NumericField, {
    readonly parse: (text: string, options: ConditionOptions) => Range | undefined;
    readonly wanted: string;
    readonly of: (record: RecordView) => number;
  }>
> = {
  status: {
    parse: parseStatus,
    wanted: "a status was expected, as 404, or a class of them, as 5xx",
    of: (record) => record.status,
  },
  response_time: {
    parse: parseTime,
    wanted: "a time with its unit was expected: us, ms, s or m, as 500ms or 1.5s",
    of: ({ responseTimeUs }) => responseTimeUs === NO_TIME ? NaN : responseTimeUs,
  },
  timestamp: {
    parse: (text, { assumedOffsetUs }) => {
      const instant = parseInstant(text, assumedOffsetUs);
      return instant === undefined ? undefined : [instant, instant];
    },
    wanted: "a date or an ISO 8601 instant was expected, as 2026-03-02 or 2026-03-02T03:00:00Z",
    of: (record) => record.timestampUs,
  },
};

function isNumeric(field: Field): field is NumericField {
  return field in NUMBERS;
}

function compareNumbers(
  { operator }: Comparison,
  ranges: readonly Range[],
  of: (record: RecordView) => number,
): Test {
  const [[first, last]] = ranges as [Range];
  switch (operator) {
    case "<":
      return (record) => of(record) < first;
    case "<=":
      return (record) => of(record) <= last;
    case ">":
      return (record) => of(record) > last;
    case ">=":
      return (record) => of(record) >= first;
    default: {
      const isIn = (value: number) =>
        ranges.some(([first, last]) => value >= first && value <= last);
      const isEqual = operator !== "!=";
      return (record) => isIn(of(record)) === isEqual;
    }
  }
}

function parseStatus(text: string): Range | undefined {
  const [, hundreds, digits] = /^([1-9])(\d\d|xx)$/i.exec(text) ?? [];
  if (hundreds === undefined) return undefined;
  return /x/i.test(digits!)
    ? [100 * Number(hundreds), 100 * Number(hundreds) + 99]
    : [Number(text), Number(text)];
}

const UNIT_US = { us: 1, µs: 1, ms: 1000, s: 1e6, m: 60e6, min: 60e6 };

function parseTime(text: string): Range | undefined {
  const [, digits, unit] = /^(\d{1,12}(?:\.\d{1,6})?)(us|µs|ms|s|m|min)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const us = Math.round(Number(digits) * UNIT_US[unit as keyof typeof UNIT_US]);
  return [us, us];
}

const DATE = /^\d{4}-\d\d-\d\d$/, WITHOUT_SECONDS = /^(.{10}T\d\d:\d\d)(?![\d:])/i;
const HAS_ZONE = /(Z|[+-]\d\d:?\d\d)$/i;

/**
 * Reads a date or an ISO 8601 instant, with or without seconds; one without an offset has the assumed one.
 *
 * @returns Microseconds since the epoch; `undefined` if it is neither.
 *
 * @example A date
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseInstant } from "./compile_condition.ts";
 *
 * assertEquals(parseInstant("1970-01-02", 0), 86_400_000_000);
 * assertEquals(parseInstant("1970-01-01T02:00", 7_200_000_000), 0);
 * ```
 */
export function parseInstant(text: string, assumedOffsetUs: number): number | undefined {
  const whole = DATE.test(text)
    ? `${text}T00:00:00`
    : text.replace(" ", "T").replace(WITHOUT_SECONDS, "$1:00");
  // The date has hyphens before digits too.
  const zoneless = !HAS_ZONE.test(whole.slice(10));
  const instant = parseTimestamp(whole);
  return instant === undefined || !zoneless ? instant : instant - assumedOffsetUs;
}

const TEXTS: Readonly<Record<Exclude<Field, NumericField>, (record: RecordView) => string>> = {
  method: ({ method }) => method,
  endpoint: ({ endpoint }) => endpoint,
  path: ({ endpoint }) => endpoint.split("?", 1)[0]!,
  query: ({ endpoint }) => endpoint.slice(endpoint.split("?", 1)[0]!.length + 1),
  ip: ({ ip }) => ip,
  user_agent: ({ userAgent }) => userAgent,
};
