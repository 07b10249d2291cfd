import type { Analysis } from "../aggregates/analysis.ts";
import type { ClientSummary } from "../aggregates/clients.ts";
import { compareCodePoints } from "../aggregates/compare_code_points.ts";
import type { TimedRequest } from "../aggregates/extremes.ts";
import { failures } from "../aggregates/outcome_counts.ts";
import type { SuspiciousIp } from "../aggregates/suspicious_ips.ts";
import { findAll } from "../findings/find.ts";
import type {
  ClientReport,
  InputReport,
  Report,
  RequestReport,
  Rows,
  SuspiciousIpReport,
} from "./report.ts";
import { EndpointRow, TimelineRow } from "./rows.ts";
import {
  toAccuracy,
  toFailures,
  toInstant,
  toRequests,
  toResponseTime,
  toWindowBound,
} from "./to_figures.ts";
import { USUAL_PERCENTILES } from "./usual_percentiles.ts";

const BUSIEST_CLIENTS = 100;
/** How many endpoints that failed the worst window names. */
const FAILED_ENDPOINTS = 10;

/**
 * Turns the answers of an analysis into the report: microseconds into milliseconds and ISO 8601,
 * counts into rates.
 *
 * Rows of long lists are made when they are iterated over, so the analysis must not change until then.
 *
 * @param analysis The analysis; no answer of it changes.
 * @param percentiles Which percentiles of the response times, each from 0 to 100, ascending.
 * @returns The complete report.
 *
 * @example The report on no lines
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Analysis } from "../aggregates/analysis.ts";
 * import { toReport } from "./to_report.ts";
 *
 * const report = toReport(new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 }));
 * assertEquals(report.total_requests, 0);
 * assertEquals(report.worst_window, null);
 * ```
 */
export function toReport(
  analysis: Analysis,
  percentiles: readonly number[] = USUAL_PERCENTILES,
): Report {
  const { outcomes, extremes, endpoints, clients, windows, timeline, kinds, responseTimes } =
    analysis.answers;
  const { options } = analysis;
  const windowSeconds = options.windowUs / 1e6;
  const total = outcomes.result();
  const names = percentiles.map(percentileName);
  const [busiest] = endpoints.result([], 1);
  const suspicious = windows.suspiciousIps();
  const responseTime = responseTimes.result(percentiles);
  const other = endpoints.other();
  const worst = windows.worst(), slowest = windows.slowest();
  const steps = timeline.result();

  return {
    report: "http-log-report/1",
    options: {
      window_seconds: windowSeconds,
      suspicious_over: options.suspiciousOver,
      slow_over_ms: options.slowOverUs / 1000,
      timeline_step_seconds: timeline.stepUs() / 1e6,
      ...options.selection === "" ? {} : { selection: options.selection },
    },
    input: toInput(analysis),
    total_requests: total.requests,
    successful_requests: total.requests - failures(total),
    ...toFailures(total),
    slow_requests: total.slow,
    findings: findAll(analysis, { suspicious, steps, worst }),
    fastest_endpoint: toRequest(extremes.fastest()),
    slowest_endpoint: toRequest(extremes.slowest()),
    busiest_endpoint: busiest === undefined
      ? null
      : { endpoint: busiest.endpoint, ...toRequests(busiest) },
    worst_window: worst && {
      start: toWindowBound(worst.startUs),
      end: toWindowBound(worst.endUs),
      total_requests: worst.requests,
      ...toFailures(worst),
      slow_requests: worst.slow,
      failed_endpoints: {
        distinct: worst.failedEndpoints.distinct,
        top: worst.failedEndpoints.first(FAILED_ENDPOINTS).map(({ text, failed, error }) => ({
          endpoint: text,
          failed_requests: failed,
          ...error === 0 ? {} : { failed_requests_error: error },
        })),
      },
      suspicious_ips: worst.suspicious.map(({ ip }) => ip).sort(compareCodePoints),
      suspicious_clients: worst.suspicious.map(toClient),
    },
    slowest_window: slowest && {
      start: toWindowBound(slowest.startUs),
      end: toWindowBound(slowest.endUs),
      total_requests: slowest.requests,
      ...toFailures(slowest),
      slow_requests: slowest.slow,
      mean_response_time: slowest.meanUs / 1000,
    },
    suspicious_ips: toRows(
      suspicious.size,
      () => suspicious.result().map((client) => toSuspiciousIp(client, clients.of(client.ip))),
    ),
    endpoints: toRows(
      endpoints.size,
      () => endpoints.result(percentiles).map((endpoint) => new EndpointRow(endpoint, names)),
    ),
    endpoints_other: {
      requests: other.requests,
      failed_requests: other.failed,
      slow_requests: other.slow,
    },
    response_time: toResponseTime(responseTime, names),
    response_time_steps: {
      step_seconds: responseTimes.stepUs() / 1e6,
      steps: responseTimes.steps(percentiles).map(({ startUs, responseTime }) => ({
        start: toWindowBound(startUs),
        response_time: toResponseTime(responseTime, names)!,
      })),
    },
    clients: {
      distinct: clients.distinct(),
      top: clients.busiest(BUSIEST_CLIENTS).map(toClient),
    },
    statuses: Object.fromEntries(kinds.statuses()),
    methods: new Map(kinds.methods()),
    timeline: toRows(
      steps.size,
      () => Iterator.from(steps.startsUs.keys()).map((row) => new TimelineRow(steps, row)),
    ),
    accuracy: toAccuracy(analysis),
  };
}

function toInput(analysis: Analysis): InputReport {
  const { lines, answers: { span: times, endpoints, clients } } = analysis;
  const span = times.result();
  return {
    lines: lines.lines(),
    records: lines.records(),
    rejected: lines.rejected(),
    blank: lines.blank(),
    context: lines.context(),
    filtered: lines.filtered(),
    rejected_by_reason: Object.fromEntries(lines.rejectedByReason()),
    without_endpoint: endpoints.withoutEndpoint(),
    without_client: clients.withoutClient(),
    assumed_zone: lines.assumedZone(),
    bytes: analysis.bytes,
    first_timestamp: span && toInstant(span.firstUs),
    last_timestamp: span && toInstant(span.lastUs),
  };
}

function toRows<Row>(length: number, rows: () => Iterator<Row> & Iterable<Row>): Rows<Row> {
  return { length, [Symbol.iterator]: rows };
}

function toClient(client: ClientSummary): ClientReport {
  return { ip: client.ip, ...toRequests(client), failed_requests: client.failed };
}

function toSuspiciousIp(
  client: SuspiciousIp,
  all: ClientSummary | undefined,
): SuspiciousIpReport {
  return {
    ip: client.ip,
    peak_requests: client.peakRequests,
    ...(client.peakError === 0 ? {} : { peak_requests_error: client.peakError }),
    windows: client.windows,
    ...(client.windowsInDoubt === 0 ? {} : { windows_in_doubt: client.windowsInDoubt }),
    first_window: toWindowBound(client.firstWindowUs),
    // What an evicted client had counts no more, so figures in doubt say nothing of all its requests.
    total_requests: all?.requestsError === 0 ? all.requests : null,
    failed_requests: all?.requestsError === 0 ? all.failed : null,
  };
}

function toRequest(request: TimedRequest | null): RequestReport | null {
  return request && {
    endpoint: request.endpoint,
    method: request.method,
    response_time: request.responseTimeUs / 1000,
    timestamp: toInstant(request.timestampUs),
  };
}

/** The name of a percentile in the report: `p50`, `p99_9`. */
function percentileName(percentile: number): `p${string}` {
  return `p${String(percentile).replace(".", "_")}`;
}
