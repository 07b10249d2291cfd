import {
  closed,
  COUNT,
  list,
  orNull,
  POSITIVE,
  type Schema,
  SHARE,
  TEXT,
  WINDOW_BOUND,
} from "./schema_parts.ts";

const STATUS: Schema = { type: "integer", minimum: 100, maximum: 999 };
const STRETCH = { start: WINDOW_BOUND, end: WINDOW_BOUND };
const LENGTH: Schema = { type: "number", exclusiveMinimum: 0 };

/** The figures of each rule. */
const FIGURES: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  never_succeeds: {
    distinct: POSITIVE,
    failed_requests: POSITIVE,
    share_of_failures: SHARE,
    routes: list(closed({
      method: TEXT,
      endpoint: TEXT,
      statuses: list(STATUS),
      requests: POSITIVE,
    })),
  },
  failing_endpoint: {
    endpoint: TEXT,
    requests: POSITIVE,
    failed_requests: POSITIVE,
    error_rate: SHARE,
    error_rate_of_rest: SHARE,
  },
  failure_burst: {
    ...STRETCH,
    requests: POSITIVE,
    failed_requests: POSITIVE,
    error_rate: SHARE,
    usual_error_rate: SHARE,
    share_of_failures: SHARE,
    endpoint: orNull(TEXT),
    status: orNull(STATUS),
    client: orNull(TEXT),
  },
  steady_failures: {
    failed_requests: POSITIVE,
    error_rate: SHARE,
    error_rate_of_worst_window: orNull(SHARE),
  },
  slow_burst: {
    ...STRETCH,
    requests: POSITIVE,
    slow_requests: POSITIVE,
    slow_requests_in_all: POSITIVE,
  },
  noisy_client: {
    ip: TEXT,
    window: WINDOW_BOUND,
    requests_in_window: POSITIVE,
    median_in_window: { type: "number", exclusiveMinimum: 0 },
    windows: POSITIVE,
    requests: orNull(POSITIVE),
    failed_requests: orNull(COUNT),
    failed_endpoints: list(TEXT),
    failed_endpoints_distinct: COUNT,
  },
  threshold_parts_nobody: {
    suspicious: POSITIVE,
    clients: POSITIVE,
    suspicious_over: COUNT,
    better: orNull(POSITIVE),
    suspicious_above_better: orNull(POSITIVE),
  },
  sparse_windows: {
    window_seconds: LENGTH,
    median_requests: LENGTH,
    better_seconds: orNull(LENGTH),
  },
  silence: { ...STRETCH, windows: POSITIVE, due_requests: POSITIVE, more: COUNT },
};

/** The JSON Schema of a finding. */
export const FINDING: Schema = {
  oneOf: Object.entries(FIGURES).map(([rule, figures]) =>
    closed({
      rule: { const: rule },
      severity: { enum: ["error", "warning", "info"] },
      subject: TEXT,
      ...figures,
    })
  ),
};
