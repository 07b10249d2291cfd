/** Rows of a list that may be long; they need not exist before they are looked at. */
export interface Rows<Row> extends Iterable<Row> {
  /** How many there are. */
  readonly length: number;
}

/** How many of something came, and how many of it failed. */
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
  /** How many requests had one. */
  readonly count: number;
  /** The shortest. */
  readonly min: number;
  /** The mean, rounded half up to a microsecond. */
  readonly mean: number;
  /** Percentiles by nearest rank, `p50`, `p99_9`, ascending; see {@linkcode Report.accuracy}. */
  readonly [percentile: `p${string}`]: number;
  /** The longest. */
  readonly max: number;
  /** The sum. */
  readonly total: number;
}

/** The fastest or the slowest request. */
export interface RequestReport {
  /** Its target. */
  readonly endpoint: string;
  /** Its method. */
  readonly method: string;
  /** Milliseconds. */
  readonly response_time: number;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
}

/** One row of {@linkcode Report.endpoints}. */
export interface EndpointReport extends FailureCounts {
  /** The request target. */
  readonly endpoint: string;
  /** How many requests it had; at most, if there is a `requests_error`. */
  readonly requests: number;
  /** How many of the requests may be another endpoint's; absent if none may. */
  readonly requests_error?: number;
  /** Failed requests / requests that are surely its own. */
  readonly error_rate: number;
  /** Its response times, if any was logged. */
  readonly response_time: ResponseTimeReport | null;
}

/** The endpoint with most requests. */
export interface BusiestEndpointReport {
  /** The request target. */
  readonly endpoint: string;
  /** How many requests it had; at most, if there is a `requests_error`. */
  readonly requests: number;
  /** How many of the requests may be another endpoint's; absent if none may. */
  readonly requests_error?: number;
}

/** One row of the busiest clients. */
export interface ClientReport {
  /** Its address. */
  readonly ip: string;
  /** How many requests it made; at most, if there is a `requests_error`. */
  readonly requests: number;
  /** How many of the requests may be another client's; absent if none may. */
  readonly requests_error?: number;
  /** How many failed, of those that are surely its own. */
  readonly failed_requests: number;
}

/** One row of {@linkcode Report.suspicious_ips}. */
export interface SuspiciousIpReport {
  /** The client. */
  readonly ip: string;
  /** Its requests in the window where it made most; at most, if there is a `peak_requests_error`. */
  readonly peak_requests: number;
  /** How many of those may be another client's; absent if none may. */
  readonly peak_requests_error?: number;
  /** In how many windows it was over the limit. */
  readonly windows: number;
  /** In how many of those it may not have been; absent if in none. */
  readonly windows_in_doubt?: number;
  /** The start of the first of them. */
  readonly first_window: string;
}

/** The window with most failed requests. */
export interface WorstWindowReport extends FailureCounts {
  /** Its first instant. */
  readonly start: string;
  /** The first instant after it. */
  readonly end: string;
  /** How many requests came in it. */
  readonly total_requests: number;
  /** The clients over the limit in it, by code point. */
  readonly suspicious_ips: readonly string[];
}

/** One row of {@linkcode Report.timeline}. */
export interface TimelineReport {
  /** The step's first instant. */
  readonly start: string;
  /** How many requests came in it. */
  readonly total_requests: number;
  /** Requests with status 400–499. */
  readonly failed_requests_4xx: number;
  /** Requests with status 500–599. */
  readonly failed_requests_5xx: number;
}

/** What was read. */
export interface InputReport {
  /** Lines: always records + rejected + blank + context + filtered. */
  readonly lines: number;
  /** Lines that are records. */
  readonly records: number;
  /** Lines that are neither records nor blank. */
  readonly rejected: number;
  /** Lines of only space, tab and CR. */
  readonly blank: number;
  /** Lines that belong to another line's record. */
  readonly context: number;
  /** Records that were left out by choice. */
  readonly filtered: number;
  /** How many lines were rejected why; only reasons that came. */
  readonly rejected_by_reason: Readonly<Record<string, number>>;
  /** Requests that name no endpoint. */
  readonly without_endpoint: number;
  /** Bytes, line terminators included. */
  readonly bytes: number;
  /** The earliest request. */
  readonly first_timestamp: string | null;
  /** The latest request. */
  readonly last_timestamp: string | null;
}

/**
 * What a log says of a service: plain data, in the order and under the names of the JSON report.
 * Durations are milliseconds, whole microseconds divided by 1000; instants are ISO 8601 in UTC.
 */
export interface Report extends FailureCounts {
  /** The format's name and version. */
  readonly report: "http-log-report/1";
  /** The settings that the figures depend on. */
  readonly options: {
    readonly window_seconds: number;
    readonly suspicious_over: number;
    readonly timeline_step_seconds: number;
  };
  /** What was read. */
  readonly input: InputReport;
  /** How many requests there were. */
  readonly total_requests: number;
  /** How many did not fail. */
  readonly successful_requests: number;
  /** The fastest request. */
  readonly fastest_endpoint: RequestReport | null;
  /** The slowest request. */
  readonly slowest_endpoint: RequestReport | null;
  /** The endpoint with most requests. */
  readonly busiest_endpoint: BusiestEndpointReport | null;
  /** The window with most failed requests; `null` if nothing failed. */
  readonly worst_window: WorstWindowReport | null;
  /** Clients over the limit in some window, highest peak first. */
  readonly suspicious_ips: Rows<SuspiciousIpReport>;
  /** Every endpoint, most requests first. */
  readonly endpoints: Rows<EndpointReport>;
  /** Requests to endpoints that are not surely those of a row: none unless there were too many. */
  readonly endpoints_other: { readonly requests: number; readonly failed_requests: number };
  /** Response times of all requests. */
  readonly response_time: ResponseTimeReport | null;
  /** Who asked. */
  readonly clients: {
    readonly distinct: number;
    readonly top: readonly ClientReport[];
  };
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How often each method came, by code point: pairs, because methods are log text. */
  readonly methods: ReadonlyMap<string, number>;
  /** Every step of time with requests in it, earliest first; a step is a window or several. */
  readonly timeline: Rows<TimelineReport>;
  /** What is not exact, and by how much it may be off. */
  readonly accuracy: Readonly<Record<string, Accuracy>>;
}

/** How far a figure may be from the truth. */
export interface Accuracy {
  /**
   * What the bound is: a number, a share of the true value, the standard error as such a share, or
   * by how many bytes texts are told apart.
   */
  readonly kind: "absolute" | "relative" | "standard_error" | "prefix_bytes";
  /** How far, or how many. */
  readonly bound: number;
}
