import type { Report } from "../report.ts";

/**
 * Shows instants of one report, ISO 8601 in UTC. The year is left out where all of a log is of one, the head tells
 * which; seconds and decimals are left out where they are 0.
 *
 * @example A log of one year
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dates } from "./dates.ts";
 *
 * const dates = new Dates("2025-12-24T00:00:00.000000Z", "2025-12-28T04:21:18.000000Z");
 * assertEquals(dates.instant("2025-12-27T03:12:59.693000Z"), "12-27 03:12:59.693");
 * assertEquals(dates.range("2025-12-24T00:00:00Z", "2025-12-24T00:01:00Z"), "12-24 00:00 – 00:01");
 * assertEquals(dates.span(), "2025-12-24 00:00:00 – 12-28 04:21:18 UTC");
 * ```
 */
export class Dates {
  readonly #first: string;
  readonly #last: string;
  /** How many characters of a date are left out. */
  readonly #yearLength: number;

  /** Takes the times of the first and of the last request. */
  constructor(first: string, last: string) {
    [this.#first, this.#last] = [first, last];
    this.#yearLength = first.slice(0, 4) === last.slice(0, 4) && /^\d{4}/.test(first) ? 5 : 0;
  }

  /** Makes the dates of a report; a report on nothing has none to show. */
  static of({ input }: Report): Dates {
    return new Dates(input.first_timestamp ?? "", input.last_timestamp ?? "");
  }

  /** Shows the first and the last instant to the second, the year once. */
  span(): string {
    const [from, to] = [this.#first, this.#last].map((time) =>
      time.slice(0, 19).replace("T", " ")
    ) as [string, string];
    if (from.slice(0, 10) === to.slice(0, 10)) return `${from} – ${to.slice(11)} UTC`;
    return `${from} – ${to.slice(this.#yearLength)} UTC`;
  }

  /** Shows an instant, `12-27 03:12:59.693`. */
  instant(time: string): string {
    const [date, clock] = [time.slice(this.#yearLength, 10), time.slice(11)];
    return `${date} ${shortened(clock)}`;
  }

  /** Shows two instants, the date of the second only if it differs, `12-24 00:00 – 00:01`. */
  range(start: string, end: string): string {
    const isSameDay = start.slice(0, 10) === end.slice(0, 10);
    return `${this.instant(start)} – ${isSameDay ? shortened(end.slice(11)) : this.instant(end)}`;
  }

  /** Shows the date of an instant, `12-27`. */
  date(time: string): string {
    return time.slice(this.#yearLength, 10);
  }
}

/** Leaves out seconds and decimals of `HH:MM:SS.ffffffZ` that are 0. */
function shortened(clock: string): string {
  const [seconds, fraction = ""] = clock.replace("Z", "").split(".");
  const decimals = fraction.replace(/0+$/, "");
  if (decimals !== "") return `${seconds}.${decimals}`;
  return seconds!.endsWith(":00") ? seconds!.slice(0, -3) : seconds!;
}
