/** Of each place, how often it was seen: all 0 but for a moment. Made when it is needed first. */
let seen: Uint32Array | undefined;
const ZERO = 2 ** 15;

/**
 * Counts how often each place is in a list.
 *
 * @param places The places, in any order.
 * @param use Is told the count of each place from the lowest to the highest, which are good until it returns,
 * and the lowest; it is told of none if there are no places.
 * @returns What that returns.
 *
 * @example Three places
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { countPlaces } from "./count_places.ts";
 *
 * const counted = countPlaces(Int16Array.of(7, 5, 7), (counts, lowest) => [lowest, ...counts]);
 * assertEquals(counted, [5, 1, 0, 2]);
 * ```
 */
export function countPlaces<Result>(
  places: Int16Array,
  use: (counts: Uint32Array, lowest: number) => Result,
): Result {
  if (places.length === 0) return use(NONE, 0);
  seen ??= new Uint32Array(2 * ZERO);
  let lowest = ZERO, highest = -ZERO;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    seen[place + ZERO]!++;
    if (place < lowest) lowest = place;
    if (place > highest) highest = place;
  }
  const counts = seen.subarray(lowest + ZERO, highest + ZERO + 1);
  try {
    return use(counts, lowest);
  } finally {
    counts.fill(0);
  }
}

const NONE = new Uint32Array();
