import { assertEquals } from "@std/assert";

/** What is compared of an answer. */
interface Answers {
  readonly totals: readonly number[];
  readonly fastest: readonly unknown[];
  readonly slowest: readonly unknown[];
  readonly endpoints: readonly (readonly unknown[])[];
  readonly worst: readonly unknown[];
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
  const worst = report.worst_window;
  return {
    totals: [
      report.total_requests,
      report.failed_requests,
      report.failed_requests_4xx,
      report.failed_requests_5xx,
      report.clients.distinct,
    ],
    fastest: timed(report.fastest_endpoint),
    slowest: timed(report.slowest_endpoint),
    endpoints: report.endpoints.map((row: Json) => [
      row.endpoint,
      row.requests,
      row.failed_requests,
      row.response_time?.min,
      row.response_time?.max,
    ]),
    worst: [
      Date.parse(worst.start),
      worst.total_requests,
      worst.failed_requests_4xx,
      worst.failed_requests_5xx,
      worst.suspicious_ips,
    ],
    suspicious: report.suspicious_ips.map((row: Json) => [row.ip, row.peak_requests, row.windows]),
    timeline: report.timeline.length,
    clients: report.clients.top.map((row: Json) => [row.ip, row.requests, row.failed_requests]),
    statuses: Object.entries(report.statuses),
  };
}

function ofDuckDb({ totals: [totals], worst: [worst], ...rows }: Json): Answers {
  const timed = ([row]: Json) =>
    row === undefined ? [] : [row.endpoint, row.method, toMicroseconds(row.ms)];
  return {
    totals: [totals.total, totals.failed, totals.failed4, totals.failed5, totals.clients].map(
      Number,
    ),
    fastest: timed(rows.fastest),
    slowest: timed(rows.slowest),
    endpoints: rows.endpoints.map((row: Json) => [
      row.endpoint,
      Number(row.requests),
      Number(row.failed),
      toMicroseconds(row.min),
      toMicroseconds(row.max),
    ]),
    worst: [
      Date.parse(`${worst.start.replace(" ", "T")}Z`),
      Number(worst.total),
      Number(worst.failed4),
      Number(worst.failed5),
      worst.suspicious ?? [],
    ],
    suspicious: rows.suspicious.map((row: Json) => [row.ip, Number(row.peak), Number(row.windows)]),
    timeline: rows.timeline,
    clients: rows.clients.map((row: Json) => [row.ip, Number(row.requests), Number(row.failed)]),
    statuses: rows.statuses.map((row: Json) => [String(row.status), Number(row.n)]),
  };
}

/** Milliseconds to three decimals, as the report has them; DuckDB multiplies seconds. */
function toMicroseconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 1000) / 1000;
}
