import type { Random } from "./random.ts";

/**
 * Draws ranks by Zipf's law: rank `k` of `n` with a probability proportional to `1 / k^s`. It uses
 * rejection-inversion, in constant time and without a table, whatever the number of ranks.
 *
 * @see Hörmann, Derflinger (1996), "Rejection-inversion to generate variates from monotone discrete
 * distributions", ACM TOMACS 6(3), algorithm ZRI.
 *
 * @example Low ranks are likely
 * ```ts
 * import { assert } from "@std/assert";
 * import { Random } from "./random.ts";
 * import { Zipf } from "./zipf.ts";
 *
 * const zipf = new Zipf(1000, 1.1);
 * const random = Random.fromSeed(1);
 * const ranks = Array.from({ length: 1000 }, () => zipf.draw(random));
 * assert(ranks.filter((rank) => rank <= 10).length > 300);
 * ```
 */
export class Zipf {
  readonly #ranks: number;
  readonly #exponent: number;
  readonly #lowest: number;
  readonly #highest: number;
  readonly #sure: number;

  /**
   * Makes a distribution.
   *
   * @param ranks How many ranks there are, 1 or more.
   * @param exponent The exponent `s`, above 0: the larger, the likelier are low ranks; 1 is Zipf's own.
   */
  constructor(ranks: number, exponent: number) {
    this.#ranks = ranks;
    this.#exponent = exponent;
    this.#lowest = this.#integral(1.5) - 1;
    this.#highest = this.#integral(ranks + 0.5);
    this.#sure = 2 - this.#inverse(this.#integral(2.5) - this.#chance(2));
  }

  /** Draws a rank, 1 to `ranks`. */
  draw(random: Random): number {
    for (;;) {
      const area = this.#highest + random.share() * (this.#lowest - this.#highest);
      const x = this.#inverse(area);
      const rank = Math.min(Math.max(Math.floor(x + 0.5), 1), this.#ranks);
      if (rank - x <= this.#sure || area >= this.#integral(rank + 0.5) - this.#chance(rank)) {
        return rank;
      }
    }
  }

  #chance(x: number): number {
    return x ** -this.#exponent;
  }

  /** The antiderivative of `#chance`, up to a constant. */
  #integral(x: number): number {
    const power = 1 - this.#exponent;
    return power === 0 ? Math.log(x) : x ** power / power;
  }

  #inverse(area: number): number {
    const power = 1 - this.#exponent;
    return power === 0 ? Math.exp(area) : (area * power) ** (1 / power);
  }
}
