import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { logBinomialTail, logPoissonTail, zOfShares } from "../../lib/findings/chance.ts";

/** The chance that a Poisson variable is at least `count`, summed up term by term from there on. */
function naiveTail(count: number, mean: number): number {
  let sum = 0;
  for (let k = count; k < count + 400; k++) sum += naivePoint(k, mean);
  return sum;
}

/** exp(-mean) mean^k / k!, one factor after the other. */
function naivePoint(k: number, mean: number): number {
  let product = Math.exp(-mean);
  for (let i = 1; i <= k; i++) product *= mean / i;
  return product;
}

Deno.test("logPoissonTail is the logarithm of the sum of the chances from a count on", () => {
  for (const mean of [0.001, 0.01, 0.3, 1, 2.5, 7, 19.9, 40, 100]) {
    for (const count of [1, 2, 3, 5, 8, 13, 28, 29, 30, 31, 32, 50, 75, 101, 150]) {
      const naive = naiveTail(count, mean);
      // Below the mean it is rounded up to certainty; far above it the plain product has no digits left.
      if (count <= mean || naive < 1e-290) continue;
      assertAlmostEquals(logPoissonTail(count, mean), Math.log(naive), 1e-9, `${count} ${mean}`);
    }
  }
});

Deno.test("logPoissonTail is 0, that is certain, up to the mean, and never more", () => {
  for (const mean of [0.5, 1, 7, 1000, 1e9]) {
    for (const count of [0, Math.floor(mean / 2), Math.floor(mean)]) {
      assertEquals(logPoissonTail(count, mean), 0);
    }
    assert(logPoissonTail(Math.ceil(mean + 1), mean) <= 0);
  }
});

Deno.test("logPoissonTail falls with the count and rises with the mean", () => {
  for (let count = 11; count < 200; count++) {
    assert(logPoissonTail(count + 1, 10) < logPoissonTail(count, 10), `${count}`);
    assert(logPoissonTail(count, 10.1) > logPoissonTail(count, 10), `${count}`);
  }
});

Deno.test("logPoissonTail tells chances that are too small for a number", () => {
  // The first term is nearly all: mean^count / count!.
  assertAlmostEquals(logPoissonTail(5, 1e-9), 5 * Math.log(1e-9) - Math.log(120), 1e-6);
  let logFactorial = 0;
  for (let k = 2; k <= 100_000; k++) logFactorial += Math.log(k);
  const far = 100_000 * Math.log(10) - 10 - logFactorial;
  assertAlmostEquals(logPoissonTail(100_000, 10), far, 0.001);
  assertEquals(Math.exp(logPoissonTail(100_000, 10)), 0);
});

Deno.test("logPoissonTail of a large mean is that of the normal distribution", () => {
  // Half of all above the mean, and a chance of 0.135 % above three standard deviations.
  assertAlmostEquals(Math.exp(logPoissonTail(1_000_001, 1_000_000)), 0.5, 0.001);
  assertAlmostEquals(Math.exp(logPoissonTail(1_003_000, 1_000_000)), 0.00135, 0.00002);
});

Deno.test("zOfShares is the difference of the shares by its pooled standard error", () => {
  for (const [hits, all, otherHits, otherAll] of GROUPS) {
    const pooled = (hits + otherHits) / (all + otherAll);
    const variance = pooled * (1 - pooled) / all + pooled * (1 - pooled) / otherAll;
    const z = (hits / all - otherHits / otherAll) / Math.sqrt(variance);
    assertAlmostEquals(zOfShares([hits, all], [otherHits, otherAll]), z, 1e-9);
    assertAlmostEquals(zOfShares([otherHits, otherAll], [hits, all]), -z, 1e-9);
  }
});

const GROUPS = [
  [60, 100, 40, 100],
  [5, 30, 0, 1000],
  [1, 1, 0, 1],
  [1, 1_000_000, 999, 1000],
  [20, 50, 0, 50],
  [7, 70, 10, 100],
] as const;

Deno.test("zOfShares of equal shares is 0, and 5 for 20 and none of 50", () => {
  assertEquals(zOfShares([10, 100], [10, 100]), 0);
  assertAlmostEquals(zOfShares([20, 50], [0, 50]), 5, 1e-9);
});

Deno.test("zOfShares is 0 if a group is empty, or if all or none are in both", () => {
  assertEquals(zOfShares([0, 0], [5, 10]), 0);
  assertEquals(zOfShares([5, 10], [0, 0]), 0);
  assertEquals(zOfShares([0, 0], [0, 0]), 0);
  assertEquals(zOfShares([0, 10], [0, 1000]), 0);
  assertEquals(zOfShares([10, 10], [1000, 1000]), 0);
});

Deno.test("logBinomialTail is the sum of the chances of each count", () => {
  for (const [all, share] of [[1, 0.5], [10, 0.1], [29, 0.3], [60, 0.02], [150, 0.9]] as const) {
    let tail = 0;
    for (let count = all; count > all * share; count--) {
      let chance = share ** count * (1 - share) ** (all - count);
      for (let i = 1; i <= all - count; i++) chance *= (count + i) / i;
      tail += chance;
      const found = Math.exp(logBinomialTail(count, all, share));
      assert(Math.abs(found - tail) <= 1e-6 * tail, `${count} of ${all} at ${share}: ${found}`);
    }
    assertEquals(logBinomialTail(0, all, share), 0);
  }
});
