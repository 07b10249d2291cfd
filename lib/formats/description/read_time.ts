import { parseTimestamp } from "../../../schema.ts";
import { decimalToUs } from "./duration.ts";
import type { ReadingOptions } from "./format.ts";
import type { Unit } from "./shapes.ts";

/** A time, and whether it was written without a zone. */
export interface ReadTime {
  /** Whole microseconds since 1970-01-01T00:00:00Z. */
  readonly us: number;
  /** Whether it was written without a zone, so that one had to be assumed. */
  readonly isZoneAssumed: boolean;
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const CLOCK = String.raw`(\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?`;
const ZONE = String.raw`(?: ?(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?`;
const ISO = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)[Tt ]${CLOCK}${ZONE}$`);
const CLF = new RegExp(String.raw`^(\d\d)\/([A-Z][a-z]{2})\/(\d{4})[: ]${CLOCK}${ZONE}$`);
const SLASHED = new RegExp(String.raw`^(\d{4})\/(\d\d)\/(\d\d)(?: -)? ${CLOCK}${ZONE}$`);
/** An HTTP date (RFC 9110, section 5.6.7). */
const HTTP_DATE = new RegExp(
  String.raw`^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) ${CLOCK}${ZONE}$`,
);
/** What ctime() of C writes. */
const CTIME = new RegExp(
  String.raw`^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) ${CLOCK} (\d{4})$`,
);
/** A number below the first is seconds, below the second milliseconds, below the third microseconds. */
const EPOCH_UNITS: readonly (readonly [digits: number, unit: Unit])[] = [
  [11, "s"],
  [14, "ms"],
  [17, "us"],
  [19, "ns"],
];
const EPOCH = /^-?\d+(?:\.\d+)?$/;

/**
 * Reads a time in any of the forms that logs have it in: ISO 8601, that of Common Log Format, year/month/day, an HTTP
 * date, that of ctime(), and time since 1970, whose unit its digits tell. Fractions have a point or a comma, offsets
 * may follow a space and have no minutes. A date like 11/12/2026 is none: it may be either of two days.
 *
 * @param text The time, with nothing before or after it.
 * @param how The offset of times without a zone.
 * @returns The time, cut to microseconds; `undefined` if the text is none.
 *
 * @example One instant in many forms
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readTime } from "./read_time.ts";
 *
 * for (
 *   const text of [
 *     "2026-11-25T18:00:00Z",
 *     "2026-11-25 19:00:00,000 +01",
 *     "25/Nov/2026:18:00:00 +0000",
 *     "Wed, 25 Nov 2026 18:00:00 GMT",
 *     "Wed Nov 25 18:00:00 2026",
 *     "2026/11/25 - 18:00:00",
 *     "1795629600",
 *     "1795629600000",
 *   ]
 * ) assertEquals(readTime(text)?.us, 1_795_629_600_000_000, text);
 * ```
 */
export function readTime(
  text: string,
  { assumedOffsetUs }: Pick<ReadingOptions, "assumedOffsetUs"> = { assumedOffsetUs: 0 },
): ReadTime | undefined {
  const epoch = EPOCH.exec(text);
  if (epoch !== null) return readEpoch(text);
  const parts = partsOf(text);
  if (parts === undefined) return undefined;
  const { date, clock, fraction = "", zone } = parts;
  const isZoneAssumed = zone === undefined;
  const utc = parseTimestamp(
    `${date}T${clock}${fraction === "" ? "" : `.${fraction}`}${offsetOf(zone)}`,
  );
  if (utc === undefined) return undefined;
  return { us: isZoneAssumed ? utc - assumedOffsetUs : utc, isZoneAssumed };
}

/**
 * Reads a time since 1970.
 *
 * @param text A decimal number.
 * @param unit Its unit; without it, the number of its digits tells.
 * @returns The time, cut to microseconds; `undefined` if the text is none.
 */
export function readEpoch(text: string, unit?: Unit): ReadTime | undefined {
  const isBefore = text.startsWith("-"), number = isBefore ? text.slice(1) : text;
  const { length } = number.split(".", 1)[0]!;
  const known = unit ?? EPOCH_UNITS.find(([digits]) => length <= digits)?.[1];
  const us = known === undefined ? undefined : decimalToUs(number, known, true);
  // What is outside the range of times that count is none.
  if (us === undefined || us > (isBefore ? -FIRST_US : LAST_US)) return undefined;
  return { us: isBefore ? 0 - us : us, isZoneAssumed: false };
}

const FIRST_US = parseTimestamp("1684-07-29T00:00:00")!;
const LAST_US = parseTimestamp("2255-06-04T23:59:59.999999")!;

interface TimeParts {
  /** The day as ISO 8601 has it. */
  readonly date: string;
  /** HH:MM:SS. */
  readonly clock: string;
  /** The digits behind the point. */
  readonly fraction: string | undefined;
  /** `Z`, `UTC`, `GMT` or an offset. */
  readonly zone: string | undefined;
}

function partsOf(text: string): TimeParts | undefined {
  for (const pattern of [ISO, SLASHED]) {
    const [, year, month, day, clock, fraction, zone] = pattern.exec(text) ?? [];
    if (clock !== undefined) return { date: `${year}-${month}-${day}`, clock, fraction, zone };
  }
  for (const pattern of [CLF, HTTP_DATE]) {
    const [, day, month, year, clock, fraction, zone] = pattern.exec(text) ?? [];
    if (clock !== undefined) return dated(year!, month!, day!, { clock, fraction, zone });
  }
  const [, month, day, clock, fraction, year] = CTIME.exec(text) ?? [];
  if (clock === undefined) return undefined;
  return dated(year!, month!, day!, { clock, fraction, zone: undefined });
}

function dated(
  year: string,
  month: string,
  day: string,
  time: Omit<TimeParts, "date">,
): TimeParts | undefined {
  const index = MONTHS.indexOf(month);
  if (index % 3 !== 0) return undefined;
  const number = String(index / 3 + 1).padStart(2, "0");
  return { date: `${year}-${number}-${day.trim().padStart(2, "0")}`, ...time };
}

/** An offset as ISO 8601 has it. */
function offsetOf(zone: string | undefined): string {
  if (zone === undefined || /^[A-Za-z]/.test(zone)) return "Z";
  return zone.length === 3 ? `${zone}00` : zone;
}
