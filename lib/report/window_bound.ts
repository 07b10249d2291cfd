import { formatTimestamp } from "../../schema.ts";

/** Writes an instant, in microseconds since 1970, as ISO 8601. */
export function toInstant(timestampUs: number): string {
  return `${formatTimestamp(timestampUs)}Z`;
}

/** Writes an instant at which a window begins: without a fraction if it has whole seconds. */
export function toWindowBound(timestampUs: number): string {
  if (timestampUs % 1_000_000 !== 0) return toInstant(timestampUs);
  // There may be a hundred thousand windows, many on each day: the last date is cached.
  const day = Math.floor(timestampUs / DAY_US), second = timestampUs / 1_000_000 - day * 86_400;
  if (day !== lastDay) {
    lastDate = new Date(day * 86_400_000).toISOString().replace("00:00:00.000Z", "");
    lastDay = day;
  }
  const hour = Math.floor(second / 3600), minute = Math.floor(second / 60) % 60;
  return `${lastDate}${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second % 60)}Z`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

const DAY_US = 86_400_000_000;
let lastDay = NaN, lastDate = "";
