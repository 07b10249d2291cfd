/**
 * Computes how many characters must be inserted, deleted or replaced to turn one text into another
 * (Levenshtein distance).
 *
 * Cost: time in proportion to the product of the lengths.
 *
 * @see Wagner, Fischer (1974), "The string-to-string correction problem", J. ACM 21(1).
 *
 * @example A letter too few, and two that changed places
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { editDistance } from "./edit_distance.ts";
 *
 * assertEquals([editDistance("windw", "window"), editDistance("tpo", "top")], [1, 2]);
 * ```
 */
export function editDistance(from: string, to: string): number {
  const [source, target] = [[...from], [...to]];
  let above = Array.from({ length: target.length + 1 }, (_, column) => column);
  for (const [row, character] of source.entries()) {
    const distances = [row + 1];
    for (const [column, wanted] of target.entries()) {
      const replaced = above[column]! + Number(character !== wanted);
      distances.push(Math.min(replaced, above[column + 1]! + 1, distances[column]! + 1));
    }
    above = distances;
  }
  return above[target.length]!;
}
