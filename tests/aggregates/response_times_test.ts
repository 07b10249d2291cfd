import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { MAX_TIMED_STEPS, ResponseTimes } from "../../lib/aggregates/response_times.ts";
import { makeRecord } from "../support/make_record.ts";

const MINUTE = 60_000_000;
const OPTIONS = { windowUs: MINUTE, exactPercentilesUpTo: 4, hashKey: [1, 2] } as const;

interface Timed {
  readonly timestampUs: number;
  readonly responseTimeUs: number | undefined;
}

const timed: fc.Arbitrary<Timed> = fc.record({
  timestampUs: fc.oneof(
    fc.integer({ min: -200, max: 200 }).map((k) => k * MINUTE),
    fc.integer({ min: -9e15, max: 9e15 }),
  ),
  responseTimeUs: fc.option(fc.integer({ min: 0, max: 1e15 }), { nil: undefined }),
});

function timesOf(requests: readonly Timed[]): ResponseTimes {
  const times = new ResponseTimes(OPTIONS);
  for (const fields of requests) times.add(makeRecord(fields));
  return times;
}

Deno.test("ResponseTimes have the finest steps that fit, and the exact figures of each", () => {
  fc.assert(
    fc.property(
      fc.array(timed, { maxLength: 120, size: "max" }),
      fc.array(timed, { maxLength: 60 }),
      (a, b) => {
        const times = timesOf(a);
        times.merge(timesOf(b));
        const all = [...a, ...b].filter(({ responseTimeUs }) => responseTimeUs !== undefined);
        const startsOf = (stepUs: number) =>
          Map.groupBy(all, ({ timestampUs }) => Math.floor(timestampUs / stepUs) * stepUs);
        let stepUs = MINUTE;
        while (startsOf(stepUs).size > MAX_TIMED_STEPS) stepUs *= 2;
        assertEquals(times.stepUs(), stepUs);
        const steps = times.steps([0, 100]);
        const right = [...startsOf(stepUs)].sort(([x], [y]) => x - y);
        assertEquals(
          steps.map((
            { startUs, responseTime: { count, minUs, maxUs } },
          ) => [startUs, count, minUs, maxUs]),
          right.map(([startUs, own]) => {
            const us = own.map(({ responseTimeUs }) => responseTimeUs!);
            return [startUs, us.length, Math.min(...us), Math.max(...us)];
          }),
        );
        const whole = times.result([]);
        assertEquals(whole?.count ?? 0, all.length);
        assertEquals(times.areStepsExact(), right.every(([, own]) => own.length <= 4));
        assertEquals(times.arePercentilesExact(), all.length <= 4);
        const again = ResponseTimes.fromJSON(JSON.parse(JSON.stringify(times)), OPTIONS);
        assertEquals(JSON.stringify(again), JSON.stringify(times));
        assertEquals(JSON.stringify(timesOf([...b, ...a].reverse())), JSON.stringify(times));
      },
    ),
  );
});

Deno.test("ResponseTimes of all are those of one sketch, however many steps there are", () => {
  const requests = Array.from({ length: 500 }, (_, i) => ({
    timestampUs: i * MINUTE,
    responseTimeUs: (i * 7919) % 100_003,
  }));
  const inOne = requests.map((request) => ({ ...request, timestampUs: 0 }));
  const percentiles = [1, 50, 90, 99];
  assertEquals(timesOf(requests).result(percentiles), timesOf(inOne).result(percentiles));
  assert(timesOf(requests).steps([]).length > 30);
});
