/** How much a finding matters: `error` asks for action, `warning` for a look, `info` explains figures. */
export type Severity = "error" | "warning" | "info";

/** What every finding has. */
export interface Common<Rule extends string> {
  /** The rule that found it. */
  readonly rule: Rule;
  /** How much it matters. */
  readonly severity: Severity;
  /** What it is about, in a few words: a route, an endpoint, a stretch of time, a client. */
  readonly subject: string;
}

/** A stretch of time `[start, end)`, of whole windows, ISO 8601 in UTC. */
export interface Stretch {
  /** Its first instant. */
  readonly start: string;
  /** The first instant after it. */
  readonly end: string;
}

/** A method and an endpoint, and what its requests came to. */
export interface FailingRoute {
  /** The method. */
  readonly method: string;
  /** The endpoint. */
  readonly endpoint: string;
  /** The statuses of its requests, most frequent first. */
  readonly statuses: readonly number[];
  /** How many requests it had; all of them failed. */
  readonly requests: number;
}

/** Routes that never succeed. */
export interface NeverSucceeds extends Common<"never_succeeds"> {
  /** How many such routes there are. */
  readonly distinct: number;
  /** How many requests they had, all of which failed. */
  readonly failed_requests: number;
  /** What share of all failures these are. */
  readonly share_of_failures: number;
  /** The routes with most requests. */
  readonly routes: readonly FailingRoute[];
}

/** An endpoint that fails far more often than the rest. */
export interface FailingEndpoint extends Common<"failing_endpoint"> {
  /** The endpoint. */
  readonly endpoint: string;
  /** How many requests it had. */
  readonly requests: number;
  /** How many of these failed. */
  readonly failed_requests: number;
  /** The share of these. */
  readonly error_rate: number;
  /** The share of the requests to all other endpoints that failed. */
  readonly error_rate_of_rest: number;
}

/** A stretch in which far more requests failed than usually do. */
export interface FailureBurst extends Common<"failure_burst">, Stretch {
  /** How many requests came in it. */
  readonly requests: number;
  /** How many of these failed. */
  readonly failed_requests: number;
  /** The share of these. */
  readonly error_rate: number;
  /** The share of the requests outside it that failed. */
  readonly usual_error_rate: number;
  /** What share of all failures it holds. */
  readonly share_of_failures: number;
  /** The endpoint of most of these failures; `null` if there is none. */
  readonly endpoint: string | null;
  /** The status of most of them; `null` if there is none. */
  readonly status: number | null;
  /** The client of most of them; `null` if there is none. */
  readonly client: string | null;
}

/** Many requests fail, and at no time far more than at others. */
export interface SteadyFailures extends Common<"steady_failures"> {
  /** How many requests failed. */
  readonly failed_requests: number;
  /** The share of these. */
  readonly error_rate: number;
  /** The share of the requests of the worst window that failed; `null` if that window is not known. */
  readonly error_rate_of_worst_window: number | null;
}

/** A short stretch that holds nearly all slow requests. */
export interface SlowBurst extends Common<"slow_burst">, Stretch {
  /** How many requests came in it. */
  readonly requests: number;
  /** How many of these were slow. */
  readonly slow_requests: number;
  /** How many were slow in all. */
  readonly slow_requests_in_all: number;
}

/** A client that asks for far more than others do. */
export interface NoisyClient extends Common<"noisy_client"> {
  /** Its address. */
  readonly ip: string;
  /** The first instant of the window in which it made most requests. */
  readonly window: string;
  /** How many requests it made in that window. */
  readonly requests_in_window: number;
  /** How many requests the median client of that window made. */
  readonly median_in_window: number;
  /** In how many windows it asked for so much. */
  readonly windows: number;
  /** How many requests it made in all; `null` if there were too many clients to know. */
  readonly requests: number | null;
  /** How many of these failed; `null` if there were too many clients to know. */
  readonly failed_requests: number | null;
  /** What failed in that window, if nearly all that failed in it was asked for by this client: endpoints, most first. */
  readonly failed_endpoints: readonly string[];
  /** How many endpoints that are. */
  readonly failed_endpoints_distinct: number;
}

/** Most clients are suspicious, so that the word says nothing. */
export interface ThresholdPartsNobody extends Common<"threshold_parts_nobody"> {
  /** How many clients are suspicious. */
  readonly suspicious: number;
  /** How many clients there are. */
  readonly clients: number;
  /** Above how many requests in a window a client is suspicious. */
  readonly suspicious_over: number;
  /** A threshold that would part them; `null` if there is none. */
  readonly better: number | null;
  /** How many clients would be suspicious above that; `null` if there is none. */
  readonly suspicious_above_better: number | null;
}

/** Windows hold so few requests that their figures say little. */
export interface SparseWindows extends Common<"sparse_windows"> {
  /** Length of a window, in seconds. */
  readonly window_seconds: number;
  /** How many requests the median window has, of those that have any. */
  readonly median_requests: number;
  /** A length, in seconds, at which windows hold enough; `null` if there is none. */
  readonly better_seconds: number | null;
}

/** A time without a request where many were due. */
export interface Silence extends Common<"silence">, Stretch {
  /** How many windows it lasts. */
  readonly windows: number;
  /** How many requests were due, at the rate around it. */
  readonly due_requests: number;
  /** How many more such times there are. */
  readonly more: number;
}

/** What stands out in a log. */
export type Finding =
  | NeverSucceeds
  | FailingEndpoint
  | FailureBurst
  | SteadyFailures
  | SlowBurst
  | NoisyClient
  | ThresholdPartsNobody
  | SparseWindows
  | Silence;

/** A finding, and how many requests it is about: by that findings of one severity are ordered. */
export interface Weighed {
  /** The finding. */
  readonly finding: Finding;
  /** How many requests it is about. */
  readonly weight: number;
  /** Of a burst: the endpoint of most of its failures, and how many of them are of it. */
  readonly inBurst?: { readonly endpoint: string; readonly failed: number } | undefined;
}
