/** What of a template cannot be read. */
export interface TemplateFault {
  /** The template. */
  readonly text: string;
  /** Where the fault begins in it; without it, it is of the whole. */
  readonly at?: number;
  /** How many characters it has. */
  readonly length?: number;
  /** What was found, as a sentence without a full stop. */
  readonly found: string;
  /** What is known, as a sentence without a full stop. */
  readonly known: string;
}

const AROUND = 60;

/**
 * Makes the error for a template that cannot be read: what was being done, the template with carets under the token,
 * what was found, and what is known.
 *
 * @example A misspelt variable
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { templateError } from "./template_error.ts";
 *
 * const { message } = templateError({
 *   text: "$remote_addr$stats",
 *   at: 12,
 *   length: 6,
 *   found: "Unknown variable $stats",
 *   known: "Did you mean $status?",
 * });
 * assertEquals(message.split("\n"), [
 *   "Cannot read the template:",
 *   "  $remote_addr$stats",
 *   "              ^^^^^^",
 *   "Unknown variable $stats",
 *   "Did you mean $status?",
 * ]);
 * ```
 */
export function templateError({ text, at, length = 1, found, known }: TemplateFault): SyntaxError {
  const start = Math.max(0, (at ?? 0) - AROUND), end = (at ?? 0) + length + AROUND;
  const before = start > 0 ? "…" : "", after = end < text.length ? "…" : "";
  // deno-lint-ignore no-control-regex
  const shown = text.slice(start, end).replaceAll(/[\x00-\x1F\x7F]/g, " ");
  const carets = at === undefined
    ? []
    : [`  ${" ".repeat(before.length + at - start)}${"^".repeat(Math.max(1, length))}`];
  return new SyntaxError(
    ["Cannot read the template:", `  ${before}${shown}${after}`, ...carets, found, known].join(
      "\n",
    ),
  );
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
