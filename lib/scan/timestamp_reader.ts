import { formatTimestamp, parseTimestamp } from "../../schema.ts";

const DAY_US = 86_400_000_000;
const QUOTE = 0x22, PLUS = 0x2B, MINUS = 0x2D, DOT = 0x2E, COLON = 0x3A;
const SCALES = [1e6, 1e5, 1e4, 1e3, 100, 10, 1];

/**
 * Reads timestamps where they stand, as {@linkcode parseTimestamp} does; a few kinds it leaves alone:
 * second 60, and days at the ends of the range.
 *
 * @example Where a timestamp ends
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { TimestampReader } from "./timestamp_reader.ts";
 *
 * const bytes = new TextEncoder().encode('"1970-01-01T00:00:01.5"}');
 * const reader = new TimestampReader();
 * assertEquals(reader.read(new DataView(bytes.buffer), 1), 22);
 * assertEquals(reader.timestampUs, 1_500_000);
 * ```
 */
export class TimestampReader {
  /** What was read last: microseconds since the epoch. */
  timestampUs = 0;
  // The ten bytes of the day that was read last, and when it begins.
  #yearBytes = 0;
  #monthBytes = 0;
  #dayBytes = 0;
  #dayUs = NaN;

  /**
   * Reads a timestamp.
   *
   * @param line Where it stands; a quote ends it, or a control character the line.
   * @param at Where it begins, with at least 20 bytes to come.
   * @returns Where its closing quote is; −1 if it is none, or is left alone.
   */
  read(line: DataView, at: number): number {
    if (
      line.getInt32(at, true) !== this.#yearBytes ||
      line.getInt32(at + 4, true) !== this.#monthBytes ||
      line.getInt16(at + 8, true) !== this.#dayBytes
    ) this.#readDay(line, at);

    const separator = line.getUint8(at + 10);
    const isSeparator = separator === 0x54 || separator === 0x74 || separator === 0x20;
    const hour = twoDigits(line, at + 11);
    const minute = twoDigits(line, at + 14);
    const second = twoDigits(line, at + 17);
    // Written so that what is not a number, as in a day that is none, is refused as well.
    const isTime = hour <= 23 && minute <= 59 && second <= 59 && isSeparator &&
      line.getUint8(at + 13) === COLON && line.getUint8(at + 16) === COLON;
    if (!isTime || !(this.#dayUs === this.#dayUs)) return -1;

    let end = at + 19;
    let fraction = 0;
    if (line.getUint8(end) === DOT) {
      const first = ++end;
      for (let digit; (digit = line.getUint8(end) - 0x30) >= 0 && digit <= 9; end++) {
        if (end < first + 6) fraction = fraction * 10 + digit;
      }
      if (end === first || end > first + 9) return -1;
      fraction *= SCALES[Math.min(end - first, 6)]!;
    }
    let offset = 0;
    const zone = line.getUint8(end);
    if (zone === 0x5A || zone === 0x7A) {
      end++;
    } else if (zone === PLUS || zone === MINUS) {
      if (end + 7 > line.byteLength) return -1;
      const minutesAt = line.getUint8(end + 3) === COLON ? end + 4 : end + 3;
      const offsetHour = twoDigits(line, end + 1), offsetMinute = twoDigits(line, minutesAt);
      if (offsetHour > 23 || offsetMinute > 59) return -1;
      offset = (zone === MINUS ? -1 : 1) * (offsetHour * 60 + offsetMinute);
      end = minutesAt + 2;
    }
    if (line.getUint8(end) !== QUOTE) return -1;
    this.timestampUs = this.#dayUs + ((hour * 60 + minute - offset) * 60 + second) * 1e6 + fraction;
    return end;
  }

  #readDay(line: DataView, at: number): void {
    this.#yearBytes = line.getInt32(at, true);
    this.#monthBytes = line.getInt32(at + 4, true);
    this.#dayBytes = line.getInt16(at + 8, true);
    const day = String.fromCharCode(...new Uint8Array(line.buffer, line.byteOffset + at, 10));
    const us = parseTimestamp(`${day}T00:00:00`) ?? NaN;
    // So that the whole day, with any offset, is in the range.
    const isInside = [us - DAY_US, us + 2 * DAY_US].every((us) =>
      Number.isFinite(us) && parseTimestamp(formatTimestamp(us)) !== undefined
    );
    this.#dayUs = isInside ? us : NaN;
  }
}

/** The number that two digits are, above 99 if they are none. */
function twoDigits(line: DataView, at: number): number {
  const tens = line.getUint8(at) - 0x30, ones = line.getUint8(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}
