import { EXACT_PERCENTILES_UP_TO } from "../../aggregates/durations/duration_stats.ts";
import type { ResponseTimeReport } from "../report.ts";
import { showAboutTime, showTime } from "./figures.ts";

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
