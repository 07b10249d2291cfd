import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { TimeSums } from "../../lib/aggregates/time_sums.ts";

const timeUs = fc.oneof(
  fc.constantFrom(-1, 0, 2 ** 32 - 1, 2 ** 32, 1e15),
  fc.integer({ min: 0, max: 1e15 }),
);

Deno.test("TimeSums are exact in any order, split and merge, and in all their forms", () => {
  fc.assert(
    fc.property(fc.array(timeUs, { maxLength: 60 }), fc.nat(60), (times, cut) => {
      const known = times.filter((us) => us >= 0);
      const expected = {
        count: known.length,
        totalUs: known.reduce((sum, us) => sum + BigInt(us), 0n),
      };
      const all = Float64Array.from(times), middle = Math.min(cut, times.length);
      const [one, other] = [new TimeSums(), new TimeSums()];
      one.addRun(1, all, 0, middle);
      other.addRun(0, all, middle, all.length);
      one.join(1, other, 0);
      assertEquals(one.at(1), expected);
      assertEquals(TimeSums.fromJSON(one.stateOf([1]), 1).at(0), expected);
      assertEquals(TimeSums.ofParts(one.toParts()).at(1), expected);
    }),
  );
});

Deno.test("TimeSums takes the times of a run alone, and forgets a row", () => {
  const sums = new TimeSums();
  sums.addRun(0, Float64Array.of(7, 5, 6, 8), 1, 3);
  assertEquals(sums.at(0), { count: 2, totalUs: 11n });
  sums.clear(0);
  assertEquals(sums.at(0), { count: 0, totalUs: 0n });
  assertEquals(sums.stateOf([0]), {});
});
