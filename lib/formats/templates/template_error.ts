import { caretError, type CaretFault } from "../description/caret_error.ts";

/** Makes the error for a template that cannot be read. */
export function templateError(fault: Omit<CaretFault, "doing">): SyntaxError {
  return caretError({ doing: "read the template", ...fault });
}

/**
 * Finds the names that are nearest to another, by edit distance.
 *
 * @returns At most three, the nearest first; none that differ in more than a third.
 */
export function nearestNames(name: string, known: readonly string[]): string[] {
  return known.map((other) => ({ other, distance: distance(name, other) }))
    .filter(({ distance }) => distance <= Math.max(1, name.length / 3))
    .sort((one, another) => one.distance - another.distance)
    .slice(0, 3).map(({ other }) => other);
}

/** The Levenshtein distance, row by row. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, character] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      const changed = row[j]! + Number(other[j] !== character);
      next.push(Math.min(changed, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
