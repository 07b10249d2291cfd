/**
 * Reads parts of a sketch's JSON form, which may come from anywhere.
 *
 * @module
 */

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

/** Takes the member of an object for a list of texts. */
export function readTexts(object: JsonObject, name: string, length?: number): readonly string[] {
  const list = readList(object, name, length);
  if (!list.every((item) => typeof item === "string")) throw wrong(name, "texts");
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
