import { assertEquals } from "@std/assert";
import type { LogRecord } from "../../schema.ts";
import { countOf, firstOf, minuteOf, range, requests, requestsIn } from "./make_logs.ts";

const SLOW = { responseTimeUs: 1_000_001 };

/** A hundred minutes of fast requests. */
const fast = requestsIn(range(0, 99), 20, { responseTimeUs: 1_000_000 });

function slowIn(...counts: readonly (readonly [minute: number, count: number])[]): LogRecord[] {
  return [...fast, ...counts.flatMap(([minute, count]) => requests(count, minute, SLOW))];
}

Deno.test("slow_burst takes 10 slow requests, and none fewer", () => {
  assertEquals(countOf("slow_burst", slowIn([50, 9])), 0);
  assertEquals(countOf("slow_burst", slowIn([50, 10])), 1);
});

Deno.test("slow_burst tells its windows and its requests", () => {
  const found = firstOf("slow_burst", slowIn([50, 10], [52, 15], [80, 1]));
  assertEquals(found, {
    rule: "slow_burst",
    severity: "warning",
    subject: `${minuteOf(50)} – ${minuteOf(53)}`,
    start: minuteOf(50),
    end: minuteOf(53),
    requests: 85,
    slow_requests: 25,
    slow_requests_in_all: 26,
  });
});

Deno.test("slow_burst holds 90 % of the slow requests", () => {
  const others = range(1, 10).map((i) => [3 * i, 1] as const);
  assertEquals(countOf("slow_burst", slowIn([50, 90], ...others)), 1);
  assertEquals(countOf("slow_burst", slowIn([50, 89], [90, 1], ...others)), 0);
});

Deno.test("slow_burst is the shortest stretch that holds 90 %", () => {
  const found = firstOf("slow_burst", slowIn([40, 2], [45, 9], [46, 9], [48, 1], [99, 1]));
  // 18 of 22 are fewer, and so are 19: the two that came before are in it.
  assertEquals([found.start, found.end], [minuteOf(40), minuteOf(47)]);
  const shorter = firstOf("slow_burst", slowIn([40, 1], [45, 9], [46, 9], [99, 1]));
  assertEquals([shorter.start, shorter.end], [minuteOf(45), minuteOf(47)]);
});

Deno.test("slow_burst is shorter than a tenth of the span", () => {
  assertEquals(countOf("slow_burst", slowIn([40, 10], [48, 10])), 1);
  assertEquals(countOf("slow_burst", slowIn([40, 10], [49, 10])), 0);
});

Deno.test("slow_burst spans from the first window with a request to the end of the last", () => {
  const [early, late] = [requests(1, -1), requests(1, 100)];
  const records = slowIn([40, 10], [49, 10]);
  assertEquals(countOf("slow_burst", [...early, ...records]), 1);
  assertEquals(countOf("slow_burst", [...records, ...late]), 1);
});

Deno.test("slow_burst takes requests that are slow three times as often as outside", () => {
  // Outside 10 of 300 are slow.
  const outside = [
    ...requestsIn(range(0, 9).map((i) => 10 * i), 1, SLOW),
    ...requestsIn([...range(0, 49), ...range(51, 99)], 2),
    ...requests(94, 99),
  ];
  const inside = (all: number) => [...requests(90, 55, SLOW), ...requests(all - 90 - 2, 55)];
  assertEquals(firstOf("slow_burst", [...outside, ...inside(900)]).requests, 900);
  assertEquals(countOf("slow_burst", [...outside, ...inside(901)]), 0);
});

Deno.test("slow_burst counts those as slow that the option tells", () => {
  assertEquals(countOf("slow_burst", slowIn([50, 10]), { slowOverUs: 1_000_001 }), 0);
  assertEquals(countOf("slow_burst", slowIn([50, 10]), { slowOverUs: 1_000_000 }), 1);
});
