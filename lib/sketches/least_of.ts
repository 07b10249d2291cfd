/** Which of two items comes first where the numbers are equal. */
export interface Ties {
  /** For each item, another number, which then decides: the lower one comes first; left out if there is none. */
  readonly numberOf?: (item: number) => number;
  /** A comparator of two items, which decides where all numbers are equal. */
  readonly compare: (a: number, b: number) => number;
}

/**
 * Selects the items that come first in an order. Unlike a sort, it compares numbers alone as far as they
 * decide, and takes linear time: some milliseconds for two hundred thousand items.
 *
 * @param most How many items to select, from 1 to the number of items.
 * @param column For each item, the number that decides first: the lower one comes first.
 * @param ties What decides among equal ones.
 * @returns The rows of `most` items, in no order.
 *
 * @example By length, then by the alphabet
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { leastOf } from "./least_of.ts";
 *
 * const texts = ["ccc", "b", "a", "dd", "aa"];
 * const lengths = Float64Array.from(texts, (text) => text.length);
 * const least = leastOf(3, lengths, { compare: (i, j) => texts[i]! < texts[j]! ? -1 : 1 });
 * assertEquals(Array.from(least, (i) => texts[i]), ["b", "a", "aa"]);
 * ```
 */
export function leastOf(
  most: number,
  column: Float64Array,
  { numberOf, compare }: Ties,
): Uint32Array {
  const least = new Uint32Array(most), equal = new Uint32Array(column.length);
  const limit = valueOfRank(column.slice(), most);
  let found = 0, ties = 0;
  for (let item = 0; item < column.length; item++) {
    const value = column[item]!;
    if (value < limit) least[found++] = item;
    else if (value === limit) equal[ties++] = item;
  }
  const undecided = equal.subarray(0, ties);
  if (ties > most - found && numberOf === undefined) undecided.sort(compare);
  if (ties === most - found || numberOf === undefined) {
    least.set(undecided.subarray(0, most - found), found);
    return least;
  }
  const numbers = new Float64Array(ties);
  for (let i = 0; i < ties; i++) numbers[i] = numberOf(undecided[i]!);
  const compareTies = (a: number, b: number) => compare(undecided[a]!, undecided[b]!);
  const first = leastOf(most - found, numbers, { compare: compareTies });
  for (let i = 0; i < first.length; i++) least[found + i] = undecided[first[i]!]!;
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
  return leastOf(most, column, { compare }).sort((a, b) =>
    column[a]! - column[b]! || compare(a, b)
  );
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
