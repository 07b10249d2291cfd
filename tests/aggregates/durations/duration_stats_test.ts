import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  DurationStats,
  EXACT_PERCENTILES_UP_TO,
} from "../../../lib/aggregates/durations/duration_stats.ts";
import { DDSketches } from "../../../lib/sketches/dd_sketches.ts";

function statsOf(values: readonly number[]): DurationStats {
  const stats = new DurationStats();
  for (const value of values) stats.add(value, 0);
  return stats;
}

Deno.test("DurationStats rounds its mean half up", () => {
  for (const [values, mean] of [[[1, 2], 2], [[1, 1, 2], 1], [[0, 1, 1], 1], [[4], 4]] as const) {
    assertEquals(statsOf(values).result([], 0)?.meanUs, mean, `mean of ${values}`);
  }
});

Deno.test("DurationStats tells percentiles of few durations exactly, by nearest rank", () => {
  const values = Array.from({ length: 20 }, (_, i) => (i + 1) * 1_000_003);
  const cases: readonly (readonly [percentile: number, rank: number])[] = [
    [0.000001, 1],
    [5, 1],
    [5.000001, 2],
    [50, 10],
    [51, 11],
    [90, 18],
    [95, 19],
    [95.1, 20],
    [99.9, 20],
    [100, 20],
  ];
  for (const [percentile, rank] of cases) {
    const [us] = statsOf(values).result([percentile], 0)!.percentilesUs;
    assertEquals(us, values[rank - 1], `p${percentile}`);
  }
  const thousand = Array.from({ length: EXACT_PERCENTILES_UP_TO }, (_, i) => i);
  assertEquals(statsOf(thousand).result([100], 0)?.percentilesUs, [EXACT_PERCENTILES_UP_TO - 1]);
});

Deno.test("DurationStats tells percentiles of many whole durations within 1 %, as rounded", () => {
  const duration = fc.oneof(
    fc.integer({ min: 0, max: 1200 }),
    fc.integer({ min: 0, max: 1e6 }),
    fc.integer({ min: 0, max: 1e15 }),
  );
  const percentiles = [1, 50, 90, 95, 99, 99.9, 100];
  fc.assert(
    fc.property(fc.array(duration, { minLength: 33, maxLength: 300 }), (values) => {
      const { percentilesUs, minUs, maxUs } = statsOf(values).result(percentiles, 0)!;
      const sorted = values.toSorted((a, b) => a - b);
      for (const [i, percentile] of percentiles.entries()) {
        const exact = sorted[Math.ceil(Math.round(percentile * 10) * values.length / 1000) - 1]!;
        const shown = percentilesUs[i]!;
        assert(Number.isInteger(shown) && shown >= minUs && shown <= maxUs);
        assert(Math.abs(shown - exact) <= 0.01 * exact, `p${percentile}: ${shown} for ${exact}`);
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("DurationStats tells every whole duration up to 10 ms within 1 %", () => {
  for (let us = 0; us <= 10_000; us++) {
    const values = [us, ...Array.from({ length: EXACT_PERCENTILES_UP_TO }, () => 1e9)];
    const [shown] = statsOf([0, ...values]).result([5], 0)!.percentilesUs;
    assert(Math.abs(shown! - us) <= 0.01 * us, `${shown} for ${us}`);
  }
});

Deno.test("DurationStats takes many durations of many rows in as one after the other", () => {
  const duration = fc.oneof(
    fc.integer({ min: -1, max: 3 }),
    fc.integer({ min: -1, max: 10 ** 15 }),
  );
  const batches = fc.array(fc.array(fc.tuple(duration, fc.integer({ min: -1, max: 4 }))));
  fc.assert(fc.property(batches, (batches) => {
    const [rows, first] = [new DurationStats(3), new DurationStats(3)];
    for (const batch of batches) {
      const durations = Float64Array.from(batch, ([us]) => us);
      for (const [us, row] of batch) if (us >= 0 && row >= 0) rows.add(us, row);
      first.addRow(durations, batch.length, 0);
    }
    const all = batches.flat().filter(([us]) => us >= 0);
    const summaryOf = (durations: typeof all) => {
      const one = new DurationStats(3);
      for (const [us] of durations) one.add(us, 0);
      return [one.stateOf(0), one.result([50], 0)];
    };
    assertEquals([first.stateOf(0), first.result([50], 0)], summaryOf(all));
    for (let row = 0; row < 5; row++) {
      const own = all.filter(([, of]) => of === row);
      assertEquals([rows.stateOf(row), rows.result([50], row)], summaryOf(own));
    }
  }));
});

Deno.test("DurationStats takes durations in of more rows than a processor has at hand", () => {
  const count = 60_000, rows = Int32Array.from({ length: count }, (_, i) => i * 7 % 1000);
  const durations = Float64Array.from({ length: count }, (_, i) => i * 10 ** (i % 11) % 10 ** 15);
  const stats = new DurationStats();
  for (let i = 0; i < count; i++) stats.add(durations[i]!, rows[i]!);
  for (let row = 0; row < 1000; row += 99) {
    const one = new DurationStats();
    for (let i = 0; i < count; i++) if (rows[i] === row) one.add(durations[i]!, 0);
    assertEquals(stats.stateOf(row), one.stateOf(0));
  }
});

const PERCENTILES = [1, 50, 90, 99.9, 100];

/** What is expected of durations, found without any of the code that has some wait. */
function naiveSummary(durations: readonly number[]) {
  if (durations.length === 0) return null;
  const sorted = durations.toSorted((a, b) => a - b), count = sorted.length;
  const totalUs = sorted.reduce((sum, us) => sum + BigInt(us), 0n);
  const sketch = new DDSketches({ relativeAccuracy: 0.005, exactUpTo: EXACT_PERCENTILES_UP_TO });
  sketch.addAll(Float64Array.from(durations), count, 0);
  const [minUs, maxUs] = [sorted[0]!, sorted[count - 1]!];
  return {
    count,
    minUs,
    meanUs: Number((2n * totalUs + BigInt(count)) / (2n * BigInt(count))),
    maxUs,
    totalUs,
    percentilesUs: PERCENTILES
      .map((percentile) => Math.ceil(Math.round(percentile * 10) * count / 1000))
      // The least and the largest are known.
      .map((rank) => rank === 1 ? minUs : rank === count ? maxUs : sketch.atRank(rank, 0))
      .map((us) => Math.min(Math.max(Math.round(us), minUs), maxUs)),
  };
}

Deno.test("DurationStats answers alike whether durations wait, are counted, or both, in whatever parts", () => {
  const duration = fc.oneof(
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 0, max: 1e6 }),
    // Around the longest that waits.
    fc.integer({ min: 2 ** 32 - 3, max: 2 ** 32 + 3 }),
    fc.integer({ min: 0, max: 1e15 }),
  );
  // Fewer than wait, about as many, and more; a few where percentiles are exact.
  const some = fc.constantFrom(1, 20, 100, 260)
    .chain((most) => fc.array(duration, { minLength: Math.floor(most / 2), maxLength: most }));
  fc.assert(
    fc.property(some, some, fc.nat(3), (left, right, row) => {
      const [one, other] = [new DurationStats(), new DurationStats()];
      for (const us of left) one.add(us, row);
      for (const us of right) other.add(us, row + 1);
      const moved = DurationStats.ofParts(
        structuredClone(other.toParts()),
        EXACT_PERCENTILES_UP_TO,
      );
      one.merge(moved, row, row + 1);
      const all = [...left, ...right];
      const result = () => one.result(PERCENTILES, row);
      assertEquals(result(), naiveSummary(all), "waiting, perhaps");
      assertEquals(
        moved.result(PERCENTILES, row + 1),
        naiveSummary(right),
        "the other has its own",
      );
      assertEquals(one.isExact(row), all.length <= EXACT_PERCENTILES_UP_TO);
      // To tell its state, it counts what waits.
      const state = one.stateOf(row);
      assertEquals(result(), naiveSummary(all), "counted");
      const copy = new DurationStats();
      copy.readJSON(state, row);
      assertEquals(copy.stateOf(row), state);
      one.clear(row);
      assertEquals(result(), null);
      for (const us of right) one.add(us, row);
      assertEquals(result(), naiveSummary(right), "anew");
    }),
    { numRuns: 300 },
  );
});
