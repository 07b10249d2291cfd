/** What of a text that someone typed cannot be read. */
export interface CaretFault {
  /** What was being done, as the end of "Cannot …". */
  readonly doing: string;
  /** The text. */
  readonly text: string;
  /** Where the fault begins in it; without it, it is of the whole. */
  readonly at?: number | undefined;
  /** How many characters it has (1). */
  readonly length?: number | undefined;
  /** What was found, as a sentence without a full stop. */
  readonly found: string;
  /** What was wanted, or how to get it right, likewise. */
  readonly wanted: string;
}

/** How many characters are shown on either side of the fault. */
const AROUND = 60;

/**
 * Makes the error for a text that cannot be read: what was being done, the text with carets under the fault, what was
 * found, and what was wanted.
 *
 * @example A misspelt variable
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { caretError } from "./caret_error.ts";
 *
 * const { message } = caretError({
 *   doing: "read the template",
 *   text: "$remote_addr$stats",
 *   at: 12,
 *   length: 6,
 *   found: "Unknown variable $stats",
 *   wanted: "Did you mean $status?",
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
export function caretError(
  { doing, text, at, length = 1, found, wanted }: CaretFault,
): SyntaxError {
  const start = Math.max(0, (at ?? 0) - AROUND), end = (at ?? 0) + length + AROUND;
  const before = start > 0 ? "…" : "", after = end < text.length ? "…" : "";
  // deno-lint-ignore no-control-regex
  const shown = text.slice(start, end).replaceAll(/[\x00-\x1F\x7F]/g, " ");
  const carets = at === undefined
    ? []
    : [`  ${" ".repeat(before.length + at - start)}${"^".repeat(Math.max(1, length))}`];
  return new SyntaxError(
    [`Cannot ${doing}:`, `  ${before}${shown}${after}`, ...carets, found, wanted].join("\n"),
  );
}
