import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DDSketches } from "../../lib/sketches/dd_sketches.ts";
import { Random } from "../../lib/traffic/random.ts";
import { COUNT, shapes } from "./shapes.ts";

for (const [shape, values] of Object.entries(shapes())) {
  for (const relativeAccuracy of [0.1, 0.01, 0.005]) {
    Deno.test(`DDSketch keeps within ${relativeAccuracy} on values ${shape}`, () => {
      const sketch = new DDSketches({ relativeAccuracy, exactUpTo: 32 });
      for (const value of values) sketch.add(value, 0);
      const sorted = values.toSorted((a, b) => a - b);
      for (let rank = 1; rank <= COUNT; rank += 199) {
        const exact = sorted[rank - 1]!;
        const error = Math.abs(sketch.atRank(rank, 0) - exact);
        // Where a value lies on the edge of its bucket, the last digit of its logarithm decides.
        assert(error <= relativeAccuracy * exact * (1 + 1e-9), `rank ${rank}: ${exact}`);
      }
    });
  }
}

const few = fc.array(fc.oneof(fc.nat(9), fc.double({ min: 1e-3, max: 1e15, noNaN: true })), {
  maxLength: 12,
});
const OPTIONS = { relativeAccuracy: 0.01, exactUpTo: 3 };

function sketchOf(values: readonly number[]): DDSketches {
  const sketch = new DDSketches(OPTIONS);
  for (const value of values) sketch.add(value, 0);
  return sketch;
}

function answersOf(sketch: DDSketches): number[] {
  return Array.from({ length: sketch.countOf(0) }, (_, i) => sketch.atRank(i + 1, 0));
}

Deno.test("DDSketch is exact up to its constant, and not above it", () => {
  for (const count of [1, 2, 3, 4]) {
    const values = [5.5, 0, 1e9, 3].slice(0, count);
    const sketch = sketchOf(values);
    assertEquals(sketch.isExactAt(0), count <= 3);
    if (sketch.isExactAt(0)) assertEquals(answersOf(sketch), values.toSorted((a, b) => a - b));
  }
});

Deno.test("DDSketches answers alike however values are split, grouped and ordered", () => {
  fc.assert(
    fc.property(few, few, few, (a, b, c) => {
      const whole = sketchOf([...a, ...b, ...c]);
      const leftFirst = sketchOf(a);
      const middle = sketchOf(b);
      leftFirst.merge(middle, 0, 0);
      leftFirst.merge(sketchOf(c), 0, 0);
      const rightFirst = sketchOf(c);
      rightFirst.merge(sketchOf([...b].reverse()), 0, 0);
      rightFirst.merge(sketchOf(a), 0, 0);
      assertEquals(answersOf(leftFirst), answersOf(whole));
      assertEquals(answersOf(rightFirst), answersOf(whole));
      assertEquals(leftFirst.isExactAt(0), whole.isExactAt(0));
      assertEquals(answersOf(middle), answersOf(sketchOf(b)), "the other is not changed");
    }),
    { numRuns: 500 },
  );
});

Deno.test("DDSketches takes a few hundred bytes a decade, however many values", () => {
  // What it promises: ln(range) / ln(gamma) buckets.
  const buckets = Math.log(1e6) / Math.log(1.01 / 0.99);
  const sketch = new DDSketches({ relativeAccuracy: 0.01, exactUpTo: 0 });
  const random = Random.fromSeed(1);
  for (let i = 0; i < 100_000; i++) sketch.add(1 + random.below(1e6), 0);
  assert(sketch.byteLengthOf(0) <= 2 * (buckets + 40), `${sketch.byteLengthOf(0)} bytes`);
});

Deno.test("DDSketches rejects an accuracy or a rank that cannot be", () => {
  for (const relativeAccuracy of [0, 1, -0.1, 1.5, NaN]) {
    assertThrows(
      () => new DDSketches({ relativeAccuracy, exactUpTo: 1 }),
      RangeError,
      `relativeAccuracy must lie in (0, 1), got ${relativeAccuracy}`,
    );
  }
  for (const rank of [0, 3, NaN]) {
    assertThrows(() => sketchOf([1, 2]).atRank(rank, 0), RangeError, "expected a rank from 1 to 2");
  }
});
