import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Timeline } from "../../lib/aggregates/timeline.ts";
import { makeRecord } from "../support/make_record.ts";

const MINUTE = 60_000_000;

function timelineOf(timestamps: readonly number[], maxWindows = 100): Timeline {
  const options = {
    windowUs: MINUTE,
    suspiciousOver: 1,
    slowOverUs: 500,
    maxWindows,
    maxPairs: 100,
  };
  const timeline = new Timeline(options, [12_345, 2]);
  for (const timestampUs of timestamps) timeline.add(makeRecord({ timestampUs, statusCode: 404 }));
  return timeline;
}

Deno.test("Timeline is half-open, aligned to the epoch, sorted, and skips empty steps", () => {
  const timeline = timelineOf([3 * MINUTE, MINUTE - 1, 0, -1, MINUTE]);
  assertEquals(timeline.stepUs(), MINUTE);
  assertEquals([...timeline.result().map(({ startUs, requests }) => [startUs, requests])], [
    [-MINUTE, 1],
    [0, 2],
    [MINUTE, 1],
    [3 * MINUTE, 1],
  ]);
});

Deno.test("Timeline is not ruined by one wild timestamp", () => {
  const timeline = timelineOf([0, MINUTE, 2 * MINUTE, 8e15], 4);
  assertEquals(timeline.stepUs(), MINUTE);
  assertEquals(timeline.size, 4);
});

Deno.test("Timeline has the finest steps that fit, in any order, split and grouping", () => {
  const timestamps = fc.array(
    fc.oneof(
      fc.integer({ min: -9, max: 9 }).map((k) => k * MINUTE),
      fc.integer({ min: -9e15, max: 9e15 }),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(timestamps, timestamps, (a, b) => {
      const all = [...a, ...b];
      const distinct = (stepUs: number) => new Set(all.map((us) => Math.floor(us / stepUs))).size;
      let stepUs = MINUTE;
      while (distinct(stepUs) > 4) stepUs *= 2;

      const merged = timelineOf(a, 4);
      merged.merge(timelineOf(b, 4));
      for (const timeline of [merged, timelineOf(all, 4), timelineOf(all.toReversed(), 4)]) {
        assertEquals(timeline.stepUs(), stepUs);
        for (const { startUs, requests, failed4xx } of timeline.result()) {
          const inStep = all.filter((us) => us >= startUs && us < startUs + stepUs).length;
          assert(inStep > 0);
          assertEquals([requests, failed4xx], [inStep, inStep]);
        }
        assertEquals(timeline.size, distinct(stepUs));
      }
    }),
    { numRuns: 500 },
  );
});
