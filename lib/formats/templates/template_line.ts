import { type Field, isTwoWords, type Template } from "./part.ts";

/** A value of the line of a template, and where it stands. */
export interface LineValue {
  /** What it is. */
  readonly field: Field;
  /** The literal before it. */
  readonly before: string;
  /** The literal behind it. */
  readonly next: string;
  /** Whether quotes are around it. */
  readonly isQuoted: boolean;
}

/** The line that a template describes. */
export interface TemplateLine {
  /** Finds the values, one group each. */
  readonly pattern: RegExp;
  /** The values, in order. */
  readonly values: readonly LineValue[];
  /** The literal behind the last value. */
  readonly end: string;
  /** Whether a backslash hides a quote in a value. */
  readonly hasEscapes: boolean;
  /** Whether strings are decoded as JSON has them. */
  readonly isJson: boolean;
}

/** Lays out the line of a template: which values it has, between which literals. */
export function layOut({ parts, language, isJson }: Template): TemplateLine {
  // A string of JSON has escapes, whatever the language does elsewhere.
  const hasEscapes = isJson || language.hasEscapes;
  const textAt = (at: number) => {
    const part = parts[at];
    return typeof part === "string" ? part : "";
  };
  const values: LineValue[] = parts.flatMap((part, i) => {
    if (typeof part === "string") return [];
    const before = textAt(i - 1), next = textAt(i + 1);
    return [{
      field: part.field,
      before,
      next,
      isQuoted: before.endsWith('"') && next.startsWith('"'),
    }];
  });
  const end = textAt(parts.length - 1);
  const source = values.map(({ field, before, next, isQuoted }) =>
    `${escapeRegExp(before)}(${valuePattern(field, { next, isQuoted, hasEscapes })})`
  );
  return {
    pattern: new RegExp(`^${source.join("")}${escapeRegExp(end)}$`, "s"),
    values,
    end,
    hasEscapes,
    isJson,
  };
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

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
