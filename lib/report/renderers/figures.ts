import { format as formatDuration } from "@std/fmt/duration";

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

/** Shows milliseconds, to the microsecond, `1,250.5 ms`. */
export function showMs(ms: number): string {
  return `${grouped(String(Number(ms.toFixed(3))))} ms`;
}

/** Shows milliseconds that are an estimate, to three digits, `~2,800 ms`. */
export function showAboutMs(ms: number): string {
  return `~${grouped(threeDigits(ms))} ms`;
}

/** Shows a share in [0, 1] as `29.8 %`. A share above 0 is never shown as 0, and one below 1 never as 100. */
export function showPercent(share: number): string {
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  if (share < 1 && share >= 0.9995) return "> 99.9 %";
  return `${(share * 100).toFixed(1)} %`;
}

/** Shows a length of time as `6h 12m 33s`; milliseconds are shown only below a second. */
export function showDuration(ms: number): string {
  const shown = ms >= 1000 ? Math.floor(ms / 1000) * 1000 : ms;
  return formatDuration(shown, { ignoreZero: true }) || "0s";
}

/** Shows an instant of the report, ISO 8601, as `2025-12-24 00:00:00.001`; without zeros at the end of its decimals. */
export function showInstant(timestamp: string): string {
  const [seconds, fraction = ""] = timestamp.slice(0, -1).replace("T", " ").split(".");
  const decimals = fraction.replace(/0+$/, "");
  return decimals === "" ? seconds! : `${seconds}.${decimals}`;
}

/** Shows two instants as `2025-12-24 05:03:00 – 05:04:00`; the date of the second only if it differs. */
export function showRange(start: string, end: string): string {
  const [from, to] = [showInstant(start), showInstant(end)];
  const [fromDate, toDate] = [from.slice(0, 10), to.slice(0, 10)];
  return `${from} – ${fromDate === toDate ? to.slice(11) : to}`;
}

/** Shows a rate as `49.6 requests/h`, in the shortest unit of time that has at least one request. */
export function showRate(requests: number, ms: number): string {
  const perUnit = (unitMs: number) => requests / ms * unitMs;
  const [unit, unitMs] = RATE_UNITS.find(([, unitMs]) => perUnit(unitMs) >= 1) ?? LONGEST_UNIT;
  const figure = grouped(threeDigits(perUnit(unitMs)));
  return `${figure} ${figure === "1" ? "request" : "requests"}/${unit}`;
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
