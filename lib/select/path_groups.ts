import { decodeText } from "../records/record_batch.ts";
import { segmentKind } from "./segment_kind.ts";

/** What becomes of an endpoint before it is counted. */
export interface PathOptions {
  /** Whether what follows the first `?` is left out. */
  readonly stripsQuery: boolean;
  /** Whether segments that name one thing of many are replaced, see {@linkcode segmentKind}. */
  readonly groups: boolean;
  /** Patterns of paths, which come before; the first that matches counts. */
  readonly patterns: readonly PathPattern[];
  /** Whether of `http://host/path` only the path is kept. */
  readonly keepsPathOnly: boolean;
}

const SLASH = 0x2F, QUESTION = 0x3F;
const ENCODER = new TextEncoder();
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * Rewrites endpoints, so that those that differ only in what they name count as one.
 *
 * @example Two tasks are one endpoint
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PathGroups } from "./path_groups.ts";
 *
 * const groups = new PathGroups({
 *   stripsQuery: true, groups: true, patterns: [], keepsPathOnly: false,
 * });
 * assertEquals(groups.rewrite("/api/tasks/476?page=2"), "/api/tasks/:id");
 * ```
 */
export class PathGroups {
  readonly #options: PathOptions;
  /** How many bytes of UTF-8 the longest pattern has at most. */
  readonly #patternBytes: number;

  /** Makes a rewriter. */
  constructor(options: PathOptions) {
    this.#options = options;
    this.#patternBytes = 3 * Math.max(0, ...options.patterns.map(({ text }) => text.length));
  }

  /** Returns what an endpoint becomes. */
  rewrite(endpoint: string): string {
    const bytes = ENCODER.encode(endpoint), out = new Uint8Array(this.mostBytes(bytes.length));
    return decodeText(out, 0, this.write(bytes, 0, bytes.length, out, 0));
  }

  /** How many bytes an endpoint of so many bytes may become at most. */
  mostBytes(length: number): number {
    // A digit becomes `:id`, and there is a `/` before it.
    return 2 * length + 3 + this.#patternBytes;
  }

  /**
   * Writes what an endpoint becomes.
   *
   * @param bytes The bytes that have the endpoint, from `start` to `end`.
   * @param out Gets the UTF-8, from `at` on; there must be room, see {@linkcode mostBytes}.
   * @returns Where it ends in `out`.
   */
  write(
    bytes: Uint8Array<ArrayBuffer>,
    start: number,
    end: number,
    out: Uint8Array,
    at: number,
  ): number {
    const { stripsQuery, groups, patterns, keepsPathOnly } = this.#options;
    const from = keepsPathOnly && bytes[start] !== SLASH ? originEnd(bytes, start, end) : start;
    let pathEnd = from, to = at;
    while (pathEnd < end && bytes[pathEnd] !== QUESTION) pathEnd++;
    const keptEnd = stripsQuery && pathEnd > start ? pathEnd : end;
    // An origin alone is asked for its root (RFC 9112, 3.2.1).
    const isOrigin = from > start && from === pathEnd;
    if (patterns.length > 0) {
      const path = isOrigin ? "/" : decodeText(bytes, from, pathEnd);
      const pattern = patterns.find((pattern) => matchesPath(pattern, path));
      if (pattern !== undefined) {
        to += ENCODER.encodeInto(pattern.text, out.subarray(to)).written;
        return copy(bytes, pathEnd, keptEnd, out, to);
      }
    }
    if (isOrigin) out[to++] = SLASH;
    if (!groups || bytes[from] !== SLASH) return copy(bytes, from, keptEnd, out, to);
    for (let at = from; at < pathEnd;) {
      let segmentEnd = at + 1;
      while (segmentEnd < pathEnd && bytes[segmentEnd] !== SLASH) segmentEnd++;
      const kind = segmentKind(bytes, at + 1, segmentEnd);
      if (kind === undefined) to = copy(bytes, at, segmentEnd, out, to);
      else {
        out[to++] = SLASH;
        to = copy(KINDS[kind], 0, KINDS[kind].length, out, to);
      }
      at = segmentEnd;
    }
    return copy(bytes, pathEnd, keptEnd, out, to);
  }
}

/** Where `http://host` ends, or `start`. */
function originEnd(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  const [origin] = ABSOLUTE.exec(decodeText(bytes, start, end)) ?? [""];
  return start + ENCODER.encode(origin).length;
}

const KINDS = {
  ":id": ENCODER.encode(":id"),
  ":uuid": ENCODER.encode(":uuid"),
  ":hex": ENCODER.encode(":hex"),
  ":date": ENCODER.encode(":date"),
  ":token": ENCODER.encode(":token"),
};

/** Copies bytes one by one: most are few. Returns where they end. */
function copy(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): number {
  let to = at;
  for (let i = start; i < end; i++) out[to++] = bytes[i]!;
  return to;
}

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
 * import { matchesPath, parsePathPattern } from "./path_groups.ts";
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
