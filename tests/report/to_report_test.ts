import { assertEquals } from "@std/assert";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { makeRecord } from "../aggregates/make_record.ts";

Deno.test("toReport() writes window bounds without a fraction only when they are whole seconds", () => {
  const analysis = new Analysis({ windowUs: 1_500_000, suspiciousOver: 25 });
  analysis.add(makeRecord({ timestampUs: 1_600_001, statusCode: 500 }));
  const { worst_window, input } = toReport(analysis);
  assertEquals(worst_window?.start, "1970-01-01T00:00:01.500000Z");
  assertEquals(worst_window?.end, "1970-01-01T00:00:03Z");
  assertEquals(input.first_timestamp, "1970-01-01T00:00:01.600001Z");
});

Deno.test("toReport() lists the 100 busiest clients", () => {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 });
  for (let i = 0; i < 150; i++) {
    for (let n = 0; n <= i; n++) analysis.add(makeRecord({ ip: `192.0.2.${i}` }));
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
  for (let i = 0; i < 10; i++) analysis.add(makeRecord({ responseTimeUs: 1e15 - 1 }));
  assertEquals(toReport(analysis).response_time?.total, 9_999_999_999_999.99);
});
