import { assertEquals, assertThrows } from "@std/assert";
import { parseTimestamp } from "../../schema.ts";
import { makeRecord } from "../support/make_record.ts";
import { analyse, type Json, merge, sign, signBytes, stateOf } from "../support/states.ts";

type Members = { [name: string]: Json };
// deno-lint-ignore no-explicit-any -- a path into a state is as long as it is
type Open = any;

const OPTIONS = { windowUs: 60_000_000, suspiciousOver: 1, slowOverUs: 8, exactPercentilesUpTo: 2 };
const MINUTE = 60_000_000;
const FIRST_US = parseTimestamp("1684-07-29T00:00:00")!;
const LAST_US = parseTimestamp("2255-06-04T23:59:59.999999")!;
const most = Number.MAX_SAFE_INTEGER;

/** Four requests in three windows of a minute, of two endpoints and clients. */
function goodState(windowUs = MINUTE): Members {
  return stateOf(analyse([
    makeRecord({ endpoint: "/a", statusCode: 200, responseTimeUs: 0, timestampUs: 0 }),
    makeRecord({ endpoint: "/a", statusCode: 404, responseTimeUs: 7, timestampUs: MINUTE }),
    makeRecord({
      endpoint: "/b",
      statusCode: 500,
      ip: "::1",
      responseTimeUs: 9,
      timestampUs: MINUTE,
    }),
    makeRecord({ endpoint: "-", statusCode: 600, timestampUs: 2 * MINUTE }),
  ], { ...OPTIONS, windowUs }));
}

function changed(change: (analysis: Open) => void, windowUs = MINUTE): Uint8Array {
  const state = goodState(windowUs);
  change(state["analysis"]);
  return sign(state);
}

/** Has the one request of a state come at another time, in all members. */
function oneAt(us: number, windowUs: number): Uint8Array {
  const state = stateOf(
    analyse([makeRecord({ statusCode: 500 })], { ...OPTIONS, windowUs }),
  ) as Open;
  const index = Math.floor(us / windowUs);
  state.analysis.span = [us, us];
  state.analysis.windows.worst.numbers = [index];
  state.analysis.windows.pairs.numbers = [index];
  state.analysis.timeline.indexes = [index];
  state.analysis.windows.failures.numbers = [index];
  return sign(state);
}

/** The place of a text of what failed that begins with a letter. */
function lettered(analysis: Open, letter: string): number {
  return analysis.windows.failures.texts.findIndex((text: string) => text.startsWith(letter));
}

Deno.test("a state whose members agree is taken", () => {
  assertEquals(merge([changed(() => {})]).lines.records(), 4);
});

Deno.test("a state whose times lie outside all dates is refused, and one at their edge taken", () => {
  for (const windowUs of [1000, MINUTE, 86_400_000_000, 9_000_000_000_000_000]) {
    for (const us of [FIRST_US, LAST_US]) merge([oneAt(us, windowUs)]);
    for (const us of [FIRST_US - 1, LAST_US + 1]) {
      assertThrows(() => merge([oneAt(us, windowUs)]), SyntaxError, "span: expected times within");
    }
  }
});

Deno.test("a state whose members contradict each other is refused, and told where", () => {
  const cases: readonly (readonly [change: (a: Open) => void, message: string])[] = [
    [(a) => a.lines.records = 3, "outcomes: expected 3 requests, one a record, not 4"],
    [(a) => a.lines.records = 5, "outcomes: expected 5 requests"],
    [(a) => a.outcomes.failed_4xx = [3], "outcomes: expected no more failures"],
    [(a) => a.outcomes.failed_4xx = [2], "kinds.statuses: expected those of the outcomes"],
    [(a) => a.span = [], "span: expected two times"],
    [(a) => a.span = [0], "span: expected two times"],
    [(a) => a.span.reverse(), "span: expected the first time before the last"],
    [(a) => a.kinds.statuses["200"] = 2, "kinds.statuses"],
    [(a) => a.kinds.statuses["099"] = 1, "statuses: expected three digits"],
    [(a) => a.kinds.statuses["1000"] = 1, "statuses: expected three digits"],
    [(a) => a.kinds.methods.counts = [5], "kinds.methods: expected counts up to 4"],
    [(a) => a.kinds.methods.counts = [3], "kinds.methods: expected counts that add up to 4, not 3"],
    [(a) => a.kinds.methods.missing = 1, "kinds.methods: expected keys missing only where"],
    [(a) => a.kinds.methods.errors = [1], "kinds.methods: expected errors up to 0"],
    [
      (a) => a.kinds.methods.texts = ["x".repeat(132)],
      "kinds.methods: expected texts of at most 128",
    ],
    [(a) => a.response_times.step = 3, "step: expected the window's length"],
    [(a) => a.response_times.indexes[1] = 3, "response_times: expected windows within the span"],
    [(a) => a.response_times.indexes[1] = 0, "indexes: expected each step once"],
    [(a) => a.response_times.times[0].values = [], "times: expected a time in each step"],
    [
      (a) => a.windows.failures.numbers[0] = 3,
      "windows.failures: expected windows within the span, not 3",
    ],
    [
      (a) => a.windows.failures.counts[0] = 2,
      "windows.failures: expected counts of clients that add up to 3, not 4",
    ],
    [
      (a) => a.windows.failures.texts[lettered(a, "e")] = "e-",
      "windows.failures: expected targets",
    ],
    [
      (a) => a.windows.failures.texts[lettered(a, "s")] = "s399",
      "windows.failures: expected endpoints, statuses of failures",
    ],
    [
      (a) => a.windows.failures.texts[lettered(a, "c")] = "c-",
      "windows.failures: expected clients",
    ],
    [(a) => a.windows.failures.missing = 10, "windows.failures: expected no more missing"],
    [(a) => a.windows.failures.errors = Array(9).fill(1), "errors: expected 8 items"],
    [(a) => a.extremes.pop(), "extremes: expected two requests or none"],
    [(a) => a.extremes = [], "extremes: expected the fastest"],
    [(a) => a.extremes.reverse(), "extremes: expected response times that came"],
    [(a) => a.extremes[1].response_time = 10, "extremes: expected response times that came"],
    [(a) => a.extremes[1].response_time = 1e15 + 1, "extremes: expected response times up to"],
    [(a) => a.extremes[0].timestamp = -1, "extremes: expected times within the span"],
    [(a) => a.extremes[0].timestamp = 2 * MINUTE + 1, "extremes: expected times within the span"],
    [(a) => a.extremes[0].texts = ["-", "GET"], "extremes: expected requests that have a target"],
    [(a) => a.extremes[0].texts = ["/\uD83D", "GET"], "texts: expected well-formed texts"],
    [(a) => a.endpoints.without_endpoint = 2, "endpoints: expected 4 requests"],
    [(a) => a.endpoints.failed = 4, "endpoints: expected no more failures"],
    [(a) => a.endpoints.failed = 1, "endpoints: expected the failures of all"],
    [
      (a) => a.endpoints.keys.texts[0] = "/" + "x".repeat(1027),
      "endpoints.keys: expected texts of",
    ],
    [(a) => a.endpoints.keys.texts[0] = "x".repeat(200_000), "texts: expected texts of at most"],
    [(a) => a.endpoints.keys.texts[0] = "/\u0000", "endpoints.keys: expected targets"],
    [(a) => a.endpoints.keys.texts[0] = "/b", "counts: expected each key once"],
    [(a) => a.endpoints.keys.counts[0] = 0, "endpoints.keys: expected counts above their errors"],
    [(a) => a.endpoints.outcomes.requests[0] = 1, "endpoints.outcomes: expected the requests"],
    [
      (a) => a.endpoints.outcomes.failed_5xx[1] = 2,
      "endpoints.outcomes: expected no more failures",
    ],
    [(a) => a.endpoints.outcomes.failed_5xx[0] = 1, "endpoints.times: expected no more durations"],
    [(a) => a.endpoints.outcomes.failed_4xx[0] = 0, "endpoints.failed_times: expected no more"],
    [
      (a) => a.endpoints.times[1].values.push(9),
      "endpoints.times: expected no more durations than 0",
    ],
    [
      (a) => a.endpoints.failed_times[1].values.push(9),
      "endpoints.failed_times: expected no more durations than 1",
    ],
    [(a) => a.endpoints.times[0].values = [1e15 + 1], "endpoints.times: expected durations up to"],
    [(a) => a.clients.failed[0] = 4, "clients.failed: expected no more failures than requests"],
    [(a) => a.clients.failed[1] = 0, "clients.failed: expected the 3 failures"],
    [
      (a) => a.clients.keys.texts[0] = "x".repeat(132),
      "clients.keys: expected texts of at most 128",
    ],
    [(a) => a.clients.without_client = 1, "clients.keys: expected counts that add up to 3, not 4"],
    [(a) => a.clients.keys.texts[0] = "-", "clients.keys: expected clients"],
    [(a) => a.windows.pairs.texts[0] = "", "windows.pairs: expected clients"],
    [(a) => a.windows.requests = 3, "windows.requests: expected 4, one a record"],
    [
      (a) => a.windows.worst.numbers[0] = -1,
      "windows.worst: expected windows within the span, not -1",
    ],
    [
      (a) => a.windows.worst.numbers[0] = 3,
      "windows.worst: expected windows within the span, not 3",
    ],
    [(a) => a.windows.worst.numbers[0] = most, `windows within the span, not ${most}`],
    [(a) => a.windows.worst.counts[0] = 1, "windows.worst: expected counts that add up to 3"],
    [(a) => a.windows.worst.texts = ["", "", "a"], "windows.worst: expected numbers alone"],
    [(a) => a.windows.outcomes.requests[0] = 0, "windows.outcomes: expected a request in each"],
    [(a) => a.windows.outcomes.requests[0] = 2, "windows.outcomes: expected no more requests"],
    [(a) => a.windows.outcomes.failed_other[2] = 0, "windows.outcomes: expected the failures"],
    [(a) => a.outcomes.slow = [5], "outcomes: expected no more slow requests than came"],
    [(a) => a.outcomes.slow = [4], "outcomes: expected no more slow requests than the 3"],
    [(a) => delete a.outcomes.slow, "outcomes: expected slow requests where times are above"],
    [(a) => a.endpoints.slow = 2, "endpoints: expected no more slow requests than were slow"],
    [(a) => a.endpoints.slow = 0, "endpoints.outcomes: expected 0 slow requests"],
    [(a) => a.endpoints.outcomes.slow = [0, 2], "endpoints.outcomes: expected no more slow"],
    [(a) => a.endpoints.routes.counts[0] = 2, "endpoints.routes: expected the requests of each"],
    [(a) => a.endpoints.routes.kinds[0] = 501, "endpoints.routes: expected the failures of each"],
    [
      (a) => a.endpoints.routes.methods[0] = "x".repeat(132),
      "endpoints.routes: expected texts of at most 128",
    ],
    [(a) => a.windows.outcomes.slow = [2, 0, 0], "windows.outcomes: expected no more slow"],
    [(a) => a.windows.times.counts[0] = 9, "windows.times: expected no more times than requests"],
    [(a) => delete a.windows.times.counts, "windows.times: expected"],
    [(a) => a.windows.times.low[0] = 2 ** 32, "windows.times: expected a low part below 2^32"],
    [(a) => a.windows.times.high = [2 ** 20, 0, 0], "windows.times: expected times up to"],
    [(a) => delete a.windows.times.low, "windows.times: expected sums that slow requests make"],
    [(a) => a.timeline.outcomes.slow = [0, 0, 0], "timeline.outcomes: expected all requests"],
    [(a) => a.windows.pairs.numbers[0] = -1, "windows.pairs: expected windows within the span"],
    [
      (a) => a.windows.pairs.counts[0] = 2,
      "windows.pairs: expected counts that add up to 4, not 5",
    ],
    [(a) => a.windows.pairs.missing = 5, "windows.pairs: expected no more missing than came"],
    [(a) => a.windows.pairs.texts[0] = "x".repeat(132), "windows.pairs: expected texts of at most"],
    [(a) => a.timeline.step = 3 * MINUTE, "step: expected the window's length times a power of 2"],
    [(a) => a.timeline.step = MINUTE * 2 ** 40, "step: expected the window's length times"],
    [(a) => a.timeline.indexes[0] = -1, "timeline: expected windows within the span, not -1"],
    [(a) => a.timeline.indexes[0] = 1, "indexes: expected each step once"],
    [(a) => a.timeline.outcomes.requests[0] = 2, "timeline.outcomes: expected all requests"],
    [(a) => a.timeline.outcomes.requests[0] = 0, "timeline.outcomes: expected a request in each"],
    [(a) => a.timeline.outcomes.failed_4xx[0] = 2, "timeline.outcomes: expected no more failures"],
    [(a) => a.timeline.outcomes.failed_4xx[0] = 1, "timeline.outcomes: expected all requests"],
  ];
  for (const [change, message] of cases) {
    assertThrows(() => merge([changed(change)]), SyntaxError, message, change.toString());
  }
});

Deno.test("a state whose response times contradict each other is refused, and told where", () => {
  const HOUR = 60 * MINUTE;
  // All four requests are in one window and one step, which has three times: 0, 7 and 9.
  const cases: readonly (readonly [change: (times: Open) => void, message: string])[] = [
    [(times) => times.min = 1, "response_times: expected a shortest of 0"],
    [(times) => times.total = "19", "response_times: expected a total between"],
    [(times) => times.total = "8", "response_times: expected a total between"],
    [
      (times) => Object.assign(times, { max: 1e15 + 1, total: `${1e15 + 2}` }),
      "response_times: expected durations up to",
    ],
    [(times) => times.counts.push(2), "response_times: expected no more durations than 4"],
    [(times) => times.counts.push(most), "response_times: expected a number of durations"],
  ];
  assertEquals(merge([changed(() => {}, HOUR)]).lines.records(), 4);
  for (const [change, message] of cases) {
    const state = changed((a) => change(a.response_times.times[0]), HOUR);
    assertThrows(() => merge([state]), SyntaxError, message, change.toString());
  }
});

Deno.test("texts as long as limits leave them, and the longest response time, are taken", () => {
  const endpoint = "/".repeat(2000), ip = "é".repeat(100);
  const record = makeRecord({ endpoint, ip, method: "…".repeat(50), responseTimeUs: 1e15 });
  for (
    const text of [record, makeRecord({ endpoint: "/" + "…".repeat(341), ip: "x".repeat(128) })]
  ) {
    merge([sign(stateOf(analyse([text], OPTIONS)))]);
  }
});

Deno.test("states that together are more than a number counts are refused", () => {
  const most = Number.MAX_SAFE_INTEGER;
  const state = (blank: number) => changed((a) => a.lines.blank = blank);
  merge([state(most - 9), state(1)]);
  assertThrows(() => merge([state(most - 4), state(0)]), SyntaxError, "as many as a number counts");
  const bytes = changed((a) => a.bytes = most);
  assertThrows(() => merge([bytes, bytes]), SyntaxError, "as many as a number counts");
});

Deno.test("a state that is no UTF-8, or whose settings take too much room, is refused", () => {
  const line = changed(() => {});
  const body = line.slice(0, line.lastIndexOf(0x2C));
  body[new TextDecoder().decode(body).indexOf("/a")] = 0xFF;
  assertThrows(() => merge([signBytes(body)]), SyntaxError, "it is not UTF-8");
  for (const most of [2 ** 20, 2 ** 20 + 1]) {
    const state = stateOf(analyse([], OPTIONS)) as Open;
    state.settings.exact_percentiles_up_to = most;
    if (most === 2 ** 20) merge([sign(state)]);
    else assertThrows(() => merge([sign(state)]), SyntaxError, "exact_percentiles_up_to: expected");
  }
});

Deno.test("a state whose shards are not what was found in them is refused", () => {
  const shard = { id: "a", lines: 4, bytes: 400, checksum: "0123456789abcdef" };
  const state = (changes: Members, unnamed: number) =>
    sign({ ...goodState(), shards: [{ ...shard, ...changes }], unnamed });
  for (const unnamed of [0, 1]) merge([state({}, unnamed)]);
  merge([state({ lines: 3, bytes: 0 }, 1)]);
  const cases: readonly (readonly [changes: Members, unnamed: number, message: string])[] = [
    [{ lines: 5 }, 0, "shards: expected the 4 lines of the analysis, not 5"],
    [{ lines: 3 }, 0, "shards: expected the 4 lines of the analysis, not 3"],
    [{ lines: 5 }, 1, "shards: expected the 4 lines"],
    [{ bytes: 401 }, 1, "shards: expected the 400 bytes"],
    [{ id: "x".repeat(2 ** 18) }, 0, "id: expected texts of at most"],
    [{ id: "\uD83D" }, 0, "id: expected well-formed texts"],
  ];
  for (const [changes, unnamed, message] of cases) {
    assertThrows(() => merge([state(changes, unnamed)]), SyntaxError, message);
  }
});
