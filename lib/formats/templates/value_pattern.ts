import { type Field, isTwoWords } from "./part.ts";

/** Where a value stands. */
export interface ValuePlace {
  /** The literal behind it. */
  readonly next: string;
  /** Whether quotes are around it. */
  readonly isQuoted: boolean;
  /** Whether a backslash hides a quote in it. */
  readonly hasEscapes: boolean;
}

const TIMES: Readonly<Record<string, string>> = {
  clf: String.raw`\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d(?:[.,]\d{1,9})? ?[+-]\d\d:?\d\d`,
  clock: String
    .raw`\d\d\/[A-Z][a-z]{2}\/\d{4}[: ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:[+-]\d{4}|[A-Z]{1,5}))?`,
  zoned: String
    .raw`\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:[Zz]|[+-]\d\d(?::?\d\d)?)?`,
  columns: String
    .raw`\d{4}[/-]\d\d[/-]\d\d[Tt ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:[+-]\d\d:?\d\d|z|[A-Z]{1,5}))?`,
  local: String.raw`\d{4}[/-]\d\d[/-]\d\d[Tt ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`,
  epoch: String.raw`\d+(?:\.\d+)?`,
};

/**
 * Makes the regular expression of a value. Each alphabet excludes the first character of the literal behind it, so a
 * value ends in one place at most.
 */
export function valuePattern(field: Field, { next, isQuoted, hasEscapes }: ValuePlace): string {
  const stop = classOf(next[0] ?? ""), { to, as } = field;
  if (to === "timestamp") return TIMES[as]!;
  if (to === "status") return String.raw`-?\d{0,9}|-`;
  if (isTwoWords(field)) return `[^ "${stop}]+ [^ "${stop}]+`;
  if (isQuoted) return hasEscapes ? String.raw`[^"\\]*(?:\\.[^"\\]*)*` : '[^"]*';
  if (as === "request") return `[^"${stop === " " ? "" : stop}]*`;
  if (as === "words") return wordsPattern(next);
  if (field.isList) return `[^ ,${stop}]*(?:(?:,+ ?| : )[^ ,${stop}]+)*`;
  if (as === "peer") return `[^ "${stop === ":" ? "" : stop}]*`;
  return `[^ ${stop}]*`;
}

/** Words may hold spaces, but no character that stands behind the space of the literal behind them. */
function wordsPattern(next: string): string {
  if (next === "") return ".*";
  if (!next.startsWith(" ")) return `[^${classOf(next[0]!)}]*`;
  const other = next.trimStart()[0];
  return other === undefined ? "[^ ]*" : `(?:[^ ]*|[^${classOf(other)}]*?)`;
}

function classOf(character: string): string {
  return /[\\\]^-]/.test(character) ? `\\${character}` : character;
}
