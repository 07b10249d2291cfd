import { assertEquals } from "@std/assert";
import * as bursts from "../../lib/findings/bursts.ts";
import * as routes from "../../lib/findings/failing_routes.ts";
import { findAll, MOST_FINDINGS } from "../../lib/findings/find.ts";
import * as clients from "../../lib/findings/noisy_clients.ts";
import * as settings from "../../lib/findings/settings_that_fit.ts";
import * as silence from "../../lib/findings/silence.ts";
import { analyze, findIn, range, requests, requestsIn } from "./make_logs.ts";

Deno.test("findAll has the numbers that the rules promise", () => {
  assertEquals(MOST_FINDINGS, 10);
  assertEquals(routes.LEAST_REQUESTS, 30);
  assertEquals(routes.LEAST_FAILURES, 5);
  assertEquals(routes.LEAST_RATIO, 5);
  assertEquals(routes.LEAST_DIFFERENCE, 0.01);
  assertEquals(routes.LEAST_Z, 5);
  assertEquals(bursts.LEAST_FAILURES, 5);
  assertEquals(bursts.LEAST_RATIO, 3);
  assertEquals(bursts.MOST_CHANCE, 0.001);
  assertEquals(bursts.LEAST_SHARE, 0.8);
  assertEquals([bursts.STEADY_RATE, bursts.STEADY_FAILURES], [0.05, 30]);
  assertEquals([bursts.SLOW_SHARE, bursts.LEAST_SLOW], [0.9, 10]);
  assertEquals([bursts.MOST_OF_SPAN, bursts.LEAST_SLOW_RATIO], [0.1, 3]);
  assertEquals([clients.LEAST_RATIO, clients.LEAST_REQUESTS, clients.LEAST_CLIENTS], [10, 30, 3]);
  assertEquals([settings.MOST_SUSPICIOUS, settings.LEAST_CLIENTS], [0.5, 3]);
  assertEquals([settings.LEAST_MEDIAN, settings.LEAST_REQUESTS], [10, 50]);
  assertEquals([silence.LEAST_WINDOWS, silence.LEAST_DUE], [3, 50]);
});

Deno.test("findAll finds nothing in no requests, and in one", () => {
  assertEquals(findIn([]), []);
  assertEquals(findIn(requests(1, 0, { statusCode: 500, responseTimeUs: 1e9 })), []);
});

/** Endpoints that fail far more often than the rest, in one minute; of every other one the server fails. */
function failingEndpoints(count: number) {
  return [
    ...requests(100_000, 0, { endpoint: "/healthy" }),
    ...range(1, count).flatMap((i) => [
      ...requests(30, 0, { endpoint: `/${i}` }),
      ...requests(10 + i, 0, { endpoint: `/${i}`, statusCode: i % 2 === 0 ? 500 : 404 }),
    ]),
  ];
}

Deno.test("findAll gives ten findings at most, and leaves out the least", () => {
  assertEquals(findIn(failingEndpoints(9)).length, 9);
  assertEquals(findIn(failingEndpoints(10)).length, 10);
  const found = findIn(failingEndpoints(12));
  assertEquals(found.length, 10);
  assertEquals(found.map(({ subject }) => subject), [
    ...["/12", "/10", "/8", "/6", "/4", "/2"],
    ...["/11", "/9", "/7", "/5"],
  ]);
});

Deno.test("findAll gives the most severe first, and of one severity those about most requests", () => {
  const records = [
    ...requestsIn([...range(0, 39), ...range(50, 99)], 9),
    // Warnings about 40 and 50 requests, an error about 32, and a silence of 90.
    ...requestsIn(range(0, 39), 1, { endpoint: "/gone", statusCode: 404 }),
    ...requests(50, 70, { responseTimeUs: 2_000_000 }),
    ...requests(32, 20, { endpoint: "/", statusCode: 500 }),
  ];
  assertEquals(findIn(records).map(({ rule, severity }) => [rule, severity]), [
    ["silence", "error"],
    ["failure_burst", "error"],
    ["slow_burst", "warning"],
    ["never_succeeds", "warning"],
    ["sparse_windows", "info"],
  ]);
});

Deno.test("findAll changes nothing of an analysis", () => {
  const analysis = analyze(failingEndpoints(3)), before = JSON.stringify(analysis);
  const found = findAll(analysis);
  assertEquals(found.length, 3);
  assertEquals(JSON.stringify(analysis), before);
  const { windows, timeline } = analysis.answers;
  const [suspicious, steps, worst] = [
    windows.suspiciousIps(),
    timeline.result(),
    windows.worst(),
  ];
  assertEquals(findAll(analysis, { suspicious, steps, worst }), found);
});
