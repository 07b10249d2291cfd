import type { TimelineColumns } from "../aggregates/timeline.ts";
import type { HasStart, TimelineReport } from "./report.ts";
import { toWindowBound } from "./window_bound.ts";

/** A step of the timeline. Its figures are looked up when they are asked for: there may be 100,000 rows. */
export class TimelineRow implements TimelineReport, HasStart {
  readonly #steps: TimelineColumns;
  readonly #row: number;

  /** Makes the row of a step. */
  constructor(steps: TimelineColumns, row: number) {
    this.#steps = steps;
    this.#row = row;
  }

  /** How many requests came in the step. */
  get total_requests(): number {
    return this.#steps.requests[this.#row]!;
  }

  /** Requests with status 400 and above. */
  get failed_requests(): number {
    return this.#steps.failed[this.#row]!;
  }

  /** Requests with status 400–499. */
  get failed_requests_4xx(): number {
    return this.#steps.failed4xx[this.#row]!;
  }

  /** Requests with status 500–599. */
  get failed_requests_5xx(): number {
    return this.#steps.failed5xx[this.#row]!;
  }

  /** How many of the requests were slow. */
  get slow_requests(): number {
    return this.#steps.slow[this.#row]!;
  }

  /** When the step begins, in milliseconds since 1970. */
  get startMs(): number {
    return this.#steps.startsUs[this.#row]! / 1000;
  }

  /** When the step begins, as ISO 8601. */
  get start(): string {
    return toWindowBound(this.#steps.startsUs[this.#row]!);
  }

  /** All figures, in the order of the JSON report. */
  toJSON(): TimelineReport {
    return {
      start: this.start,
      total_requests: this.total_requests,
      failed_requests: this.failed_requests,
      failed_requests_4xx: this.failed_requests_4xx,
      failed_requests_5xx: this.failed_requests_5xx,
      slow_requests: this.slow_requests,
    };
  }
}
