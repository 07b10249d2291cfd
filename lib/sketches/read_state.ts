/**
 * Reads parts of a sketch's JSON form, which may come from anywhere.
 *
 * @module
 */

import { LONGEST_TEXT } from "./text_arena.ts";

const ENCODER = new TextEncoder();

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Takes a JSON object for what it must be.
 *
 * @param value What was parsed.
 * @param name What it is called in errors.
 * @throws {SyntaxError} If it is none.
 */
export function readObject(value: unknown, name: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw wrong(name, "an object");
}

/** Takes the member of an object for an integer. */
export function readInteger(object: JsonObject, name: string, least: number): number {
  return readIntegers({ [name]: [object[name]] }, name, { least })[0]!;
}

/** Takes the member of an object for a list of integers. */
export function readIntegers(
  object: JsonObject,
  name: string,
  { least, length }: { readonly least: number; readonly length?: number },
): readonly number[] {
  const list = readList(object, name, length);
  for (const item of list) {
    if (!Number.isSafeInteger(item) || (item as number) < least) {
      throw wrong(name, least === 0 ? "integers from 0 on" : `integers from ${least} on`);
    }
  }
  return list as number[];
}

/** Takes the member of an object for a list of well-formed texts that a store can hold. */
export function readTexts(object: JsonObject, name: string, length?: number): readonly string[] {
  const list = readList(object, name, length);
  for (const item of list) {
    if (typeof item !== "string") throw wrong(name, "texts");
    if (!item.isWellFormed()) throw wrong(name, "well-formed texts");
    // A unit has at most three bytes in UTF-8; few texts need be encoded.
    if (3 * item.length > LONGEST_TEXT && ENCODER.encode(item).length > LONGEST_TEXT) {
      throw wrong(name, `texts of at most ${LONGEST_TEXT} bytes`);
    }
  }
  return list as string[];
}

/** Takes the member of an object for a list, of so many items if that is told. */
export function readList(object: JsonObject, name: string, length?: number): readonly unknown[] {
  const list = object[name];
  if (!Array.isArray(list)) throw wrong(name, "a list");
  if (length !== undefined && list.length !== length) {
    throw wrong(name, `${length} items, not ${list.length}`);
  }
  return list;
}

/** The error for a part that is not what it must be. */
export function wrong(name: string, wanted: string): SyntaxError {
  return new SyntaxError(`Cannot read ${name}: expected ${wanted}`);
}
