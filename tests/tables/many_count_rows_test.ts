import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { CountRows } from "../../lib/tables/count_rows.ts";

const ROWS = 6;
const change = fc.record({
  kind: fc.constantFrom("add", "add", "add", "add", "addAll", "clear", "merge"),
  row: fc.nat(ROWS - 1),
  other: fc.nat(ROWS - 1),
  place: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -900, max: 900 })),
  count: fc.constantFrom(1, 1, 255, 256, 65_536, 2 ** 32),
});

Deno.test("CountRows keeps its rows apart, whatever grows, goes and merges", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const counts = new CountRows();
      let merges = 0;
      const expected = Array.from({ length: ROWS }, () => new Map<number, number>());
      const add = (row: number, place: number, count: number) =>
        expected[row]!.set(place, (expected[row]!.get(place) ?? 0) + count);
      for (const { kind, row, other, place, count } of changes) {
        if (kind === "add") {
          counts.add(place, count, row);
          add(row, place, count);
        } else if (kind === "addAll") {
          // One place a few times, and two others.
          const places = Int32Array.of(place, other - 400, place, 7 * other, place);
          counts.addAll(places, places.length - 1, row);
          for (const its of places.subarray(0, -1)) add(row, its, 1);
        } else if (kind === "clear") {
          counts.clear(row);
          expected[row]!.clear();
        } else if (merges++ < 8) {
          // Few enough for counts to stay below 2^53.
          const copy = CountRows.ofParts(structuredClone(counts.toParts()));
          counts.merge(copy, row, other);
          for (const [place, count] of [...expected[other]!]) add(row, place, count);
        }
      }
      for (const [row, own] of expected.entries()) {
        const sorted = [...own].sort(([a], [b]) => a - b);
        assertEquals([...counts.entries(row)], sorted);
        const ranks: number[] = [], places: number[] = [];
        let seen = 0;
        for (const [place, count] of sorted) {
          ranks.push(seen + 1, seen += count);
          places.push(place, place);
        }
        assertEquals(counts.placesOf(ranks, row), places);
        assertEquals(counts.placesOf(ranks.toReversed(), row), places.toReversed());
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("CountRows takes little more memory than its rows need, when many have moved", () => {
  const counts = new CountRows();
  for (let place = 0; place < 300; place++) {
    for (let row = 0; row < 500; row++) counts.add(place, 1, row);
  }
  const { live, segments } = counts.toParts().blocks;
  const sum = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
  assert(sum(live) <= 1.3 * 500 * 300, `${sum(live)} bytes`);
  const held = sum(segments.map(({ length }) => length));
  assert(held <= 2 * sum(live), `${held} bytes`);
});

Deno.test("CountRows takes memory for what is in a row, however far apart it is", () => {
  const counts = new CountRows();
  for (let row = 0; row < 1000; row++) {
    for (let i = 0; i < 300; i++) counts.add(i % 2 === 0 ? -700 : 2800, 1, row);
  }
  const { segments } = counts.toParts().blocks;
  const held = segments.reduce((sum, { length }) => sum + length, 0);
  assert(held <= 1000 * 50, `${held} bytes`);
});
