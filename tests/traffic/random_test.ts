import { assert, assertEquals } from "@std/assert";
import { Random } from "../../lib/traffic/random.ts";

Deno.test("Random next() is xoshiro128**", () => {
  // Computed with the authors' C code.
  const expected = [
    11520,
    0,
    5927040,
    70819200,
    2031721883,
    1637235492,
    1287239034,
    3734860849,
    3729100597,
    4258142804,
  ];
  const random = new Random([1, 2, 3, 4]);
  assertEquals(expected.map(() => random.next()), expected);
});

Deno.test("Random fromSeed() fills its state by SplitMix64", () => {
  // SplitMix64 of 1234567 begins with 6457827717110365317 and 3203168211198807973.
  const [a, b] = [6457827717110365317n, 3203168211198807973n];
  const words = [a, a >> 32n, b, b >> 32n].map((word) => Number(BigInt.asUintN(32, word)));
  const expected = new Random(words as [number, number, number, number]);
  const random = Random.fromSeed(1234567);
  for (let i = 0; i < 20; i++) assertEquals(random.next(), expected.next());
});

Deno.test("Random fromSeed() tells all seeds apart, the largest among them", () => {
  const seeds = [0, 1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER];
  const firsts = seeds.map((seed) => Random.fromSeed(seed).next());
  assertEquals(new Set(firsts).size, seeds.length);
});

Deno.test("Random below() and between() reach every value equally often", () => {
  const random = Random.fromSeed(1);
  const draws = 60_000;
  const counts = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const drawn = random.between(-2, 3);
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  assertEquals([...counts.keys()].sort((a, b) => a - b), [-2, -1, 0, 1, 2, 3]);
  assert(chiSquared([...counts.values()], draws / 6) < 20.5, "p < 0.001 at 5 degrees of freedom");
});

Deno.test("Random below() leaves out what would make small values likelier", () => {
  // Of three halves of the range, plain remainders would come from the lowest half twice as often.
  const bound = 3 * 2 ** 30;
  const random = Random.fromSeed(1);
  let low = 0;
  for (let i = 0; i < 30_000; i++) if (random.below(bound) < 2 ** 30) low++;
  assert(Math.abs(low - 10_000) < 400, `${low} of 30000 in the lowest third`);
});

Deno.test("Random pickWeighted() keeps to the weights", () => {
  const random = Random.fromSeed(1);
  const items = [{ weight: 7 }, { weight: 3 }, { weight: 2 }];
  const counts = new Map(items.map((item) => [item, 0]));
  for (let i = 0; i < 12_000; i++) {
    const item = random.pickWeighted(items);
    counts.set(item, counts.get(item)! + 1);
  }
  const squares = items.map((item) => (counts.get(item)! - item.weight * 1000) ** 2 / item.weight);
  assert(squares.reduce((a, b) => a + b) / 1000 < 13.8, "p < 0.001 at 2 degrees of freedom");
});

function chiSquared(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
