/** A pattern of paths: segments that are literal, that stand for any one (`:name`), and perhaps a rest (`*`). */
export interface PathPattern {
  /** Its segments, without that of the rest. */
  readonly segments: readonly string[];
  /** Whether any segments may follow. */
  readonly hasRest: boolean;
  /** What paths that match become. */
  readonly text: string;
}

/**
 * Reads a pattern of paths as `/users/:name/*`: `:name` stands for one segment, and `*`, at the end, for all that
 * follow, or for none.
 *
 * @throws {SyntaxError} If it is none.
 *
 * @example A pattern
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matchesPath, parsePathPattern } from "./path_patterns.ts";
 *
 * const pattern = parsePathPattern("/u/:name/*");
 * assertEquals(["/u/ada/files/7", "/u", "/x/ada"].map((path) => matchesPath(pattern, path)), [
 *   true, false, false,
 * ]);
 * ```
 */
export function parsePathPattern(text: string): PathPattern {
  if (!text.startsWith("/")) throw new SyntaxError(`${text} does not begin with /`);
  if (text.includes("?")) {
    throw new SyntaxError(
      `${text} has a ?, but a path ends before it; --strip-query leaves out the rest`,
    );
  }
  const segments = text.slice(1).split("/"), hasRest = segments.at(-1) === "*";
  if (hasRest) segments.pop();
  if (segments.some((segment) => segment.includes("*"))) {
    throw new SyntaxError(`${text} has a * that is not its last segment; :name stands for one`);
  }
  if (segments.includes(":")) throw new SyntaxError(`${text} has a : without a name`);
  return { segments, hasRest, text };
}

/** Whether a path, without its query, matches a pattern. */
export function matchesPath({ segments, hasRest }: PathPattern, path: string): boolean {
  if (!path.startsWith("/")) return false;
  const found = path.slice(1).split("/");
  if (hasRest ? found.length < segments.length : found.length !== segments.length) return false;
  return segments.every((segment, i) =>
    segment.startsWith(":") ? found[i] !== "" : segment === found[i]
  );
}
