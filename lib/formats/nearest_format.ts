import type { Format } from "./description/format.ts";
import { FORMATS } from "./known_formats.ts";
import { keysOf, type Token, tokensOf } from "./line_tokens.ts";

/** The format that a line is most like, and where the line departs from it. */
export interface Nearness {
  /** The format. */
  readonly format: Format;
  /** The offset in the line from which on it is not like a line of the format. */
  readonly at: number;
  /** For a line of JSON, the keys that a line of the format has besides; else none. */
  readonly missing: readonly string[];
}

/** No more of a line is compared. */
const MOST = 4096;
/** A line that has fewer tokens in common with each format, words and spaces aside, is like none. */
const LEAST_TOKENS = 2;

/**
 * Finds the format that a line is most like. Of text it is the one whose sample has most tokens in common with the
 * line, from its first on; of JSON the one whose sample has most keys in common with it.
 *
 * Cost: in proportion to the formats and the first 4096 characters.
 *
 * @param line A line that no format has.
 * @param formats The formats to compare it with.
 * @returns The format and where the line departs from it; `undefined` if it is like none.
 *
 * @example A time without its brackets
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nearestFormat } from "./nearest_format.ts";
 *
 * const line = '192.0.2.7 - - 25/Nov/2026:18:00:00 +0000 "GET / HTTP/1.1" 200 5';
 * const { format, at } = nearestFormat(line)!;
 * assertEquals([format.name, line.slice(at, at + 11)], ["combined", "25/Nov/2026"]);
 * ```
 */
export function nearestFormat(
  line: string,
  formats: readonly Format[] = FORMATS,
): Nearness | undefined {
  const keys = keysOf(line);
  return keys === undefined ? nearestText(line, formats) : nearestJson(keys, formats);
}

function nearestText(line: string, formats: readonly Format[]): Nearness | undefined {
  const tokens = tokensOf(line.slice(0, MOST));
  let nearest: Nearness | undefined, most = LEAST_TOKENS - 1;
  for (const format of formats) {
    for (const [sample] of format.samples) {
      if (keysOf(sample) !== undefined) continue;
      const wanted = tokensOf(sample);
      let same = 0, count = 0;
      while (same < tokens.length && same < wanted.length && fits(tokens[same]!, wanted[same]!)) {
        if (isTelling(tokens[same]!, wanted[same]!)) count++;
        same++;
      }
      if (count <= most) continue;
      most = count;
      nearest = { format, at: tokens[same]?.start ?? line.length, missing: [] };
    }
  }
  return nearest;
}

function nearestJson(keys: ReadonlySet<string>, formats: readonly Format[]): Nearness | undefined {
  let nearest: Nearness | undefined, most = 0;
  for (const format of formats) {
    for (const [sample] of format.samples) {
      const wanted = keysOf(sample);
      if (wanted === undefined) continue;
      const missing = [...wanted].filter((key) => !keys.has(key));
      // A large sample has many keys, so those that are missing count too.
      const score = (wanted.size - missing.length) / Math.sqrt(wanted.size);
      if (score <= most) continue;
      most = score;
      nearest = { format, at: 0, missing };
    }
  }
  return nearest;
}

function fits(token: Token, wanted: Token): boolean {
  if (wanted.kind.name === "mark") return token.text === wanted.text;
  return wanted.kind.takes.includes(token.kind.name);
}

/** Whether two tokens that fit are of one kind, which not everything is. */
function isTelling(token: Token, wanted: Token): boolean {
  return token.kind === wanted.kind && token.kind.name !== "word" && token.text !== " ";
}
