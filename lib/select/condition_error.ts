/** What of a condition cannot be read. */
export interface ConditionFault {
  /** The condition. */
  readonly text: string;
  /** Where the fault begins in it. */
  readonly at: number;
  /** How many characters it has (1). */
  readonly length?: number;
  /** What was found, as a sentence without a full stop. */
  readonly found: string;
  /** What was wanted, or how to get it right, likewise. */
  readonly wanted: string;
}

/** How many characters are shown on either side of the fault. */
const AROUND = 60;

/**
 * Makes the error for a condition that cannot be read: the condition with carets under the fault, what was found, and
 * what was wanted.
 *
 * @example A misspelt field
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { conditionError } from "./condition_error.ts";
 *
 * const fault = { text: "staus==404", at: 0, length: 5, found: "Unknown field staus", wanted: "…" };
 * assertEquals(conditionError(fault).message.split("\n"), [
 *   "Cannot read the condition:",
 *   "  staus==404",
 *   "  ^^^^^",
 *   "Unknown field staus",
 *   "…",
 * ]);
 * ```
 */
export function conditionError(
  { text, at, length = 1, found, wanted }: ConditionFault,
): SyntaxError {
  const start = Math.max(0, at - AROUND), end = Math.min(text.length, at + length + AROUND);
  const before = start > 0 ? "…" : "", after = end < text.length ? "…" : "";
  // deno-lint-ignore no-control-regex
  const shown = text.slice(start, end).replaceAll(/[\x00-\x1F\x7F]/g, " ");
  const caret = `${" ".repeat(before.length + at - start)}${"^".repeat(Math.max(1, length))}`;
  return new SyntaxError(
    ["Cannot read the condition:", `  ${before}${shown}${after}`, `  ${caret}`, found, wanted]
      .join("\n"),
  );
}
