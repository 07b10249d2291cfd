import { compareCodePoints } from "./compare_code_points.ts";
import { TextMap } from "./text_map.ts";

/**
 * Counts how often each key came. Keys are log text.
 *
 * @example Methods
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Tally } from "./tally.ts";
 *
 * const methods = new Tally();
 * for (const method of ["PUT", "GET", "PUT"]) methods.add(method);
 * assertEquals(methods.result(), [["GET", 1], ["PUT", 2]]);
 * ```
 */
export class Tally {
  #counts = new TextMap<number>();

  /** Counts a key, once or `times` times. */
  add(key: string, times = 1): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }

  /** Takes in another's counts. */
  merge(other: Tally): void {
    for (const [key, times] of other.#counts) this.add(key, times);
  }

  /** Each key with its count, by code point of the key. */
  result(): [key: string, count: number][] {
    return [...this.#counts].sort(([a], [b]) => compareCodePoints(a, b));
  }
}
