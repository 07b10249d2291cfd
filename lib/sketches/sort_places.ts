/** Of each place, how often it was seen; all 0 but while it is in use, and made when it is needed first. */
let seen: Uint32Array | undefined;
const ZERO = 2 ** 15;

/**
 * Sorts places by counting them: as fast as they are close together.
 *
 * @param places Some places, in any order; they are not changed.
 * @returns The same, lowest first.
 *
 * @example Three places
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sortPlaces } from "./sort_places.ts";
 *
 * assertEquals(sortPlaces(Int16Array.of(7, -3, 7)), Int16Array.of(-3, 7, 7));
 * ```
 */
export function sortPlaces(places: Int16Array): Int16Array {
  seen ??= new Uint32Array(2 * ZERO);
  const sorted = new Int16Array(places.length);
  let lowest = ZERO, highest = -ZERO;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    seen[place + ZERO]!++;
    if (place < lowest) lowest = place;
    if (place > highest) highest = place;
  }
  let size = 0;
  for (let place = lowest; place <= highest; place++) {
    for (let count = seen[place + ZERO]!; count > 0; count--) sorted[size++] = place;
    seen[place + ZERO] = 0;
  }
  return sorted;
}
