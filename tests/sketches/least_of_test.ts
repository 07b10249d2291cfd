import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { firstOf, leastOf } from "../../lib/sketches/least_of.ts";

Deno.test("leastOf finds what comes first in a sorted list", () => {
  const row = fc.tuple(fc.nat(4), fc.integer({ min: -2, max: 2 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.nat(), (rows, random) => {
      const most = 1 + random % rows.length;
      const column = Float64Array.from(rows, (row) => row[0]);
      // The last of equals comes first, so that their order tells.
      const least = leastOf(most, column, {
        numberOf: (item) => rows[item]![1],
        compare: (a, b) => b - a,
      });
      const sorted = rows.map((_, i) => i).sort((a, b) =>
        rows[a]![0] - rows[b]![0] || rows[a]![1] - rows[b]![1] || b - a
      );
      assertEquals([...least].sort((a, b) => a - b), sorted.slice(0, most).sort((a, b) => a - b));
    }),
    { numRuns: 500 },
  );
});

Deno.test("firstOf finds the same in their order, or nothing", () => {
  fc.assert(fc.property(fc.array(fc.nat(4), { maxLength: 40 }), fc.nat(), (rows, random) => {
    const most = random % (rows.length + 1);
    const first = firstOf(most, Float64Array.from(rows), (a, b) => b - a);
    const sorted = rows.map((_, i) => i).sort((a, b) => rows[a]! - rows[b]! || b - a);
    assertEquals([...first], sorted.slice(0, most));
  }));
});
