import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { CountHistogram } from "../../../lib/tables/count_histogram.ts";
import { PairPlaces } from "../../../lib/tables/pairs/pair_places.ts";

type Place = readonly [item: number, count: number, error: number];

const item = fc.oneof(
  fc.nat(9),
  fc.constantFrom(2 ** 22 - 2, 2 ** 22 - 1, 2 ** 22, 2 ** 26, 2 ** 30 - 2),
);
const count = fc.oneof(
  fc.integer({ min: 1, max: 3 }),
  fc.constantFrom(1022, 1023, 1024, 1025, 2 ** 20, 2 ** 32, 2 ** 50),
);
const change = fc.record({ place: fc.nat(7), item, count, error: fc.nat(2), isNew: fc.boolean() });

function assertHolds(places: PairPlaces, expected: ReadonlyMap<number, Place>, offset = 0): void {
  for (let place = 0; place < 8; place++) {
    const [item, count, error] = expected.get(place) ?? [-1, 0, 0];
    assertEquals(places.itemAt(offset + place), item);
    if (item !== -1) assertEquals(places.countAt(offset + place), count);
    if (item !== -1) assertEquals(places.errorAt(offset + place), error);
  }
}

Deno.test("PairPlaces hold any item and any count, as a Map does", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const [places, expected] = [new PairPlaces(8), new Map<number, Place>()];
      for (const { place, item, count, error, isNew } of changes) {
        const before = expected.get(place);
        if (isNew || before === undefined) {
          places.write(place, item, count, error);
          expected.set(place, [item, count, error]);
        } else {
          places.increase(place, count, error);
          expected.set(place, [before[0], before[1] + count, before[2] + error]);
        }
      }
      assertHolds(places, expected);
      assertHolds(PairPlaces.ofParts(structuredClone(places.toParts())), expected);
      const others = new PairPlaces(12);
      others.copyFrom(places, 0, 8, 3);
      assertHolds(others, expected, 3);
      const sizes = new Map<number, number>(), counts = new CountHistogram();
      for (const [, count] of expected.values()) {
        sizes.set(count + 2, (sizes.get(count + 2) ?? 0) + 1);
      }
      places.addCounts(counts, 0, 8, 2);
      assertEquals(counts.descending(), [...sizes].sort(([a], [b]) => b - a));
    }),
    { numRuns: 1000 },
  );
});
