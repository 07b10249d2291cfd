import { assertEquals } from "@std/assert";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { addLines } from "../support/add_lines.ts";
import { makeRecord } from "../support/make_record.ts";

Deno.test("toReport() writes window bounds without a fraction only when they are whole seconds", () => {
  const analysis = new Analysis({ windowUs: 1_500_000, suspiciousOver: 25 });
  addLines(analysis, [makeRecord({ timestampUs: 1_600_001, statusCode: 500 })]);
  const { worst_window, input } = toReport(analysis);
  assertEquals(worst_window?.start, "1970-01-01T00:00:01.500000Z");
  assertEquals(worst_window?.end, "1970-01-01T00:00:03Z");
  assertEquals(input.first_timestamp, "1970-01-01T00:00:01.600001Z");
});

Deno.test("toReport() lists the 100 busiest clients", () => {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 });
  for (let i = 0; i < 150; i++) {
    for (let n = 0; n <= i; n++) addLines(analysis, [makeRecord({ ip: `192.0.2.${i}` })]);
  }
  const { clients } = toReport(analysis);
  assertEquals(clients.distinct, 150);
  assertEquals(
    clients.top.map(({ requests }) => requests),
    Array.from({ length: 100 }, (_, i) => 150 - i),
  );
});

Deno.test("toReport() rounds a total beyond 2^53 once", () => {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 });
  for (let i = 0; i < 10; i++) addLines(analysis, [makeRecord({ responseTimeUs: 1e15 - 1 })]);
  assertEquals(toReport(analysis).response_time?.total, 9_999_999_999_999.99);
});

Deno.test("toReport() names percentiles as asked for, and says which are estimates", () => {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 });
  const within = { kind: "relative", bound: 0.01 };
  const reportOf = (times: number, endpoint: (i: number) => string) => {
    for (let i = 1; i <= times; i++) {
      addLines(analysis, [makeRecord({ endpoint: endpoint(i), responseTimeUs: i * 1000 })]);
    }
    return toReport(analysis, [50, 99.9]);
  };
  const few = reportOf(32, (i) => `/${i}`);
  assertEquals(Object.keys(few.response_time!), [
    "count",
    "min",
    "mean",
    "p50",
    "p99_9",
    "max",
    "total",
  ]);
  assertEquals([few.response_time?.p50, few.response_time?.p99_9], [16, 32]);
  assertEquals(few.accuracy, {});
  assertEquals(reportOf(1, () => "/33").accuracy, {
    "response_time.percentiles": within,
    "response_time_steps.percentiles": within,
  });
  assertEquals(reportOf(33, () => "/busy").accuracy, {
    "endpoints.response_time.percentiles": within,
    "response_time.percentiles": within,
    "response_time_steps.percentiles": within,
  });
});
