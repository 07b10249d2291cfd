import { FINDING } from "./findings_schema.ts";
import {
  closed,
  COUNT,
  INSTANT,
  list,
  MILLISECONDS,
  orNull,
  POSITIVE,
  type Schema,
  SHARE,
  TEXT,
  WINDOW_BOUND,
  withOptional,
} from "./schema_parts.ts";

const DOUBT = { requests_error: POSITIVE };
const FAILURES = {
  failed_requests: COUNT,
  failed_requests_4xx: COUNT,
  failed_requests_5xx: COUNT,
};
const CLIENT = withOptional(
  closed({ ip: TEXT, requests: POSITIVE, failed_requests: COUNT }),
  DOUBT,
);
const RESPONSE_TIME: Schema = {
  ...closed({
    count: POSITIVE,
    min: MILLISECONDS,
    mean: MILLISECONDS,
    max: MILLISECONDS,
    total: MILLISECONDS,
  }),
  patternProperties: { "^p(0|[1-9]\\d?|100)(_\\d{1,6})?$": MILLISECONDS },
};
const ACCURACY = closed({
  kind: { enum: ["absolute", "relative", "standard_error", "prefix_bytes"] },
  bound: { type: "number", exclusiveMinimum: 0 },
});
const REQUEST = orNull(closed({
  endpoint: TEXT,
  method: TEXT,
  response_time: MILLISECONDS,
  timestamp: INSTANT,
}));
const TALLY: Schema = { type: "object", additionalProperties: POSITIVE };

/**
 * The JSON Schema, draft 2020-12, of the report of `-o json`. It allows no other members than those of the report.
 *
 * @see https://json-schema.org/draft/2020-12
 */
export const REPORT_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "HTTP log report",
  ...closed({
    report: { const: "http-log-report/1" },
    options: withOptional(
      closed({
        window_seconds: { type: "number", exclusiveMinimum: 0 },
        suspicious_over: COUNT,
        slow_over_ms: MILLISECONDS,
        timeline_step_seconds: { type: "number", exclusiveMinimum: 0 },
      }),
      { selection: { ...TEXT, minLength: 1 } },
    ),
    input: closed({
      lines: COUNT,
      records: COUNT,
      rejected: COUNT,
      blank: COUNT,
      context: COUNT,
      filtered: COUNT,
      rejected_by_reason: TALLY,
      without_endpoint: COUNT,
      without_client: COUNT,
      assumed_zone: COUNT,
      bytes: COUNT,
      first_timestamp: orNull(INSTANT),
      last_timestamp: orNull(INSTANT),
    }),
    total_requests: COUNT,
    successful_requests: COUNT,
    ...FAILURES,
    slow_requests: COUNT,
    findings: { ...list(FINDING), maxItems: 10 },
    fastest_endpoint: REQUEST,
    slowest_endpoint: REQUEST,
    busiest_endpoint: orNull(withOptional(closed({ endpoint: TEXT, requests: POSITIVE }), DOUBT)),
    worst_window: orNull(closed({
      start: WINDOW_BOUND,
      end: WINDOW_BOUND,
      total_requests: POSITIVE,
      ...FAILURES,
      slow_requests: COUNT,
      failed_endpoints: closed({
        distinct: COUNT,
        top: list(withOptional(closed({ endpoint: TEXT, failed_requests: POSITIVE }), {
          failed_requests_error: POSITIVE,
        })),
      }),
      suspicious_ips: list(TEXT),
      suspicious_clients: list(CLIENT),
    })),
    slowest_window: orNull(closed({
      start: WINDOW_BOUND,
      end: WINDOW_BOUND,
      total_requests: POSITIVE,
      ...FAILURES,
      slow_requests: POSITIVE,
      mean_response_time: MILLISECONDS,
    })),
    suspicious_ips: list(withOptional(
      closed({
        ip: TEXT,
        peak_requests: POSITIVE,
        windows: POSITIVE,
        first_window: WINDOW_BOUND,
        total_requests: orNull(POSITIVE),
        failed_requests: orNull(COUNT),
      }),
      { peak_requests_error: POSITIVE, windows_in_doubt: POSITIVE },
    )),
    endpoints: list(withOptional(
      closed({
        endpoint: TEXT,
        requests: POSITIVE,
        ...FAILURES,
        slow_requests: COUNT,
        error_rate: SHARE,
        response_time: orNull(RESPONSE_TIME),
        response_time_successful: orNull(RESPONSE_TIME),
        response_time_failed: orNull(RESPONSE_TIME),
        outcomes: list(closed({
          method: TEXT,
          status: { type: "integer", minimum: 100, maximum: 999 },
          requests: POSITIVE,
        })),
        outcomes_other: COUNT,
      }),
      DOUBT,
    )),
    endpoints_other: closed({ requests: COUNT, failed_requests: COUNT, slow_requests: COUNT }),
    response_time: orNull(RESPONSE_TIME),
    response_time_steps: closed({
      step_seconds: { type: "number", exclusiveMinimum: 0 },
      steps: list(closed({ start: WINDOW_BOUND, response_time: RESPONSE_TIME })),
    }),
    clients: closed({
      distinct: COUNT,
      top: list(CLIENT),
    }),
    statuses: { ...TALLY, propertyNames: { pattern: "^[1-9]\\d\\d$" } },
    methods: TALLY,
    timeline: list(closed({
      start: WINDOW_BOUND,
      total_requests: POSITIVE,
      ...FAILURES,
      slow_requests: COUNT,
    })),
    accuracy: { type: "object", additionalProperties: ACCURACY },
  }),
};
