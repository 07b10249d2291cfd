/**
 * A map whose keys are integers that come from outside, and so may be chosen by an attacker.
 *
 * The engine's hash of a number has no seed; so each key is moved by a number that nobody knows.
 *
 * @example Two keys
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { NumberMap } from "./number_map.ts";
 *
 * const map = new NumberMap<string>(123_456);
 * map.set(-1, "before");
 * map.set(0, "at");
 * assertEquals([...map], [[-1, "before"], [0, "at"]]);
 * ```
 */
export class NumberMap<V> {
  readonly #shift: number;
  #map = new Map<number, V>();

  /** Makes the empty map; the shift is an integer from 0 to 2^32 − 1, drawn at random. */
  constructor(shift: number) {
    this.#shift = shift;
  }

  /** How many keys there are. */
  get size(): number {
    return this.#map.size;
  }

  /** The value of a key, if it has one. */
  get(key: number): V | undefined {
    return this.#map.get(key + this.#shift);
  }

  /** Gives a key its value. */
  set(key: number, value: V): void {
    this.#map.set(key + this.#shift, value);
  }

  /** Forgets a key. */
  delete(key: number): void {
    this.#map.delete(key + this.#shift);
  }

  /** All keys with their values, in the order in which they came first. */
  *[Symbol.iterator](): Generator<[key: number, value: V]> {
    for (const [shifted, value] of this.#map) yield [shifted - this.#shift, value];
  }
}
