import { assertEquals } from "@std/assert";

/** What is compared of an answer. */
interface Answers {
  readonly totals: readonly number[];
  readonly fastest: readonly unknown[];
  readonly slowest: readonly unknown[];
  readonly endpoints: readonly (readonly unknown[])[];
  readonly outcomes: readonly string[];
  readonly worst: readonly unknown[];
  readonly failedInWorst: readonly (readonly unknown[])[];
  readonly slowestWindow: readonly unknown[];
  readonly neverSucceeds: readonly (readonly unknown[])[];
  readonly median: number;
  readonly suspicious: readonly (readonly unknown[])[];
  readonly timeline: number;
  readonly clients: readonly (readonly unknown[])[];
  readonly statuses: readonly (readonly unknown[])[];
}

// deno-lint-ignore no-explicit-any -- it was parsed, and is compared
type Json = any;

/**
 * Asserts that the analyzer's report and DuckDB's answers are the same; a benchmark of different answers
 * is worth nothing. The log must be below all limits.
 *
 * @throws {AssertionError} If they differ.
 */
export function assertSameAnswers(report: string, duckdb: string): void {
  assertEquals(ofDuckDb(JSON.parse(duckdb)), ofReport(JSON.parse(report)));
}

function ofReport(report: Json): Answers {
  const timed = (request: Json) =>
    request === null ? [] : [request.endpoint, request.method, request.response_time];
  const worst = report.worst_window, slowest = report.slowest_window;
  const found = (rule: string) => report.findings.find((finding: Json) => finding.rule === rule);
  return {
    totals: [
      report.total_requests,
      report.failed_requests,
      report.failed_requests_4xx,
      report.failed_requests_5xx,
      report.clients.distinct,
      report.slow_requests,
    ],
    fastest: timed(report.fastest_endpoint),
    slowest: timed(report.slowest_endpoint),
    endpoints: report.endpoints.map((row: Json) => [
      row.endpoint,
      row.requests,
      row.failed_requests,
      row.response_time?.min,
      row.response_time?.max,
      row.slow_requests,
    ]),
    outcomes: report.endpoints.flatMap(({ endpoint, outcomes }: Json) =>
      outcomes.map((row: Json) => `${endpoint} ${row.method} ${row.status} ${row.requests}`)
    ).sort(),
    failedInWorst: worst.failed_endpoints.top.map((
      row: Json,
    ) => [row.endpoint, row.failed_requests]),
    slowestWindow: slowest === null
      ? []
      : [Date.parse(slowest.start), slowest.total_requests, slowest.slow_requests],
    neverSucceeds: (found("never_succeeds")?.routes ?? []).map((row: Json) => [
      row.method,
      row.endpoint,
      row.requests,
    ]),
    median: found("sparse_windows")?.median_requests ?? 0,
    worst: [
      Date.parse(worst.start),
      worst.total_requests,
      worst.failed_requests_4xx,
      worst.failed_requests_5xx,
      worst.suspicious_ips,
    ],
    suspicious: report.suspicious_ips.map((row: Json) => [
      row.ip,
      row.peak_requests,
      row.windows,
      row.total_requests,
      row.failed_requests,
    ]),
    timeline: report.timeline.length,
    clients: report.clients.top.map((row: Json) => [row.ip, row.requests, row.failed_requests]),
    statuses: Object.entries(report.statuses),
  };
}

function ofDuckDb({ totals: [totals], worst: [worst], ...rows }: Json): Answers {
  const timed = ([row]: Json) =>
    row === undefined ? [] : [row.endpoint, row.method, toMicroseconds(row.ms)];
  return {
    totals: [
      ...[totals.total, totals.failed, totals.failed4, totals.failed5, totals.clients],
      totals.slow,
    ].map(Number),
    fastest: timed(rows.fastest),
    slowest: timed(rows.slowest),
    endpoints: rows.endpoints.map((row: Json) => [
      row.endpoint,
      Number(row.requests),
      Number(row.failed),
      toMicroseconds(row.min),
      toMicroseconds(row.max),
      Number(row.slow),
    ]),
    outcomes: rows.outcomes.map((row: Json) =>
      `${row.endpoint} ${row.method} ${row.status} ${row.n}`
    ).sort(),
    failedInWorst: rows.failed_in_worst.map((row: Json) => [row.endpoint, Number(row.failed)]),
    slowestWindow: rows.slowest_window.filter((row: Json) => Number(row.slow) > 0).map(
      (row: Json) => [
        Date.parse(`${row.start.replace(" ", "T")}Z`),
        Number(row.total),
        Number(row.slow),
      ],
    ).flat(),
    neverSucceeds: rows.never_succeeds.map((row: Json) => [
      row.method,
      row.endpoint,
      Number(row.n),
    ]),
    median: Number(rows.median_window[0].n),
    worst: [
      Date.parse(`${worst.start.replace(" ", "T")}Z`),
      Number(worst.total),
      Number(worst.failed4),
      Number(worst.failed5),
      worst.suspicious ?? [],
    ],
    suspicious: rows.suspicious.map((row: Json) => [
      row.ip,
      ...[row.peak, row.windows, row.requests, row.failed].map(Number),
    ]),
    timeline: rows.timeline,
    clients: rows.clients.map((row: Json) => [row.ip, Number(row.requests), Number(row.failed)]),
    statuses: rows.statuses.map((row: Json) => [String(row.status), Number(row.n)]),
  };
}

/** Milliseconds to three decimals, as the report has them; DuckDB multiplies seconds. */
function toMicroseconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 1000) / 1000;
}
