import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ExactSums } from "../../../lib/aggregates/durations/exact_sums.ts";

const durations = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1e15 })),
  { minLength: 1, maxLength: 40 },
);

Deno.test("ExactSums never rounds, in one sum or merged from two", () => {
  fc.assert(fc.property(durations, fc.nat(40), (values, cut) => {
    const [whole, left, right] = [new ExactSums(), new ExactSums(), new ExactSums()];
    for (const [i, value] of values.entries()) {
      whole.add(value, 0);
      (i < cut ? left : right).add(value, 0);
    }
    left.merge(right, 0, 0);
    const expected = values.reduce((sum, value) => sum + BigInt(value), 0n);
    assertEquals([whole.result(0), left.result(0)], [expected, expected]);
  }));
});

Deno.test("ExactSums never rounds, however large each value is", () => {
  const value = fc.integer({ min: 0, max: 1000 }).map((i) => 2 ** 52 - i);
  fc.assert(fc.property(fc.array(fc.oneof(value, fc.nat(2 ** 30))), (values) => {
    const sum = new ExactSums();
    for (const value of values) sum.add(value, 0);
    assertEquals(sum.result(0), values.reduce((sum, value) => sum + BigInt(value), 0n));
  }));
});
