import { assert, assertEquals } from "@std/assert";
import { LENGTHS } from "../../lib/findings/settings_that_fit.ts";
import type { LogRecord } from "../../schema.ts";
import { analyze, countOf, firstOf, range, requests, requestsIn } from "./make_logs.ts";

/** Requests of some clients in a minute of each its own, each so many. */
function peaks(...counts: readonly number[]): LogRecord[] {
  return counts.flatMap((count, i) => requests(count, i, { ip: `192.0.2.${i + 1}` }));
}

Deno.test("threshold_parts_nobody takes more than half of the clients", () => {
  assertEquals(countOf("threshold_parts_nobody", peaks(26, 26, 25, 25)), 0);
  assertEquals(countOf("threshold_parts_nobody", peaks(26, 26, 26, 25, 25)), 1);
  assertEquals(countOf("threshold_parts_nobody", peaks(26, 26, 26, 25, 25, 1)), 0);
});

Deno.test("threshold_parts_nobody takes three clients, and none fewer", () => {
  assertEquals(countOf("threshold_parts_nobody", peaks(26, 30)), 0);
  assertEquals(countOf("threshold_parts_nobody", peaks(26, 30, 1)), 1);
});

Deno.test("threshold_parts_nobody names the smallest round number that parts them", () => {
  const found = firstOf("threshold_parts_nobody", peaks(26, 30, 40, 60, 120));
  assertEquals(found, {
    rule: "threshold_parts_nobody",
    severity: "info",
    subject: "5 of 5 clients are suspicious",
    suspicious: 5,
    clients: 5,
    suspicious_over: 25,
    better: 50,
    suspicious_above_better: 2,
  });
  const higher = firstOf("threshold_parts_nobody", peaks(60, 70, 70, 101));
  assertEquals([higher.better, higher.suspicious_above_better], [100, 1]);
});

Deno.test("threshold_parts_nobody names the peak in the middle where no round number parts them", () => {
  const found = firstOf("threshold_parts_nobody", peaks(26, 27, 28, 29));
  assertEquals([found.better, found.suspicious_above_better], [27, 2]);
  const high = firstOf("threshold_parts_nobody", peaks(101, 140, 150, 160, 170));
  assertEquals([high.better, high.suspicious_above_better], [150, 2]);
});

Deno.test("threshold_parts_nobody names none where all clients are alike", () => {
  const found = firstOf("threshold_parts_nobody", peaks(30, 30, 30));
  assertEquals([found.better, found.suspicious_above_better], [null, null]);
  assertEquals(firstOf("threshold_parts_nobody", peaks(30, 30, 30, 1)).better, null);
});

Deno.test("threshold_parts_nobody names a threshold that parts them, and at which it is not said", () => {
  for (const counts of [[3, 4, 5], [9, 10, 11, 12, 200], [1000, 1200, 2600], [7, 7, 7, 8]]) {
    for (const suspiciousOver of [0, 1, 2]) {
      const records = peaks(...counts), options = { suspiciousOver };
      const { better, suspicious_above_better: above } = firstOf(
        "threshold_parts_nobody",
        records,
        options,
      );
      assert(better !== null && better > suspiciousOver);
      const atBetter = { suspiciousOver: better ?? NaN };
      const analysis = analyze(records, atBetter);
      assertEquals(analysis.answers.windows.suspiciousIps().size, above);
      assert(above! > 0 && 2 * above! <= counts.length);
      assertEquals(countOf("threshold_parts_nobody", records, atBetter), 0);
    }
  }
});

Deno.test("sparse_windows takes 50 requests, and none fewer", () => {
  const most = requestsIn(range(0, 8), 5);
  assertEquals(countOf("sparse_windows", [...most, ...requests(4, 9)]), 0);
  assertEquals(countOf("sparse_windows", [...most, ...requests(5, 9)]), 1);
});

Deno.test("sparse_windows takes a median below 10", () => {
  assertEquals(countOf("sparse_windows", requestsIn(range(0, 5), 9)), 1);
  assertEquals(countOf("sparse_windows", requestsIn(range(0, 5), 10)), 0);
  const mixed = [...requestsIn([0, 1, 2], 9), ...requestsIn([3, 4, 5], 10)];
  assertEquals(firstOf("sparse_windows", mixed).median_requests, 9.5);
  assertEquals(countOf("sparse_windows", [...mixed, ...requests(10, 6)]), 0);
});

Deno.test("sparse_windows takes the windows that have a request", () => {
  const busy = requestsIn([0, 100, 200, 300, 400], 10);
  assertEquals(countOf("sparse_windows", busy), 0);
  assertEquals(countOf("sparse_windows", [...busy, ...requestsIn(range(1, 5), 9)]), 1);
});

Deno.test("sparse_windows names the shortest usual length that fits", () => {
  assertEquals(firstOf("sparse_windows", requestsIn(range(0, 59), 2)), {
    rule: "sparse_windows",
    severity: "info",
    subject: "windows of 60 s",
    window_seconds: 60,
    median_requests: 2,
    better_seconds: 300,
  });
  assertEquals(firstOf("sparse_windows", requestsIn(range(0, 59), 1)).better_seconds, 600);
  // Two weeks apart.
  const rare = requestsIn(range(0, 59).map((i) => 20_160 * i), 1);
  assertEquals(firstOf("sparse_windows", rare).better_seconds, null);
});

Deno.test("sparse_windows names a length at which it is not said, and every shorter one is too short", () => {
  for (const [i, seconds] of LENGTHS.slice(1).entries()) assertEquals(seconds % LENGTHS[i]!, 0);
  for (
    const [count, everyMinutes] of [[1, 1], [3, 1], [9, 2], [1, 7], [2, 45], [1, 600]] as const
  ) {
    const records = requestsIn(range(0, 99).map((i) => i * everyMinutes), count);
    const { better_seconds: better } = firstOf("sparse_windows", records);
    for (const seconds of LENGTHS) {
      if (seconds < 60) continue;
      const found = countOf("sparse_windows", records, { windowUs: seconds * 1_000_000 });
      if (seconds < better!) assertEquals(found, 1, `${seconds}`);
      if (seconds === better) assertEquals(found, 0, `${seconds}`);
    }
  }
});
