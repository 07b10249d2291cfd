import type { TimelineStep } from "../aggregates/timeline.ts";
import type { HasStart, TimelineReport } from "./report.ts";
import { toFailures } from "./to_figures.ts";
import { toWindowBound } from "./window_bound.ts";

/** The row of a step of the timeline. Its instant is written when it is asked for: there may be 100,000 rows. */
export class TimelineRow implements TimelineReport, HasStart {
  /** How many requests came in the step. */
  readonly total_requests: number;
  /** Requests with status 400 and above. */
  readonly failed_requests: number;
  /** Requests with status 400–499. */
  readonly failed_requests_4xx: number;
  /** Requests with status 500–599. */
  readonly failed_requests_5xx: number;
  /** How many of the requests were slow. */
  readonly slow_requests: number;
  readonly #startUs: number;

  /** Makes the row of a step. */
  constructor(step: TimelineStep) {
    const failed = toFailures(step);
    this.total_requests = step.requests;
    this.failed_requests = failed.failed_requests;
    this.failed_requests_4xx = failed.failed_requests_4xx;
    this.failed_requests_5xx = failed.failed_requests_5xx;
    this.slow_requests = step.slow;
    this.#startUs = step.startUs;
  }

  /** When the step begins, in milliseconds since 1970. */
  get startMs(): number {
    return this.#startUs / 1000;
  }

  /** When the step begins, as ISO 8601. */
  get start(): string {
    return toWindowBound(this.#startUs);
  }

  /** All figures, in the order of the JSON report. */
  toJSON(): TimelineReport {
    return Object.assign({ start: this.start }, this);
  }
}
