import { caretError, type CaretFault } from "../description/caret_error.ts";
import type { Slot } from "../description/shapes.ts";

/** What a token of a template writes. */
export interface Field extends Slot {
  /** Of several tokens for one fact the one with the lowest rank counts; 0 without it. */
  readonly rank?: number;
  /** Whether it may be several values with `, ` or ` : ` between them. */
  readonly isList?: true;
  /** The known token that one which is not known is most like. */
  readonly like?: string;
}

/** A token of a template, and what it writes. */
export interface Token {
  /** The token as it stands, such as `$status`. */
  readonly token: string;
  /** Where it begins in the template. */
  readonly at: number;
  /** What it writes. */
  readonly field: Field;
}

/** A part of a template: text that every line has, or a token. */
export type Part = string | Token;

/** The language of a template. */
export interface Language {
  /** Its name, such as `nginx`. */
  readonly name: string;
  /** Finds a token; sticky. */
  readonly token: RegExp;
  /**
   * Tells what a token writes: parts of a line, where a text is written as it stands.
   *
   * @returns The parts; `undefined` if the token is not known.
   */
  readonly partsOf: (token: RegExpExecArray) => readonly (string | Field)[] | undefined;
  /** The tokens that are suggested. */
  readonly known: readonly string[];
  /** Whether a backslash hides a quote in a value. */
  readonly hasEscapes: boolean;
}

/** A template, read. */
export interface Template {
  /** Its language. */
  readonly language: Language;
  /** The parts of a line, in order; no two tokens touch. */
  readonly parts: readonly Part[];
  /** Whether a line is JSON, whose strings are decoded. */
  readonly isJson: boolean;
}

/** A user agent. */
export const AGENT: Field = { to: "userAgent", as: "words" };
/** A value that no figure depends on. */
export const OTHER: Field = { to: "other", as: "word" };

/** Whether what a field writes is two words: a date and a time of day, or a time and its zone. */
export function isTwoWords({ as }: Field): boolean {
  return as === "clf" || as === "columns" || as === "local";
}

/** Makes the error for a template that cannot be read. */
export function templateError(fault: Omit<CaretFault, "doing">): SyntaxError {
  return caretError({ doing: "read the template", ...fault });
}

/**
 * Finds the names that are nearest to another, by edit distance.
 *
 * @returns At most three, the nearest first; none that differ in more than a third.
 */
export function nearestNames(name: string, known: readonly string[]): string[] {
  return known.map((other) => ({ other, distance: distance(name, other) }))
    .filter(({ distance }) => distance <= Math.max(1, name.length / 3))
    .sort((one, another) => one.distance - another.distance)
    .slice(0, 3).map(({ other }) => other);
}

/** The Levenshtein distance, row by row. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, character] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      const changed = row[j]! + Number(other[j] !== character);
      next.push(Math.min(changed, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
