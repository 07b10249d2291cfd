import { EXACT_PERCENTILES_UP_TO } from "../../aggregates/durations/duration_stats.ts";
import type { ResponseTimeReport } from "../report.ts";

/** Shows a count with thousands separators, `5,000`. */
export function showCount(count: number): string {
  return grouped(String(count));
}

/** Shows a count, with `~` if its error is above 0. */
export function showDoubted(count: number, error = 0): string {
  return `${error > 0 ? "~" : ""}${showCount(count)}`;
}

/** Shows a count and the noun that is counted, `1 request`, `5,000 requests`. */
export function showNoun(count: number, noun: string): string {
  return `${showCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Shows a time to three digits in the unit that a person would take, `20 ms`, `1.44 s`, `12 min`. */
export function showTime(ms: number): string {
  const [figure, unit] = inUnit(ms);
  return `${grouped(figure)} ${unit}`;
}

/** Shows a time that is an estimate, always with three digits, `~190 ms`, `~2.80 s`. */
export function showAboutTime(ms: number): string {
  const [figure, unit] = inUnit(ms), digits = figure.replace(/^0\.0*|\./g, "").length;
  const point = digits < 3 && !figure.includes(".") ? "." : "";
  return `~${grouped(figure)}${point}${"0".repeat(Math.max(0, 3 - digits))} ${unit}`;
}

/** Rounds a time to three digits, and returns it in the largest unit of which it is one. */
function inUnit(ms: number): readonly [figure: string, unit: string] {
  for (const [unit, unitMs] of TIME_UNITS) {
    const figure = threeDigits(ms / unitMs);
    if (Number(figure) >= 1) return [figure, unit];
  }
  return ms === 0 ? ["0", "ms"] : [threeDigits(ms * 1000), "µs"];
}

const TIME_UNITS = [["min", 60_000], ["s", 1000], ["ms", 1], ["µs", 0.001]] as const;

/** Shows a share in [0, 1] as `29.8 %`. A share above 0 is never shown as 0, and one below 1 never as 100. */
export function showPercent(share: number): string {
  if (share === 1) return "100 %";
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  if (share >= 0.9995) return "> 99.9 %";
  return `${(share * 100).toFixed(1)} %`;
}

/** Shows a length of time by its two or three largest parts, `4d 4h 21m`, `6h 12m 33s`, `1.5s`. */
export function showDuration(ms: number): string {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  if (ms < 60_000 && ms % 1000 !== 0) return `${Number((ms / 1000).toFixed(3))}s`;
  let rest = Math.floor(ms / 1000);
  const parts = LENGTH_UNITS.map(([unit, seconds]) => {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    return count === 0 ? "" : `${count}${unit}`;
  });
  const first = parts.findIndex((part) => part !== "");
  return parts.slice(first, first + 3).filter((part) => part !== "").join(" ");
}

const LENGTH_UNITS = [["d", 86_400], ["h", 3600], ["m", 60], ["s", 1]] as const;

/** Shows a rate as `49.6/h`, in the shortest unit of time that has at least one request. */
export function showRate(requests: number, ms: number): string {
  const perUnit = (unitMs: number) => requests / ms * unitMs;
  const [unit, unitMs] = RATE_UNITS.find(([, unitMs]) => perUnit(unitMs) >= 1) ?? LONGEST_UNIT;
  return `${grouped(threeDigits(perUnit(unitMs)))}/${unit}`;
}

const LONGEST_UNIT: readonly [unit: string, ms: number] = ["d", 86_400_000];
const RATE_UNITS: readonly (typeof LONGEST_UNIT)[] = [
  ["s", 1000],
  ["min", 60_000],
  ["h", 3_600_000],
  LONGEST_UNIT,
];

/** Rounds to three significant digits, half up: by the decimal digits of the number, not by its binary value. */
function threeDigits(value: number): string {
  const [digits, exponent] = value.toExponential().split("e");
  return String(Number(`${Math.round(Number(`${digits}e2`))}e${Number(exponent) - 2}`));
}

/** Inserts a comma at every thousand. The engine's own number format takes 15 ms at its first use. */
function grouped(digits: string): string {
  return digits.replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
}

/** A percentile of response times, and how it is shown. */
export interface ShownPercentile {
  /** Its name, `p99.9`. */
  readonly name: string;
  /** The response time in milliseconds. */
  readonly ms: number;
  /** The same as it is shown; `~` marks an estimate. */
  readonly figure: string;
}

/** The percentiles of a report, ascending. */
export function percentiles(times: ResponseTimeReport | null): ShownPercentile[] {
  if (times === null) return [];
  const show = times.count > EXACT_PERCENTILES_UP_TO ? showAboutTime : showTime;
  return Object.entries(times)
    .filter(([name]) => /^p\d/.test(name))
    .map(([name, ms]) => ({
      name: name.replace("_", "."),
      ms,
      // The shortest and the longest are exact.
      figure: name === "p0" || name === "p100" ? showTime(ms) : show(ms),
    }));
}
