import { assertAlmostEquals, assertEquals } from "@std/assert";
import { countOf, findIn, firstOf, pick, range, requests, requestsIn } from "./make_logs.ts";

const NEVER = { endpoint: "/gone", statusCode: 404 };
const healthy = requests(1000, 0, { endpoint: "/healthy" });

/** Requests to an endpoint of which some fail; all in one minute, so that there is no burst. */
function failing(all: number, failed: number, endpoint = "/bad", statusCode = 500) {
  return [
    ...requests(all - failed, 0, { endpoint }),
    ...requests(failed, 0, { endpoint, statusCode }),
  ];
}

Deno.test("never_succeeds takes 30 requests of a route, and none fewer", () => {
  assertEquals(countOf("never_succeeds", [...healthy, ...requests(29, 0, NEVER)]), 0);
  assertEquals(countOf("never_succeeds", [...healthy, ...requests(30, 0, NEVER)]), 1);
});

Deno.test("never_succeeds is not said of a route that succeeded once", () => {
  const once = requests(1, 0, { endpoint: "/gone", statusCode: 399 });
  assertEquals(countOf("never_succeeds", [...requests(300, 0, NEVER), ...once]), 0);
  const more = requests(1, 0, { endpoint: "/gone", statusCode: 400 });
  assertEquals(countOf("never_succeeds", [...requests(300, 0, NEVER), ...more]), 1);
});

Deno.test("never_succeeds tells the methods of an endpoint apart", () => {
  const found = firstOf("never_succeeds", [
    ...requests(50, 0, { endpoint: "/orders" }),
    ...requests(30, 0, { method: "PUT", endpoint: "/orders", statusCode: 405 }),
    ...requests(29, 0, { method: "DELETE", endpoint: "/orders", statusCode: 405 }),
  ]);
  assertEquals(found.routes, [
    { method: "PUT", endpoint: "/orders", statuses: [405], requests: 30 },
  ]);
  assertEquals(found.subject, "PUT /orders");
});

Deno.test("never_succeeds tells the statuses of a route, most frequent first, and its share of all failures", () => {
  const found = firstOf("never_succeeds", [
    ...healthy,
    ...requests(10, 0, { endpoint: "/gone", statusCode: 410 }),
    ...requests(20, 0, NEVER),
    ...failing(1000, 90),
  ]);
  assertEquals(found.routes, [
    { method: "GET", endpoint: "/gone", statuses: [404, 410], requests: 30 },
  ]);
  assertEquals([found.distinct, found.failed_requests], [1, 30]);
  assertEquals(found.share_of_failures, 0.25);
});

Deno.test("never_succeeds names ten routes, those with most requests first, and counts them all", () => {
  const records = range(30, 40).flatMap((count) =>
    requests(count, 0, { endpoint: `/gone/${count}`, statusCode: 404 })
  );
  const found = firstOf("never_succeeds", [...healthy, ...records]);
  assertEquals(found.routes.map((route) => route.requests), range(31, 40).toReversed());
  assertEquals(found.distinct, 11);
  assertEquals(found.failed_requests, 385);
  assertEquals(found.share_of_failures, 1);
  assertEquals(found.subject, "GET /gone/40, GET /gone/39, GET /gone/38");
});

Deno.test("never_succeeds is an error if some of it is the server's", () => {
  for (
    const [statusCode, severity] of [[499, "warning"], [500, "error"], [599, "error"]] as const
  ) {
    const one = requests(1, 0, { endpoint: "/gone", statusCode });
    const found = firstOf("never_succeeds", [...requests(30, 0, NEVER), ...one]);
    assertEquals(found.severity, severity, `${statusCode}`);
  }
});

Deno.test("failing_endpoint takes 30 requests, and none fewer", () => {
  assertEquals(countOf("failing_endpoint", [...healthy, ...failing(29, 20)]), 0);
  assertEquals(countOf("failing_endpoint", [...healthy, ...failing(30, 20)]), 1);
});

Deno.test("failing_endpoint takes 5 failures, and none fewer", () => {
  assertEquals(countOf("failing_endpoint", [...healthy, ...failing(30, 4)]), 0);
  assertEquals(countOf("failing_endpoint", [...healthy, ...failing(30, 5)]), 1);
});

Deno.test("failing_endpoint takes five times the rate of the rest", () => {
  const rest = failing(12_800, 100, "/rest");
  assertEquals(countOf("failing_endpoint", [...rest, ...failing(1280, 49)]), 0);
  const found = firstOf("failing_endpoint", [...rest, ...failing(1280, 50)]);
  assertEquals([found.error_rate, found.error_rate_of_rest], [5 / 128, 1 / 128]);
});

Deno.test("failing_endpoint takes a point more than the rate of the rest", () => {
  const rest = requests(9000, 0, { endpoint: "/rest" });
  assertEquals(countOf("failing_endpoint", [...rest, ...failing(1001, 10)]), 0);
  assertEquals(countOf("failing_endpoint", [...rest, ...failing(1000, 10)]), 1);
  // Eleven times the rest, of which 0.1 % fail, less a little and more than a little.
  const some = failing(8000, 8, "/rest");
  assertEquals(countOf("failing_endpoint", [...some, ...failing(10_000, 109)]), 0);
  assertEquals(countOf("failing_endpoint", [...some, ...failing(10_000, 111)]), 1);
});

Deno.test("failing_endpoint takes a difference of more than five standard errors", () => {
  const rest = requests(100, 0, { endpoint: "/rest" });
  // z is 4.97 and 5.10.
  assertEquals(countOf("failing_endpoint", [...rest, ...failing(100, 22)]), 0);
  assertEquals(countOf("failing_endpoint", [...rest, ...failing(100, 23)]), 1);
});

Deno.test("failing_endpoint is not said where there is no other endpoint", () => {
  assertEquals(countOf("failing_endpoint", failing(1000, 500)), 0);
});

Deno.test("failing_endpoint counts requests without an endpoint among the rest", () => {
  const without = requests(1000, 0, { endpoint: "-", statusCode: 408 });
  assertEquals(countOf("failing_endpoint", [...healthy, ...failing(100, 50)]), 1);
  assertEquals(countOf("failing_endpoint", [...healthy, ...without, ...failing(100, 50)]), 0);
});

Deno.test("failing_endpoint tells how many failed, and is an error if half of it is the server's", () => {
  const half = [...failing(100, 10), ...requests(10, 0, { endpoint: "/bad", statusCode: 404 })];
  const found = firstOf("failing_endpoint", [...healthy, ...half]);
  assertEquals([found.endpoint, found.subject], ["/bad", "/bad"]);
  assertEquals([found.requests, found.failed_requests], [110, 20]);
  assertAlmostEquals(found.error_rate, 20 / 110);
  assertEquals(found.error_rate_of_rest, 0);
  assertEquals(found.severity, "error");
  const less = [...half, ...requests(1, 0, { endpoint: "/bad", statusCode: 404 })];
  assertEquals(firstOf("failing_endpoint", [...healthy, ...less]).severity, "warning");
});

Deno.test("failing_endpoint is not said of what never_succeeds tells alone", () => {
  const put = requests(30, 0, { method: "PUT", endpoint: "/bad", statusCode: 405 });
  const records = [...healthy, ...put, ...requests(30, 0, { endpoint: "/bad" })];
  assertEquals(findIn(records).map(({ rule }) => rule), ["never_succeeds"]);
  const one = requests(1, 0, { endpoint: "/bad", statusCode: 500 });
  assertEquals(countOf("failing_endpoint", [...records, ...one]), 1);
});

/** A hundred minutes in which an endpoint fails 80 times in one minute, and as often as told at other times. */
function burst(atOtherTimes: number) {
  return [
    ...requestsIn(range(0, 99), 20, { endpoint: "/healthy" }),
    ...requestsIn(range(0, 99), 3, { endpoint: "/bad" }),
    ...requests(80, 50, { endpoint: "/bad", statusCode: 503 }),
    ...requestsIn(range(1, atOtherTimes), 1, { endpoint: "/bad", statusCode: 503 }),
  ];
}

Deno.test("failing_endpoint is said where an endpoint stands out apart from its burst too", () => {
  const [only, also] = [findIn(burst(4)), findIn(burst(5))];
  assertEquals(only.map(({ rule }) => rule), ["failure_burst"]);
  assertEquals(also.map(({ rule }) => rule), ["failing_endpoint", "failure_burst"]);
  for (const findings of [only, also]) {
    const [one] = pick("failure_burst", findings);
    assertEquals([one?.endpoint, one?.failed_requests], ["/bad", 80]);
  }
});

Deno.test("failing_endpoint is said where a burst is of another endpoint, or of none", () => {
  const spread = requestsIn(range(0, 99), 1, { endpoint: "/other", statusCode: 500 });
  const fine = requestsIn(range(0, 99), 2, { endpoint: "/other" });
  const found = findIn([...burst(0), ...spread, ...fine]);
  assertEquals(pick("failing_endpoint", found).map(({ endpoint }) => endpoint), ["/other"]);
  assertEquals(pick("failure_burst", found).map(({ endpoint }) => endpoint), ["/bad"]);
});
