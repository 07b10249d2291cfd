import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { CountRows } from "../../lib/tables/count_rows.ts";

Deno.test("CountRows counts as a Map does, to 2^53, and sorts", () => {
  const count = fc.oneof(
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom(255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 52),
  );
  const place = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -2000, max: 4000 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(place, count), { maxLength: 12 }), (additions) => {
      const [counts, expected] = [new CountRows(), new Map<number, number>()];
      for (const [place, count] of additions) {
        const sum = (expected.get(place) ?? 0) + count;
        if (sum > 2 ** 53) continue;
        counts.add(place, count, 0);
        expected.set(place, sum);
      }
      assertEquals([...counts.entries(0)], [...expected].sort(([a], [b]) => a - b));
    }),
    { numRuns: 1000 },
  );
});

Deno.test("CountRows takes a byte a place, and more only for a large count", () => {
  for (
    const [count, more] of [[251, 0], [252, 2], [65_535, 2], [65_536, 4], [2 ** 32, 7]] as const
  ) {
    const counts = new CountRows();
    for (let place = 0; place < 1000; place++) counts.add(place, 1, 0);
    counts.add(500, count - 1, 0);
    assertEquals(counts.byteLengthOf(0), 1000 + more);
  }
});

Deno.test("CountRows takes a few bytes a count where places are far apart", () => {
  const counts = new CountRows();
  for (let i = 0; i < 20; i++) counts.add(100_000 * i, 1, 0);
  assert(counts.byteLengthOf(0) <= 20 * 7, `${counts.byteLengthOf(0)} bytes`);
});
