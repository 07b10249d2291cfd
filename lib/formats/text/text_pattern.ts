import type { Piece } from "../description/piece.ts";
import type { Slot } from "../description/shapes.ts";

/** How a line is matched: with one expression, whose groups are the values of the slots. */
export interface TextPattern {
  /** The pieces of the line. */
  readonly pieces: readonly Piece[];
  /** The slots, in order. */
  readonly slots: readonly Slot[];
  /** The expression: a group for each slot, in order. */
  readonly pattern: RegExp;
}

const CLOCK = String.raw`\d\d:\d\d:\d\d(?:[.,]\d+)?`;
const ZONE = String.raw`(?: ?(?:Z|UTC|[+-]\d\d:?(?:\d\d)?))?`;
const DAY = String.raw`\d\d\/[A-Za-z]{3}\/\d{4}[: ]`;
const ISO_DAY = String.raw`\d{4}[-/]\d\d[-/]\d\d(?:[Tt]| - |[ \t])`;
/** What times look like; whether they are some is asked later. */
const TIMES: Readonly<Record<string, string>> = {
  clf: DAY + CLOCK + ZONE,
  clock: DAY + CLOCK + ZONE,
  zoned: ISO_DAY + CLOCK + ZONE,
  iso: ISO_DAY + CLOCK + ZONE,
  columns: ISO_DAY + CLOCK + ZONE,
  epoch: String.raw`\d+(?:\.\d+)?`,
};

/**
 * Compiles the expression that matches a line of text. What a slot matches lacks the first character of the literal
 * behind it; only the first quoted value that has no escape may have quotes in it: it ends at the first place after
 * which all the rest fits. So the time to match is in proportion to the length of the line.
 *
 * @param pieces The line.
 * @param isOpen Whether a space and anything may follow.
 */
export function compileTextPattern(pieces: readonly Piece[], isOpen: boolean): TextPattern {
  const slots: Slot[] = [], sources: string[] = [];
  let mayHaveQuotes = true;
  for (const [i, piece] of pieces.entries()) {
    if (typeof piece === "string") {
      sources.push(escapeLiteral(piece));
      continue;
    }
    const next = pieces[i + 1];
    const before = typeof next === "string" ? next : undefined;
    const isLazy = mayHaveQuotes && piece.to === "request" && piece.escape === undefined &&
      before?.startsWith('"') === true;
    if (isLazy) mayHaveQuotes = false;
    slots.push(piece);
    sources.push(`${piece.isPadded ? " *" : ""}(${isLazy ? ".*?" : sourceOf(piece, before)})`);
  }
  const tail = isOpen ? "(?: .*)?" : "";
  return { pieces, slots, pattern: new RegExp(`^${sources.join("")}${tail}$`, "s") };
}

/** What the value of a slot looks like. */
function sourceOf({ to, as, escape, absent = [] }: Slot, before: string | undefined): string {
  const next = before === undefined || before === "" ? "" : escapeInClass(before[0]!);
  const isQuoted = before?.startsWith('"') === true;
  const time = TIMES[as];
  if (to === "timestamp" && time !== undefined) return time;
  if (to === "status") return String.raw`-?\d{1,3}|-`;
  if (escape === "backslash") return String.raw`(?:[^"\\]|\\.)*`;
  if (as === "words") return `[^"${next}]*`;
  if (as === "rest") return "(?: .*)?";
  if (isQuoted || as === "quoted" || as === "request" || as === "target") return `[^"${next}]*`;
  if (as === "count") return String.raw`\d+|-`;
  const word = String.raw`[^\s"${next}]+`;
  if (to === "responseTime") {
    if (before?.startsWith(" ") !== true) return word;
    const item = String.raw`[^\s",]+`;
    return String.raw`${item}(?:(?:, | : )${item})*`;
  }
  if (to === "ip" && before?.startsWith(" ")) return String.raw`[^\s",]+(?:, ?[^\s",]+)*`;
  return absent.some((text) => text === "") ? `(?:${word})?` : word;
}

function escapeLiteral(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function escapeInClass(character: string): string {
  return /[\\\]^-]/.test(character) ? `\\${character}` : character;
}
