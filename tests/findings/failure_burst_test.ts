import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { LogRecord } from "../../schema.ts";
import {
  countOf,
  findIn,
  firstOf,
  minuteOf,
  pick,
  range,
  requests,
  requestsIn,
} from "./make_logs.ts";

const FAILED = { statusCode: 500 };

/** Requests in a minute of which some fail. */
function minuteWith(minute: number, all: number, failed: number): LogRecord[] {
  return [...requests(all - failed, minute), ...requests(failed, minute, FAILED)];
}

/** Minutes from 0 on with `all` requests in all and `failed` failures, both as even as can be; none in `without`. */
function evenly(minutes: number, all: number, failed: number, without: number): LogRecord[] {
  const others = range(0, minutes - 1).filter((minute) => minute !== without);
  const share = (sum: number, i: number) =>
    Math.floor(sum * (i + 1) / others.length) - Math.floor(sum * i / others.length);
  return others.flatMap((minute, i) => minuteWith(minute, share(all, i), share(failed, i)));
}

Deno.test("failure_burst takes 5 failures, and none fewer", () => {
  const quiet = evenly(100, 6000, 0, 50);
  assertEquals(countOf("failure_burst", [...quiet, ...minuteWith(50, 60, 4)]), 0);
  assertEquals(countOf("failure_burst", [...quiet, ...minuteWith(50, 60, 5)]), 1);
});

Deno.test("failure_burst takes three times what is usual", () => {
  // One more failure among one more request is one of ten.
  const usual = evenly(51, 9999, 999, 25);
  assertEquals(countOf("failure_burst", [...usual, ...minuteWith(25, 1000, 299)]), 0);
  const found = firstOf("failure_burst", [...usual, ...minuteWith(25, 1000, 300)]);
  assertEquals([found.requests, found.failed_requests], [1000, 300]);
  assertAlmostEquals(found.usual_error_rate, 999 / 9999);
});

Deno.test("failure_burst takes a chance below one in a thousand over all stretches", () => {
  // Of 55 stretches, where one is usual, the chance of 8 is 0.00056. But what is usual is known of 8 failures only:
  // that 8 of all 16 fall into a tenth of the requests has the chance 0.0034, 9 of 17 has 0.00063.
  const short = evenly(10, 899, 8, 5);
  assertEquals(countOf("failure_burst", [...short, ...minuteWith(5, 100, 8)]), 0);
  assertEquals(countOf("failure_burst", [...short, ...minuteWith(5, 100, 9)]), 1);
  // Of 5050 stretches: that of 9 is 0.0057, that of 10 is 0.00056.
  const long = evenly(100, 9899, 98, 50);
  assertEquals(countOf("failure_burst", [...long, ...minuteWith(50, 100, 9)]), 0);
  assertEquals(countOf("failure_burst", [...long, ...minuteWith(50, 100, 10)]), 1);
});

Deno.test("failure_burst begins with the first window of it and ends with the last", () => {
  const found = firstOf("failure_burst", [
    ...requestsIn([...range(0, 39), ...range(44, 99)], 60),
    ...requestsIn([10, 30, 60, 90], 1, FAILED),
    ...range(40, 43).flatMap((minute) => minuteWith(minute, 60, 15)),
  ]);
  assertEquals([found.start, found.end], [minuteOf(40), minuteOf(44)]);
  assertEquals(found.subject, `${found.start} – ${found.end} / 500 192.0.2.1`);
  assertEquals([found.requests, found.failed_requests, found.error_rate], [240, 60, 0.25]);
  assertEquals(found.share_of_failures, 60 / 64);
  assertAlmostEquals(found.usual_error_rate, 4 / 5764, 0.0002);
});

Deno.test("failure_burst is the larger one of two", () => {
  const found = firstOf("failure_burst", [
    ...requestsIn(range(0, 99), 60),
    ...requests(20, 20, FAILED),
    ...requests(25, 70, FAILED),
  ]);
  assertEquals([found.start, found.failed_requests], [minuteOf(70), 25]);
});

Deno.test("failure_burst is none where requests come, and fail as often as usual", () => {
  const records = [
    ...range(0, 99).flatMap((minute) => minuteWith(minute, 50, minute % 2)),
    ...range(40, 44).flatMap((minute) => minuteWith(minute, 1000, 10)),
  ];
  assertEquals(findIn(records).filter(({ severity }) => severity !== "info"), []);
});

Deno.test("failure_burst is none where a whole log fails", () => {
  const one = requests(300, 7, FAILED);
  assertEquals(countOf("failure_burst", one), 0);
  assertEquals(countOf("failure_burst", requestsIn(range(0, 9), 30, FAILED)), 0);
});

Deno.test("failure_burst names the endpoint, the status and the client that make 80 % of it", () => {
  const quiet = requestsIn(range(0, 99), 60, { ip: "192.0.2.9" });
  const own = { endpoint: "/a", statusCode: 503, ip: "192.0.2.7" };
  const other = { endpoint: "/b", statusCode: 404, ip: "192.0.2.8" };
  const named = [
    ["endpoint", "/a", 0],
    ["statusCode", 503, 1],
    ["ip", "192.0.2.7", 2],
  ] as const;
  for (const [field, value, place] of named) {
    const namesIn = (most: number) => {
      const fields = { ...own, [field]: other[field] };
      const { endpoint, status, client } = firstOf("failure_burst", [
        ...quiet,
        ...requests(most, 50, own),
        ...requests(10 - most, 50, fields),
      ]);
      return [endpoint, status, client];
    };
    const all = ["/a", 503, "192.0.2.7"];
    assertEquals(namesIn(8), all);
    assertEquals(namesIn(8)[place], value);
    assertEquals(namesIn(7), all.with(place, null as never));
  }
});

Deno.test("failure_burst names what makes most of all its windows together", () => {
  const found = firstOf("failure_burst", [
    ...requestsIn(range(0, 99), 60),
    ...requests(10, 50, { endpoint: "/a", statusCode: 503 }),
    ...requests(30, 51, { endpoint: "/a", statusCode: 503 }),
    ...requests(10, 51, { endpoint: "/b", statusCode: 502, ip: "-" }),
  ]);
  assertEquals([found.endpoint, found.status, found.client], ["/a", 503, "192.0.2.1"]);
});

Deno.test("failure_burst names no endpoint and no client where none is known", () => {
  const found = firstOf("failure_burst", [
    ...requestsIn(range(0, 99), 60),
    ...requests(20, 50, { endpoint: "-", ip: "-", statusCode: 408 }),
  ]);
  assertEquals([found.endpoint, found.status, found.client], [null, 408, null]);
  assert(found.subject.endsWith(" 408"));
});

Deno.test("failure_burst is an error if half of it is the server's", () => {
  for (const [server, severity] of [[5, "error"], [4, "warning"]] as const) {
    const found = firstOf("failure_burst", [
      ...requestsIn(range(0, 99), 60),
      ...requests(server, 50, { statusCode: 599 }),
      ...requests(10 - server, 50, { statusCode: 499 }),
    ]);
    assertEquals(found.severity, severity);
  }
});

/** Ten minutes, of whose requests some fail, at no time more than at others. */
function steadily(all: number, failed: number): LogRecord[] {
  return evenly(10, all, failed, -1);
}

Deno.test("steady_failures takes 5 % of all requests", () => {
  assertEquals(countOf("steady_failures", steadily(601, 30)), 0);
  assertEquals(countOf("steady_failures", steadily(600, 30)), 1);
});

Deno.test("steady_failures takes 30 failures, and none fewer", () => {
  assertEquals(countOf("steady_failures", steadily(290, 29)), 0);
  assertEquals(countOf("steady_failures", steadily(290, 30)), 1);
});

Deno.test("steady_failures tells the rate, and that of the worst window", () => {
  const found = firstOf("steady_failures", [...steadily(600, 60), ...minuteWith(5, 20, 6)]);
  assertEquals([found.failed_requests, found.severity], [66, "info"]);
  assertAlmostEquals(found.error_rate, 66 / 620);
  assertAlmostEquals(found.error_rate_of_worst_window ?? NaN, 12 / 80);
});

Deno.test("steady_failures are not said where there is a burst", () => {
  const found = findIn([...steadily(600, 60), ...minuteWith(5, 100, 100)]);
  assertEquals(pick("steady_failures", found), []);
  assertEquals(pick("failure_burst", found).map(({ start }) => start), [minuteOf(5)]);
});

Deno.test("failure_burst is an outage however much of the log it takes", () => {
  for (const minutes of [5, 60, 95, 100, 120, 170]) {
    for (const failed of [20, 60]) {
      const found = firstOf("failure_burst", [
        ...requestsIn([...range(0, 4), ...range(5 + minutes, 180)], 60),
        ...range(5, 4 + minutes).flatMap((minute) => minuteWith(minute, 60, failed)),
      ]);
      assertEquals([found.start, found.end], [minuteOf(5), minuteOf(5 + minutes)]);
      assertEquals(found.usual_error_rate, 0);
    }
  }
});
