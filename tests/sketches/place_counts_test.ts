import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { PlaceCounts } from "../../lib/sketches/place_counts.ts";

const ROWS = 3;
const places = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  // Too far for a list.
  fc.constantFrom(-32_769, -32_768, 32_767, 32_768, 100_000),
);
const additions = fc.array(fc.tuple(fc.nat(ROWS - 1), places), { maxLength: 40 })
  // More than a list has room for, in some.
  .chain((some) => fc.constantFrom(1, 20).map((times) => Array(times).fill(some).flat()));

type Addition = readonly [row: number, place: number];

function countsOf(additions: readonly Addition[]): PlaceCounts {
  const counts = new PlaceCounts();
  for (const [row, place] of additions) counts.add(place, row);
  return counts;
}

function assertHolds(counts: PlaceCounts, additions: readonly Addition[], message: string): void {
  for (let row = 0; row < ROWS; row++) {
    const sorted = additions.filter(([its]) => its === row).map(([, place]) => place)
      .sort((a, b) => a - b);
    const expected = [...Map.groupBy(sorted, (place) => place)]
      .map(([place, all]): [number, number] => [place, all.length]);
    assertEquals([...counts.entries(row)], expected, message);
    if (sorted.length === 0) continue;
    const ranks = [1, 1 + Math.floor(sorted.length / 2), sorted.length, 1];
    assertEquals(counts.placesOf(ranks, row), ranks.map((rank) => sorted[rank - 1]!), message);
  }
}

Deno.test("PlaceCounts counts as a list does, whether it lists or counts", () => {
  fc.assert(
    fc.property(additions, additions, fc.nat(ROWS - 1), (some, others, cleared) => {
      const counts = countsOf(some), other = countsOf(others);
      assertHolds(counts, some, "added");
      for (let row = 0; row < ROWS; row++) counts.merge(other, row, row);
      assertHolds(counts, [...some, ...others], "merged");
      assertHolds(other, others, "the other is not changed");
      const moved = PlaceCounts.ofParts(structuredClone(counts.toParts()));
      moved.clear(cleared);
      const left = [...some, ...others].filter(([row]) => row !== cleared);
      assertHolds(moved, left, "cleared");
      for (const [row, place] of some) moved.add(place, row);
      assertHolds(moved, [...left, ...some], "added to what was cleared");
    }),
    { numRuns: 300 },
  );
});

Deno.test("PlaceCounts adds many at once as one after the other", () => {
  for (const before of [0, 5, 300]) {
    const [atOnce, one] = [new PlaceCounts(), new PlaceCounts()];
    for (const counts of [atOnce, one]) for (let i = 0; i < before; i++) counts.add(i % 7);
    atOnce.addMany(3, 500);
    for (let i = 0; i < 500; i++) one.add(3);
    assertEquals([...atOnce.entries()], [...one.entries()]);
  }
});
