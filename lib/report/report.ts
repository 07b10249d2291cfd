import type { Finding } from "../findings/finding.ts";

/** The rows of a list that may be long. A row may be made only when it is iterated over. */
export interface Rows<Row> extends Iterable<Row> {
  /** How many rows there are. */
  readonly length: number;
}

/** How many requests failed. */
export interface FailureCounts {
  /** Requests with status 400 and above. */
  readonly failed_requests: number;
  /** Requests with status 400–499. */
  readonly failed_requests_4xx: number;
  /** Requests with status 500–599. */
  readonly failed_requests_5xx: number;
}

/** Response times, in milliseconds. */
export interface ResponseTimeReport {
  /** How many requests had a response time. */
  readonly count: number;
  /** The shortest response time. */
  readonly min: number;
  /** The mean, rounded half up to a microsecond. */
  readonly mean: number;
  /** Percentiles by nearest rank, `p50`, `p99_9`, ascending; see {@linkcode Report.accuracy}. */
  readonly [percentile: `p${string}`]: number;
  /** The longest response time. */
  readonly max: number;
  /** The sum of the response times. */
  readonly total: number;
}

/** The fastest or the slowest request. */
export interface RequestReport {
  /** Its target. */
  readonly endpoint: string;
  /** Its method. */
  readonly method: string;
  /** The response time in milliseconds. */
  readonly response_time: number;
  /** The time at which it came, ISO 8601 in UTC. */
  readonly timestamp: string;
}

/** How many requests of an endpoint had a method and a status. */
export interface RouteReport {
  /** The method. */
  readonly method: string;
  /** The status. */
  readonly status: number;
  /** How many requests there were. */
  readonly requests: number;
}

/** One row of {@linkcode Report.endpoints}. */
export interface EndpointReport extends FailureCounts {
  /** The request target. */
  readonly endpoint: string;
  /** How many requests it had; an upper bound if there is a `requests_error`. */
  readonly requests: number;
  /** How many of the requests may be another endpoint's; absent if none may. */
  readonly requests_error?: number;
  /** How many of the requests that are surely its own were slow. */
  readonly slow_requests: number;
  /** Failed requests divided by requests; both only as far as they are surely its own. */
  readonly error_rate: number;
  /** Its response times; `null` if none was logged. */
  readonly response_time: ResponseTimeReport | null;
  /** Those of the requests that did not fail; `null` if none was logged. */
  readonly response_time_successful: ResponseTimeReport | null;
  /** Those of the requests that failed, often faster; `null` if none was logged. */
  readonly response_time_failed: ResponseTimeReport | null;
  /** How many of its requests had which method and status, most first. */
  readonly outcomes: readonly RouteReport[];
  /** How many of its requests are in none of these, as there was no room; 0 unless there were too many. */
  readonly outcomes_other: number;
}

/** The endpoint with most requests. */
export interface BusiestEndpointReport {
  /** The request target. */
  readonly endpoint: string;
  /** How many requests it had; an upper bound if there is a `requests_error`. */
  readonly requests: number;
  /** How many of the requests may be another endpoint's; absent if none may. */
  readonly requests_error?: number;
}

/** One row of the busiest clients. */
export interface ClientReport {
  /** Its address. */
  readonly ip: string;
  /** How many requests it made; an upper bound if there is a `requests_error`. */
  readonly requests: number;
  /** How many of the requests may be another client's; absent if none may. */
  readonly requests_error?: number;
  /** How many of the requests that are surely its own failed. */
  readonly failed_requests: number;
}

/** One row of {@linkcode Report.suspicious_ips}. */
export interface SuspiciousIpReport {
  /** The address of the client. */
  readonly ip: string;
  /** How many requests it made in the window where it made most; an upper bound if there is a `peak_requests_error`. */
  readonly peak_requests: number;
  /** How many of those requests may be another client's; absent if none may. */
  readonly peak_requests_error?: number;
  /** In how many windows it was over the limit. */
  readonly windows: number;
  /** In how many of those windows it may not have been over the limit; absent if in none. */
  readonly windows_in_doubt?: number;
  /** The start of the first of those windows. */
  readonly first_window: string;
  /** How many requests it made in all, not only in these windows; `null` if there were too many clients to know. */
  readonly total_requests: number | null;
  /** How many of all its requests failed; `null` if there were too many clients to know. */
  readonly failed_requests: number | null;
}

/** The window with most slow requests. */
export interface SlowestWindowReport extends FailureCounts {
  /** The first instant of the window. */
  readonly start: string;
  /** The first instant after the window. */
  readonly end: string;
  /** How many requests came in it. */
  readonly total_requests: number;
  /** How many of them were slow. */
  readonly slow_requests: number;
  /** The mean of its response times, in milliseconds, rounded half up to a microsecond. */
  readonly mean_response_time: number;
}

/** The window with most failed requests. */
export interface WorstWindowReport extends FailureCounts {
  /** The first instant of the window. */
  readonly start: string;
  /** The first instant after the window. */
  readonly end: string;
  /** How many requests came in it. */
  readonly total_requests: number;
  /** How many of them were slow. */
  readonly slow_requests: number;
  /** How many endpoints failed in it, and those that failed most. */
  readonly failed_endpoints: {
    readonly distinct: number;
    readonly top: readonly FailedEndpointReport[];
  };
  /** The clients over the limit in it, by code point. */
  readonly suspicious_ips: readonly string[];
  /** The same clients and what they did in it, most requests first. */
  readonly suspicious_clients: readonly ClientReport[];
}

/** How many requests to an endpoint failed in a window. */
export interface FailedEndpointReport {
  /** The request target. */
  readonly endpoint: string;
  /** How many of its requests failed; an upper bound if there is a `failed_requests_error`. */
  readonly failed_requests: number;
  /** How many of these may be another endpoint's; absent if none may. */
  readonly failed_requests_error?: number;
}

/** One step of {@linkcode Report.response_time_steps}. */
export interface TimedStepReport {
  /** The step's first instant. */
  readonly start: string;
  /** The response times of the requests that came in it. */
  readonly response_time: ResponseTimeReport;
}

/** One row of {@linkcode Report.timeline}. */
export interface TimelineReport extends FailureCounts {
  /** The step's first instant. */
  readonly start: string;
  /** How many requests came in it. */
  readonly total_requests: number;
  /** Requests that were slow. */
  readonly slow_requests: number;
}

/** What a row tells beside what stands in JSON. */
export interface HasStart {
  /** When its step begins, in milliseconds since 1970. */
  readonly startMs: number;
}

/** The input that was read. */
export interface InputReport {
  /** How many lines there were: always records + rejected + blank + context + filtered. */
  readonly lines: number;
  /** Lines that are records. */
  readonly records: number;
  /** Lines that are neither records nor blank. */
  readonly rejected: number;
  /** Lines of only space, tab and CR. */
  readonly blank: number;
  /** Lines that say of themselves that they are no finished request. */
  readonly context: number;
  /** Records that were left out by choice. */
  readonly filtered: number;
  /** How many lines were rejected for each reason; a reason that did not come is absent. */
  readonly rejected_by_reason: Readonly<Record<string, number>>;
  /** Requests that name no endpoint. */
  readonly without_endpoint: number;
  /** Requests that name no client. */
  readonly without_client: number;
  /** Records whose time was written without a zone, so that one was assumed. */
  readonly assumed_zone: number;
  /** Bytes, line terminators included. */
  readonly bytes: number;
  /** The time of the earliest request; `null` if there was none. */
  readonly first_timestamp: string | null;
  /** The time of the latest request; `null` if there was none. */
  readonly last_timestamp: string | null;
}

/**
 * The report on a log: plain data, in the order and under the names of the JSON report.
 * Durations are milliseconds, whole microseconds divided by 1000; instants are ISO 8601 in UTC.
 */
export interface Report extends FailureCounts {
  /** The format's name and version. */
  readonly report: "http-log-report/1";
  /** The settings that the figures depend on. */
  readonly options: {
    readonly window_seconds: number;
    readonly suspicious_over: number;
    readonly slow_over_ms: number;
    readonly timeline_step_seconds: number;
    /** Which requests count, as the options that say it; absent if all do. */
    readonly selection?: string;
  };
  /** The input that was read. */
  readonly input: InputReport;
  /** How many requests there were. */
  readonly total_requests: number;
  /** How many requests did not fail. */
  readonly successful_requests: number;
  /** How many requests took longer than is slow. */
  readonly slow_requests: number;
  /** What stands out, most severe first; at most ten. */
  readonly findings: readonly Finding[];
  /** The fastest request; `null` if none has a response time and a target. */
  readonly fastest_endpoint: RequestReport | null;
  /** The slowest request; `null` if none has a response time and a target. */
  readonly slowest_endpoint: RequestReport | null;
  /** The endpoint with most requests; `null` if no request has a target. */
  readonly busiest_endpoint: BusiestEndpointReport | null;
  /** The window with most failed requests; `null` if nothing failed. */
  readonly worst_window: WorstWindowReport | null;
  /** The window with most slow requests; `null` if none was slow. */
  readonly slowest_window: SlowestWindowReport | null;
  /** Clients over the limit in some window, highest peak first. */
  readonly suspicious_ips: Rows<SuspiciousIpReport>;
  /** The endpoints, most requests first: all of them, or the busiest if there were too many. */
  readonly endpoints: Rows<EndpointReport>;
  /** Requests to endpoints that are not surely those of a row; 0 unless there were too many endpoints. */
  readonly endpoints_other: Readonly<
    Record<"requests" | "failed_requests" | "slow_requests", number>
  >;
  /** The response times of all requests; `null` if none was logged. */
  readonly response_time: ResponseTimeReport | null;
  /** The response times over time, in at most 64 steps: each as long as one of the timeline, or longer. */
  readonly response_time_steps: {
    readonly step_seconds: number;
    readonly steps: readonly TimedStepReport[];
  };
  /** How many clients there were, and the busiest of them. */
  readonly clients: {
    readonly distinct: number;
    readonly top: readonly ClientReport[];
  };
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How often each method came, by code point: pairs, because methods are log text. */
  readonly methods: ReadonlyMap<string, number>;
  /** Every step of time with requests in it, earliest first; a step is one window or several. */
  readonly timeline: Rows<TimelineReport & HasStart>;
  /** The figures that are not exact, and how far each may be off. */
  readonly accuracy: Readonly<Record<string, Accuracy>>;
}

/** How far a figure may be from the truth. */
export interface Accuracy {
  /**
   * The kind of the bound: a number, a share of the true value, the standard error as such a share, or
   * the number of bytes by which texts are told apart.
   */
  readonly kind: "absolute" | "relative" | "standard_error" | "prefix_bytes";
  /** The bound, above 0. */
  readonly bound: number;
}
