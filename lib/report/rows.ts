import type { EndpointSummary, EndpointTimes } from "../aggregates/endpoints_state.ts";
import { failures } from "../aggregates/outcome_counts.ts";
import type { TimelineColumns } from "../aggregates/timeline.ts";
import type {
  EndpointReport,
  HasStart,
  ResponseTimeReport,
  RouteReport,
  TimelineReport,
} from "./report.ts";
import { toFailures, toRequests, toResponseTime, toWindowBound } from "./to_figures.ts";

/**
 * The row of an endpoint. Its response times are summed up when they are asked for: the text report shows those of a few
 * endpoints, and sorts thousands by their counts.
 */
export class EndpointRow implements EndpointReport {
  /** The request target. */
  readonly endpoint: string;
  /** How many requests it had. */
  readonly requests: number;
  /** How many of the requests may be another endpoint's; `undefined` if none may. */
  readonly requests_error?: number;
  /** Requests with status 400 and above. */
  readonly failed_requests: number;
  /** Requests with status 400–499. */
  readonly failed_requests_4xx: number;
  /** Requests with status 500–599. */
  readonly failed_requests_5xx: number;
  /** How many of the requests were slow. */
  readonly slow_requests: number;
  /** Failed requests divided by requests. */
  readonly error_rate: number;
  readonly #summary: EndpointSummary;
  readonly #names: readonly string[];
  #times: EndpointTimes | undefined;

  /** Makes the row of a summary, whose percentiles have the given names. */
  constructor(summary: EndpointSummary, percentileNames: readonly string[]) {
    const { requests, requests_error: error } = toRequests(summary), failed = toFailures(summary);
    this.endpoint = summary.endpoint;
    this.requests = requests;
    if (error !== undefined) this.requests_error = error;
    this.failed_requests = failed.failed_requests;
    this.failed_requests_4xx = failed.failed_requests_4xx;
    this.failed_requests_5xx = failed.failed_requests_5xx;
    this.slow_requests = summary.slow;
    this.error_rate = failures(summary) / (summary.requests - summary.requestsError);
    this.#summary = summary;
    this.#names = percentileNames;
  }

  /** Its response times. */
  get response_time(): ResponseTimeReport | null {
    return this.#timeOf("all");
  }

  /** Those of the requests that did not fail. */
  get response_time_successful(): ResponseTimeReport | null {
    return this.#timeOf("successful");
  }

  /** Those of the requests that failed. */
  get response_time_failed(): ResponseTimeReport | null {
    return this.#timeOf("failed");
  }

  /** How many of its requests had which method and status, most first. */
  get outcomes(): readonly RouteReport[] {
    return this.#summary.routes.map(({ method, statusCode: status, requests }) => ({
      ...{ method, status, requests },
    }));
  }

  /** How many of its requests are in none of these. */
  get outcomes_other(): number {
    return this.#summary.routesOther;
  }

  /** All figures, in the order of the JSON report. */
  toJSON(): EndpointReport {
    const { response_time, response_time_successful, response_time_failed } = this;
    const { outcomes, outcomes_other } = this;
    return {
      ...this,
      ...{ response_time, response_time_successful, response_time_failed },
      ...{ outcomes, outcomes_other },
    };
  }

  #timeOf(which: keyof EndpointTimes): ResponseTimeReport | null {
    this.#times ??= this.#summary.times();
    return toResponseTime(this.#times[which], this.#names);
  }
}

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
