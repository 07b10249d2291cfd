/** Counts below this are common, and have an array instead of a map. */
const FEW = 1024;

/**
 * A histogram: for each count, how many things have it.
 *
 * @example Three things
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CountHistogram } from "./count_histogram.ts";
 *
 * const counts = new CountHistogram();
 * for (const count of [1, 5000, 1]) counts.add(count);
 * assertEquals(counts.descending(), [[5000, 1], [1, 2]]);
 * ```
 */
export class CountHistogram {
  readonly #few = new Uint32Array(FEW);
  readonly #others = new Map<number, number>();

  /** Adds a thing that came `count` times. */
  add(count: number): void {
    if (count < FEW) this.#few[count]!++;
    else this.#others.set(count, (this.#others.get(count) ?? 0) + 1);
  }

  /** Each count, the largest first, and how many things have it. */
  descending(): [count: number, things: number][] {
    const few = [...this.#few.entries()].filter(([, things]) => things > 0);
    return [...this.#others, ...few].sort(([a], [b]) => b - a);
  }
}
