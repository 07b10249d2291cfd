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
  for (const timestampUs of timestamps) {
    const responseTimeUs = isSlow(timestampUs) ? 501 : 500;
    timeline.add(makeRecord({ timestampUs, statusCode: statusOf(timestampUs), responseTimeUs }));
  }
  return timeline;
}

/** The status of the request at an instant, one of each class that is counted apart. */
function statusOf(us: number): number {
  return [200, 404, 500, 600][Math.abs(us) % 4]!;
}

function isSlow(us: number): boolean {
  return us % 3 === 0;
}

Deno.test("Timeline is half-open, aligned to the epoch, sorted, and skips empty steps", () => {
  const timeline = timelineOf([3 * MINUTE, MINUTE - 1, 0, -1, MINUTE]);
  assertEquals(timeline.stepUs(), MINUTE);
  const { size, startsUs, requests } = timeline.result();
  assertEquals([size, ...startsUs], [4, -MINUTE, 0, MINUTE, 3 * MINUTE]);
  assertEquals([...requests], [1, 2, 1, 1]);
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
        const { startsUs, requests, failed, failed4xx, failed5xx, slow } = timeline.result();
        for (const [row, startUs] of startsUs.entries()) {
          const inStep = all.filter((us) => us >= startUs && us < startUs + stepUs);
          assert(inStep.length > 0);
          const count = (of: (us: number) => boolean) => inStep.filter(of).length;
          assertEquals([requests[row], failed[row]], [
            inStep.length,
            count((us) => statusOf(us) >= 400),
          ]);
          assertEquals(failed4xx[row], count((us) => statusOf(us) === 404));
          assertEquals(failed5xx[row], count((us) => statusOf(us) === 500));
          assertEquals(slow[row], count(isSlow));
        }
        assertEquals(timeline.size, distinct(stepUs));
      }
    }),
    { numRuns: 500 },
  );
});
