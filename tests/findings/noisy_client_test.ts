import { assertEquals } from "@std/assert";
import type { LogRecord } from "../../schema.ts";
import { countOf, findIn, firstOf, minuteOf, pick, range, requests } from "./make_logs.ts";

const LOUD = "192.0.2.99";

/** Requests of some clients in a minute, each so many. */
function clients(counts: readonly number[], minute = 0): LogRecord[] {
  return counts.flatMap((count, i) => requests(count, minute, { ip: `192.0.2.${i + 1}` }));
}

function loud(count: number, minute = 0, fields: Partial<LogRecord> = {}): LogRecord[] {
  return requests(count, minute, { ip: LOUD, ...fields });
}

Deno.test("noisy_client takes ten times the requests of the median client", () => {
  const others = clients([1, 10, 10, 20]);
  for (const [count, found] of [[90, 0], [99, 0], [100, 1]] as const) {
    assertEquals(countOf("noisy_client", [...others, ...loud(count)]), found, `${count}`);
  }
});

Deno.test("noisy_client is compared with the mean of both clients in the middle", () => {
  // Of 3, 3, 4 and the loud one the median is 3.5.
  const others = clients([3, 3, 4]);
  assertEquals(countOf("noisy_client", [...others, ...loud(34)]), 0);
  assertEquals(firstOf("noisy_client", [...others, ...loud(35)]).median_in_window, 3.5);
});

Deno.test("noisy_client takes 30 requests in a window, and none fewer", () => {
  const others = clients([1, 1]);
  assertEquals(countOf("noisy_client", [...others, ...loud(29)]), 0);
  assertEquals(countOf("noisy_client", [...others, ...loud(30)]), 1);
  assertEquals(
    countOf("noisy_client", [...others, ...loud(29), ...clients([1, 1], 1), ...loud(29, 1)]),
    0,
  );
});

Deno.test("noisy_client takes three clients in the window", () => {
  assertEquals(countOf("noisy_client", [...clients([1]), ...loud(3000)]), 0);
  assertEquals(countOf("noisy_client", [...clients([1, 1]), ...loud(3000)]), 1);
  const elsewhere = clients([1, 1], 1);
  assertEquals(countOf("noisy_client", [...clients([1]), ...loud(3000), ...elsewhere]), 0);
  assertEquals(countOf("noisy_client", loud(3000)), 0);
});

Deno.test("noisy_client does not count requests whose client is not known", () => {
  const unknown = requests(300, 0, { ip: "-" });
  assertEquals(countOf("noisy_client", [...clients([1, 1, 1]), ...unknown]), 0);
  assertEquals(countOf("noisy_client", [...clients([1]), ...unknown, ...loud(300)]), 0);
});

Deno.test("noisy_client tells the window of most requests, and in how many it was noisy", () => {
  const found = firstOf("noisy_client", [
    ...range(0, 4).flatMap((minute) => clients([1, 2, 3], minute)),
    ...[[0, 29], [1, 50], [2, 60], [3, 60]].flatMap(([minute, count]) => loud(count!, minute)),
    ...loud(2, 4, { statusCode: 404 }),
  ]);
  assertEquals(found, {
    rule: "noisy_client",
    severity: "warning",
    subject: LOUD,
    ip: LOUD,
    window: minuteOf(2),
    requests_in_window: 60,
    median_in_window: 2.5,
    windows: 3,
    requests: 201,
    failed_requests: 2,
    failed_endpoints: [],
    failed_endpoints_distinct: 0,
  });
});

Deno.test("noisy_client names three clients, the loudest first", () => {
  const records = [
    ...clients([1, 1, 1, 1, 1]),
    ...[50, 70, 40, 60].flatMap((count) => requests(count, 0, { ip: `198.51.100.${count}` })),
  ];
  assertEquals(pick("noisy_client", findIn(records)).map(({ ip }) => ip), [
    "198.51.100.70",
    "198.51.100.60",
    "198.51.100.50",
  ]);
});

Deno.test("noisy_client is an error if half of its requests fail, and half of all that failed is its own", () => {
  const severityOf = (failed: number, othersFailed: number) =>
    firstOf("noisy_client", [
      ...clients([1, 1]),
      ...loud(100 - failed),
      ...loud(failed, 0, { statusCode: 404 }),
      ...requests(othersFailed, 1, { statusCode: 500, ip: "192.0.2.1" }),
    ]).severity;
  assertEquals(severityOf(50, 50), "error");
  assertEquals(severityOf(49, 0), "warning");
  assertEquals(severityOf(50, 51), "warning");
});

Deno.test("noisy_client tells what failed in its window, if it made 80 % of it", () => {
  const failed = (ip: string, endpoint: string, count: number) =>
    requests(count, 0, { ip, endpoint, statusCode: 404 });
  const records = (own: number) => [
    ...clients([1, 1, 1]),
    ...failed("192.0.2.1", "/e", 10 - own),
    ...loud(30),
    ...failed(LOUD, "/a", 3),
    ...failed(LOUD, "/b", 2),
    ...failed(LOUD, "/c", 2),
    ...failed(LOUD, "/d", own - 7),
  ];
  const found = firstOf("noisy_client", records(8));
  assertEquals(found.failed_endpoints, ["/a", "/b", "/c"]);
  assertEquals(found.failed_endpoints_distinct, 5);
  const less = firstOf("noisy_client", records(7));
  assertEquals([less.failed_endpoints, less.failed_endpoints_distinct], [[], 0]);
});
