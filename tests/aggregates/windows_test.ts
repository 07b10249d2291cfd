import { assertEquals } from "@std/assert";
import { Windows } from "../../lib/aggregates/windows.ts";
import type { LogRecord } from "../../schema.ts";
import { makeRecord } from "./make_record.ts";

const MINUTE = 60_000_000;

function windowsOf(records: readonly Partial<LogRecord>[], suspiciousOver = 1): Windows {
  const windows = new Windows({ windowUs: MINUTE, suspiciousOver });
  for (const fields of records) windows.add(makeRecord(fields));
  return windows;
}

Deno.test("Windows timeline() is half-open, aligned to the epoch, sorted, and skips empty ones", () => {
  const timestamps = [3 * MINUTE, MINUTE - 1, 0, -1, MINUTE];
  const timeline = windowsOf(timestamps.map((timestampUs) => ({ timestampUs }))).timeline();
  assertEquals(timeline.map(({ startUs, endUs, requests }) => [startUs, endUs, requests]), [
    [-MINUTE, 0, 1],
    [0, MINUTE, 2],
    [MINUTE, 2 * MINUTE, 1],
    [3 * MINUTE, 4 * MINUTE, 1],
  ]);
});

Deno.test("Windows worst() is the one with most failures, not with most requests", () => {
  const worst = windowsOf([
    ...Array.from({ length: 9 }, () => ({ timestampUs: 0, statusCode: 399 })),
    { timestampUs: MINUTE, statusCode: 400 },
    { timestampUs: MINUTE, statusCode: 599 },
    { timestampUs: MINUTE, statusCode: 600 },
    { timestampUs: 2 * MINUTE, statusCode: 500 },
  ]).worst();
  assertEquals(worst, {
    startUs: MINUTE,
    endUs: 2 * MINUTE,
    requests: 3,
    failed4xx: 1,
    failed5xx: 1,
    failedOther: 1,
    suspiciousIps: ["192.0.2.1"],
  });
});

Deno.test("Windows worst() is the earliest of several, whatever came first", () => {
  const failing = [5, 2, 9].map((k) => ({ timestampUs: k * MINUTE, statusCode: 500 }));
  assertEquals(windowsOf(failing).worst()?.startUs, 2 * MINUTE);
});

Deno.test("Windows worst() is null if nothing failed", () => {
  assertEquals(windowsOf([]).worst(), null);
  assertEquals(windowsOf([{ statusCode: 399 }]).worst(), null);
});

Deno.test("Windows worst() names only clients over the limit in it, by code point", () => {
  const twice = (fields: Partial<LogRecord>) => [fields, fields];
  const worst = windowsOf([
    { ip: "once", statusCode: 500 },
    ...twice({ ip: "\u{1F600}" }),
    ...twice({ ip: "\uFF5E" }),
    ...twice({ ip: "elsewhere", timestampUs: MINUTE }),
  ]).worst();
  assertEquals(worst?.suspiciousIps, ["\uFF5E", "\u{1F600}"]);
});

Deno.test("Windows suspiciousIps() wants more than the limit in one window", () => {
  const requests = (ip: string, counts: readonly number[]) =>
    counts.flatMap((count, k) =>
      Array.from({ length: count }, () => ({ ip, timestampUs: k * MINUTE }))
    );
  const windows = windowsOf([
    ...requests("at the limit", [3, 3, 3]),
    ...requests("twice over", [1, 4, 0, 5]),
    ...requests("peak", [6]),
    ...requests("also peak", [0, 6]),
  ], 3);
  assertEquals(windows.suspiciousIps(), [
    { ip: "also peak", peakRequests: 6, windows: 1, firstWindowUs: MINUTE },
    { ip: "peak", peakRequests: 6, windows: 1, firstWindowUs: 0 },
    { ip: "twice over", peakRequests: 5, windows: 2, firstWindowUs: MINUTE },
  ]);
});
