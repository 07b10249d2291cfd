import { decodeText } from "../records/record_batch.ts";
import { matchesPath, type PathPattern } from "./path_patterns.ts";
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

  /** Makes a rewriter. */
  constructor(options: PathOptions) {
    this.#options = options;
  }

  /** Returns what an endpoint becomes. */
  rewrite(endpoint: string): string {
    const bytes = ENCODER.encode(endpoint);
    return new TextDecoder().decode(this.rewriteBytes(bytes, 0, bytes.length));
  }

  /** Returns the UTF-8 of what an endpoint becomes, the bytes from `start` to `end`: a part of these if it can be. */
  rewriteBytes(
    bytes: Uint8Array<ArrayBuffer>,
    start: number,
    end: number,
  ): Uint8Array<ArrayBuffer> {
    const { stripsQuery, groups, patterns, keepsPathOnly } = this.#options;
    let from = start, isCut = false;
    if (keepsPathOnly && bytes[start] !== SLASH) {
      const [origin] = ABSOLUTE.exec(decodeText(bytes, start, end)) ?? [];
      // An origin alone is asked for its root (RFC 9112, 3.2.1).
      if (origin !== undefined) from += ENCODER.encode(origin).length;
      isCut = from > start && bytes[from] !== SLASH;
    }
    const query = bytes.subarray(from, end).indexOf(QUESTION);
    const pathEnd = query === -1 ? end : from + query,
      keptEnd = stripsQuery && pathEnd > from ? pathEnd : end;
    const rest = bytes.subarray(pathEnd, keptEnd);
    if (isCut) return join(ENCODER.encode("/"), bytes.subarray(from, pathEnd), rest);
    if (patterns.length > 0) {
      const path = decodeText(bytes, from, pathEnd);
      const pattern = patterns.find((pattern) => matchesPath(pattern, path));
      if (pattern !== undefined) return join(ENCODER.encode(pattern.text), rest);
    }
    return groups && bytes[from] === SLASH
      ? this.#group(bytes, from, pathEnd, rest)
      : bytes.subarray(from, keptEnd);
  }

  #group(
    bytes: Uint8Array<ArrayBuffer>,
    from: number,
    pathEnd: number,
    rest: Uint8Array<ArrayBuffer>,
  ): Uint8Array<ArrayBuffer> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let kept = from;
    for (let at = from; at < pathEnd;) {
      let segmentEnd = at + 1;
      while (segmentEnd < pathEnd && bytes[segmentEnd] !== SLASH) segmentEnd++;
      const kind = segmentKind(bytes, at + 1, segmentEnd);
      if (kind !== undefined) {
        parts.push(bytes.subarray(kept, at + 1), KINDS[kind]);
        kept = segmentEnd;
      }
      at = segmentEnd;
    }
    if (parts.length === 0) return bytes.subarray(from, pathEnd + rest.length);
    return join(...parts, bytes.subarray(kept, pathEnd), rest);
  }
}

const KINDS = {
  ":id": ENCODER.encode(":id"),
  ":uuid": ENCODER.encode(":uuid"),
  ":hex": ENCODER.encode(":hex"),
  ":date": ENCODER.encode(":date"),
  ":token": ENCODER.encode(":token"),
};

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
