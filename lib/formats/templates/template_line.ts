import type { Template } from "./part.ts";
import type { Field } from "./part.ts";
import { valuePattern } from "./value_pattern.ts";

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
