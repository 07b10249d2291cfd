/**
 * Of items, the first in some order. Unlike a sort it looks at numbers alone as far as they decide,
 * and takes a time that grows with the number of items: of two hundred thousand some milliseconds.
 *
 * @param most How many are wanted, 1 or more.
 * @param columns Of each item, the number that decides first, the one that decides among equals, and
 * so on: less comes first.
 * @param compare What decides where all of those are equal, as comparators do.
 * @returns So many items, by their rows in the columns, in no order.
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
 * The same, in their order.
 *
 * @param most How many are wanted.
 * @param column Of each item, the number that decides first.
 * @param compare What decides among equals.
 * @returns So many items, by their rows in the column.
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
 * The value of a rank, 1 for the smallest.
 *
 * @param values The values; their order is another afterwards.
 * @see Hoare (1961), "Algorithm 65: Find", CACM 4(7).
 */
function valueOfRank(values: Float64Array, rank: number): number {
  let first = 0, last = values.length - 1;
  while (first < last) {
    // At random, so that no log is worse than others.
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
