import { assert } from "@std/assert";
import { Random } from "../../lib/traffic/random.ts";
import { Zipf } from "../../lib/traffic/zipf.ts";

Deno.test("Zipf draws every rank as often as its law says", () => {
  const draws = 40_000;
  for (
    const [ranks, exponent] of [[1, 1], [2, 1], [10, 0.5], [10, 1], [10, 1.1], [50, 2]] as const
  ) {
    const random = Random.fromSeed(ranks);
    const zipf = new Zipf(ranks, exponent);
    const counts = new Array<number>(ranks + 1).fill(0);
    for (let i = 0; i < draws; i++) counts[zipf.draw(random)]!++;
    const weights = Array.from({ length: ranks }, (_, i) => (i + 1) ** -exponent);
    const sum = weights.reduce((a, b) => a + b);
    for (const [i, weight] of weights.entries()) {
      const expected = draws * weight / sum;
      const off = Math.abs(counts[i + 1]! - expected);
      assert(off <= 5 * Math.sqrt(expected) + 1, `rank ${i + 1} of ${ranks}: off by ${off}`);
    }
  }
});

Deno.test("Zipf stays within its ranks, however many", () => {
  const random = Random.fromSeed(1);
  for (const exponent of [0.3, 1, 1.5]) {
    const zipf = new Zipf(5_000_000, exponent);
    for (let i = 0; i < 20_000; i++) {
      const rank = zipf.draw(random);
      assert(Number.isInteger(rank) && rank >= 1 && rank <= 5_000_000);
    }
  }
});
