/**
 * The natural logarithm of the chance that a Poisson variable is at least `count`.
 *
 * @param count A whole number from 0 on.
 * @param mean The mean of the variable, above 0.
 * @returns At most 0.
 *
 * @example Five where one is usual: 0.37 %
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { logPoissonTail } from "./chance.ts";
 *
 * assertAlmostEquals(Math.exp(logPoissonTail(5, 1)), 0.00366, 1e-5);
 * ```
 */
export function logPoissonTail(count: number, mean: number): number {
  // Below the mean the chance is of the order of 1, and nobody asks for it exactly.
  if (count <= mean) return 0;
  // P(X >= k) = P(X = k) (1 + mean / (k + 1) + mean^2 / ((k + 1)(k + 2)) + …), a geometric series at worst.
  let sum = 1, term = 1;
  for (let k = count + 1; term > 1e-12 * sum; k++) {
    term *= mean / k;
    sum += term;
  }
  return Math.min(0, count * Math.log(mean) - mean - logFactorial(count) + Math.log(sum));
}

/**
 * The natural logarithm of the chance that of `all` events at least `count` fall into a part that each falls into with
 * the chance `share`: the tail of the binomial distribution. Of Poisson variables whose sum is known, so is one of them.
 *
 * @param count A whole number from 0 to `all`.
 * @param all A whole number.
 * @param share Above 0 and below 1.
 * @returns At most 0.
 *
 * @example Eight heads of ten: 5.5 %
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { logBinomialTail } from "./chance.ts";
 *
 * assertAlmostEquals(Math.exp(logBinomialTail(8, 10, 0.5)), 0.0547, 1e-4);
 * ```
 */
export function logBinomialTail(count: number, all: number, share: number): number {
  if (count <= all * share) return 0;
  const odds = share / (1 - share);
  let sum = 1, term = 1;
  for (let k = count; k < all && term > 1e-12 * sum; k++) {
    term *= (all - k) / (k + 1) * odds;
    sum += term;
  }
  const ways = logFactorial(all) - logFactorial(count) - logFactorial(all - count);
  const rest = (all - count) * Math.log1p(-share);
  return Math.min(0, ways + count * Math.log(share) + rest + Math.log(sum));
}

/**
 * How many standard errors two shares differ by, pooled: the test of two proportions.
 *
 * @param ofOne How many of how many, in one group.
 * @param ofOther The same in the other.
 * @returns Above 0 if the share of the first is larger; 0 if a group is empty, or all or none are in both.
 *
 * @example 60 of 100, and 40 of 100
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { zOfShares } from "./chance.ts";
 *
 * assertAlmostEquals(zOfShares([60, 100], [40, 100]), 2.828, 0.001);
 * ```
 */
export function zOfShares(
  [hits, all]: readonly [hits: number, all: number],
  [otherHits, otherAll]: readonly [hits: number, all: number],
): number {
  if (all === 0 || otherAll === 0) return 0;
  const pooled = (hits + otherHits) / (all + otherAll);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / all + 1 / otherAll));
  return error === 0 ? 0 : (hits / all - otherHits / otherAll) / error;
}

/** The logarithm of a factorial: summed up where it is small, by Stirling's series where it is not. */
function logFactorial(n: number): number {
  if (n < 30) {
    let sum = 0;
    for (let k = 2; k <= n; k++) sum += Math.log(k);
    return sum;
  }
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3);
}
