import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { LogBuckets } from "../../lib/sketches/log_buckets.ts";

const GAMMAS = [1.01 / 0.99, 1.005 / 0.995, 1.1 / 0.9, 1.9 / 0.1, 1.00001 / 0.99999];
const VALUES = fc.oneof(
  fc.integer({ min: 1, max: 1e6 }),
  fc.integer({ min: 1, max: 1e15 }),
  fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
  fc.tuple(fc.integer({ min: -20, max: 60 }), fc.double({ min: 1, max: 2, noNaN: true }))
    .map(([exponent, fraction]) => fraction * 2 ** exponent),
);

Deno.test("LogBuckets tells what the logarithm tells, asked first and asked again", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...GAMMAS),
      fc.array(VALUES, { maxLength: 40 }),
      (gamma, values) => {
        const buckets = new LogBuckets(gamma), perLog = 1 / Math.log(gamma);
        for (const value of [...values, ...values]) {
          assertEquals(buckets.bucketOf(value), Math.ceil(Math.log(value) * perLog), `${value}`);
        }
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("LogBuckets tells what the logarithm tells around each edge", () => {
  const gamma = 1.005 / 0.995, perLog = 1 / Math.log(gamma), buckets = new LogBuckets(gamma);
  let edges = 0;
  for (let bucket = 1; gamma ** bucket < 1e15; bucket++, edges++) {
    const edge = gamma ** bucket;
    for (const value of [edge * (1 - 2e-16), edge, edge * (1 + 3e-16), Math.ceil(edge)]) {
      assertEquals(buckets.bucketOf(value), Math.ceil(Math.log(value) * perLog), `${value}`);
    }
  }
  assert(edges > 3000);
});
