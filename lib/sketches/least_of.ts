/**
 * Selects the items that come first in an order. Unlike a sort, it compares numbers alone as far as they
 * decide, and takes linear time: some milliseconds for two hundred thousand items.
 *
 * @param most How many items to select, from 1 to the number of items.
 * @param columns For each item, the number that decides first, then the one that decides among equals, and
 * more of these: the lower number comes first.
 * @param compare A comparator of two items; decides where all numbers are equal.
 * @returns The rows of `most` items, in no order.
 *
 * @example By length, then by the alphabet
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { leastOf } from "./least_of.ts";
 *
 * const texts = ["ccc", "b", "a", "dd", "aa"];
 * const lengths = Float64Array.from(texts, (text) => text.length);
 * const least = leastOf(3, [lengths], (i, j) => texts[i]! < texts[j]! ? -1 : 1);
 * assertEquals(Array.from(least, (i) => texts[i]), ["b", "a", "aa"]);
 * ```
 */
export function leastOf(
  most: number,
  columns: readonly [Float64Array, ...Float64Array[]],
  compare: (a: number, b: number) => number,
): Uint32Array {
  const least = new Uint32Array(most);
  let found = 0;
  let undecided = new Uint32Array(columns[0].length).map((_, item) => item);
  for (const column of columns) {
    const values = new Float64Array(undecided.length);
    for (let i = 0; i < values.length; i++) values[i] = column[undecided[i]!]!;
    const limit = valueOfRank(values, most - found);
    let equal = 0;
    for (const item of undecided) {
      const value = column[item]!;
      if (value < limit) least[found++] = item;
      else if (value === limit) undecided[equal++] = item;
    }
    undecided = undecided.subarray(0, equal);
  }
  if (undecided.length > most - found) undecided.sort(compare);
  least.set(undecided.subarray(0, most - found), found);
  return least;
}

/**
 * Like {@linkcode leastOf}, with the selected items sorted.
 *
 * @param most How many items to select, from 0 to the number of items.
 * @param column For each item, the number that decides first: the lower one comes first.
 * @param compare A comparator of two items; decides where the numbers are equal.
 * @returns The rows of `most` items, sorted; empty if `most` is 0.
 */
export function firstOf(
  most: number,
  column: Float64Array,
  compare: (a: number, b: number) => number,
): Uint32Array {
  if (most === 0) return new Uint32Array();
  return leastOf(most, [column], compare).sort((a, b) => column[a]! - column[b]! || compare(a, b));
}

/**
 * Returns the value of a rank, 1 for the smallest, by quickselect.
 *
 * @param values The values, which are reordered.
 * @see Hoare (1961), "Algorithm 65: Find", CACM 4(7).
 */
function valueOfRank(values: Float64Array, rank: number): number {
  let first = 0, last = values.length - 1;
  while (first < last) {
    // A random pivot: no input is always the worst case.
    const pivot = values[first + Math.floor(Math.random() * (last - first + 1))]!;
    let left = first, right = last;
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (values[right]! > pivot) right--;
      if (left > right) break;
      const value = values[left]!;
      values[left++] = values[right]!;
      values[right--] = value;
    }
    if (rank - 1 <= right) last = right;
    else if (rank - 1 >= left) first = left;
    else break;
  }
  return values[rank - 1]!;
}
