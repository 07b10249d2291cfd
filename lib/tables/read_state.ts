/**
 * Reads parts of a sketch's JSON form, which may come from anywhere.
 *
 * @module
 */

import { LONGEST_TEXT } from "./text_bytes.ts";
import { TextColumn } from "./text_column.ts";

const ENCODER = new TextEncoder();

/** Integers in order: an array, or a typed one. */
export type Integers = ArrayLike<number> & Iterable<number>;

/** Texts in order: an array, or a column that decodes each when it is read. */
export interface Texts extends Iterable<string> {
  /** How many there are. */
  readonly length: number;
  /** A text, or `undefined` if there is none at the index. */
  at(index: number): string | undefined;
}

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Returns a value that must be a JSON object.
 *
 * @param value The parsed value.
 * @param name Its name in errors.
 * @throws {SyntaxError} If it is not an object.
 */
export function readObject(value: unknown, name: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw wrong(name, "an object");
}

/** Returns a member of an object that must be an integer, `least` or more. */
export function readInteger(object: JsonObject, name: string, least: number): number {
  return readIntegers({ [name]: [object[name]] }, name, { least })[0]!;
}

/** Returns a member of an object that must be a list of integers, `least` or more; of `length`, if given. */
export function readIntegers(
  object: JsonObject,
  name: string,
  { least, length }: { readonly least: number; readonly length?: number },
): Integers {
  const list = object[name];
  const integers = isTyped(list) ? list : readList(object, name) as readonly number[];
  assertLength(integers, name, length);
  for (let i = 0; i < integers.length; i++) {
    const item = integers[i]!;
    if (!Number.isSafeInteger(item) || item < least) {
      throw wrong(name, least === 0 ? "integers from 0 on" : `integers from ${least} on`);
    }
  }
  return integers;
}

/** Returns a member of an object that must be a list of well-formed texts that a store can hold. */
export function readTexts(object: JsonObject, name: string, length?: number): Texts {
  const list = object[name];
  const texts = list instanceof TextColumn ? list : readList(object, name) as readonly string[];
  assertLength(texts, name, length);
  for (const item of texts) {
    if (typeof item !== "string") throw wrong(name, "texts");
    if (!item.isWellFormed()) throw wrong(name, "well-formed texts");
    // A UTF-16 code unit has at most three bytes in UTF-8, so few texts have to be encoded.
    if (3 * item.length > LONGEST_TEXT && ENCODER.encode(item).length > LONGEST_TEXT) {
      throw wrong(name, `texts of at most ${LONGEST_TEXT} bytes`);
    }
  }
  return texts;
}

/** Returns a member of an object that must be a list, of `length` items if that is given. */
export function readList(object: JsonObject, name: string, length?: number): readonly unknown[] {
  const value = object[name];
  const list = isTyped(value) || value instanceof TextColumn ? [...value] : value;
  if (!Array.isArray(list)) throw wrong(name, "a list");
  assertLength(list, name, length);
  return list;
}

function isTyped(value: unknown): value is Int32Array | Float64Array {
  return value instanceof Int32Array || value instanceof Float64Array;
}

function assertLength(list: { readonly length: number }, name: string, length?: number): void {
  if (length === undefined || list.length === length) return;
  throw wrong(name, `${length} items, not ${list.length}`);
}

/** The error for a part that is not what it must be. */
export function wrong(name: string, wanted: string): SyntaxError {
  return new SyntaxError(`Cannot read ${name}: expected ${wanted}`);
}
