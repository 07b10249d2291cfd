import { assertEquals } from "@std/assert";
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

/** Thirty minutes of requests, some minutes of none, and thirty minutes more. */
function gapOf(minutes: number, count = 100): LogRecord[] {
  return requestsIn([...range(0, 29), ...range(30 + minutes, 59 + minutes)], count);
}

Deno.test("silence lasts three windows, and none fewer", () => {
  assertEquals(countOf("silence", gapOf(2)), 0);
  const found = firstOf("silence", gapOf(3));
  assertEquals(found, {
    rule: "silence",
    severity: "error",
    subject: `${minuteOf(30)} – ${minuteOf(33)}`,
    start: minuteOf(30),
    end: minuteOf(33),
    windows: 3,
    due_requests: 300,
    more: 0,
  });
});

Deno.test("silence is none where requests come all the time", () => {
  assertEquals(countOf("silence", gapOf(0)), 0);
});

Deno.test("silence is one in which 50 requests were due, at the rate around it", () => {
  const [before, after] = [requestsIn(range(0, 9), 5), requestsIn(range(20, 29), 5)];
  assertEquals(firstOf("silence", [...before, ...after]).due_requests, 50);
  // One less before, or one less after.
  assertEquals(countOf("silence", [...before.slice(1), ...after]), 0);
  assertEquals(countOf("silence", [...before, ...after.slice(1)]), 0);
});

Deno.test("silence is compared with as long a time before and after", () => {
  // Of 20 minutes as many as of 10, so that what came 30 minutes before does not count.
  const around = (count: number) => [
    ...requestsIn(range(0, 19), 100),
    ...requestsIn([20, 39], count),
    ...requestsIn([60, 79], count),
    ...requestsIn(range(80, 99), 100),
  ];
  assertEquals(firstOf("silence", around(25)).due_requests, 50);
  assertEquals(countOf("silence", around(24)), 0);
});

Deno.test("silence is compared with ten windows at least, and no more where it is short", () => {
  const around = (count: number) => [
    ...requestsIn([-1, 23], 10_000),
    ...requestsIn([0, 22], count - 9),
    ...requestsIn([...range(1, 9), ...range(13, 21)], 1),
  ];
  // In 3 minutes, at the rate of 10: 50.1 and 49.8.
  assertEquals(firstOf("silence", around(167)).due_requests, 50);
  assertEquals(countOf("silence", around(166)), 0);
});

Deno.test("silence is none after a rush, or before one", () => {
  const [rush, calm] = [requestsIn(range(0, 29), 1000), requestsIn(range(40, 69), 1)];
  assertEquals(countOf("silence", [...rush, ...calm]), 0);
  const [early, late] = [requestsIn(range(0, 29), 1), requestsIn(range(40, 69), 1000)];
  assertEquals(countOf("silence", [...early, ...late]), 0);
});

Deno.test("silence is none before the log begins, and none after it ends", () => {
  const records = requestsIn(range(600, 659), 1000);
  assertEquals(countOf("silence", records), 0);
  // Nor is it where a few stray requests come long before or after.
  assertEquals(countOf("silence", [...requests(5, 0), ...records]), 0);
  assertEquals(countOf("silence", [...records, ...requests(5, 1400)]), 0);
});

Deno.test("silence is that in which most were due, and tells how many more there are", () => {
  const records = requestsIn(
    [...range(0, 29), ...range(34, 63), ...range(73, 102), ...range(108, 137)],
    100,
  );
  const silences = pick("silence", findIn(records));
  assertEquals(silences.map(({ start, end, windows, more }) => [start, end, windows, more]), [
    [minuteOf(64), minuteOf(73), 9, 2],
  ]);
});

Deno.test("silence is the earlier of two alike", () => {
  const records = requestsIn([...range(0, 29), ...range(40, 69), ...range(80, 109)], 100);
  assertEquals(firstOf("silence", records).start, minuteOf(30));
});

Deno.test("silence before the epoch is one as well", () => {
  const records = gapOf(5).map(({ timestampUs, ...fields }) => ({
    ...fields,
    timestampUs: timestampUs - 6_000_000_000,
  }));
  const found = firstOf("silence", records);
  assertEquals([found.start, found.windows], [minuteOf(-70), 5]);
});

Deno.test("silence counts windows where a step of the timeline is several", () => {
  const found = firstOf("silence", gapOf(21), { maxWindows: 32 });
  // Requests come in the second half of the step from 50 to 52.
  assertEquals([found.start, found.end, found.windows], [minuteOf(30), minuteOf(50), 20]);
});
