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
