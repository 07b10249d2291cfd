import { type JsonObject, parseJson } from "../json/parse_json.ts";

/** Keys of objects that are nothing but a list of log entries. */
const LIST =
  /^\{(?:"[^"]{0,100}":(?:"[^"]{0,400}"|\d{1,20}|\["[^"]{0,400}"\]),?){0,8}"(records|Records|logEvents|events|resourceLogs)": ?(?=\[)/;
const QUOTE = 0x22, BACKSLASH = 0x5C;
const OPENING: ReadonlySet<number> = new Set([0x5B, 0x7B]);
const CLOSING: ReadonlySet<number> = new Set([0x5D, 0x7D]);

/**
 * Follows how deep a text of JSON is in brackets, character by character.
 *
 * @example Two objects
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Depth } from "./entries.ts";
 *
 * const depth = new Depth();
 * assertEquals([...'{"}":[]}'].map((character) => depth.add(character.charCodeAt(0))).at(-1), 0);
 * ```
 */
export class Depth {
  #depth = 0;
  #isInText = false;
  #isHidden = false;

  /** Takes the next character, and returns the depth behind it. */
  add(character: number): number {
    if (this.#isInText) {
      if (this.#isHidden) this.#isHidden = false;
      else if (character === BACKSLASH) this.#isHidden = true;
      else this.#isInText = character !== QUOTE;
    } else if (character === QUOTE) this.#isInText = true;
    else if (OPENING.has(character)) this.#depth++;
    else if (CLOSING.has(character)) this.#depth--;
    return this.#depth;
  }

  /** Ends a line: no text of JSON goes on in the next. */
  endLine(): void {
    this.#isInText = this.#isHidden = false;
  }
}

/**
 * Cuts an array of JSON into the texts of its elements that are objects: of an array of a megabyte no values are made.
 *
 * @param text A text that begins with `[`.
 * @returns The texts; none if the text is no array of objects.
 *
 * @example Two elements
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { elementsOf } from "./entries.ts";
 *
 * assertEquals(elementsOf('[{"a":[1,"]"]}, {"b":2}]'), ['{"a":[1,"]"]}', '{"b":2}']);
 * assertEquals(elementsOf("[25/Nov/2026]"), []);
 * ```
 */
export function elementsOf(text: string): readonly string[] {
  if (!/^\[\s*\{/.test(text)) return [];
  const elements: string[] = [], depth = new Depth();
  let before = 0, start = 0;
  for (let at = 0; at < text.length; at++) {
    const now = depth.add(text.charCodeAt(at));
    if (before === 1 && now === 2) start = at;
    if (before === 2 && now === 1) elements.push(text.slice(start, at + 1));
    before = now;
  }
  return before === 0 ? elements : [];
}

/**
 * Finds the entries of a line that is nothing but a list of them: an array, what Azure and CloudWatch export, or the
 * log records of OpenTelemetry.
 *
 * @param line A line, without its terminator.
 * @returns The entries as lines of their own; `undefined` if the line is no such list.
 */
export function entriesOf(line: string): readonly string[] | undefined {
  const list = line.startsWith("[") ? ["", ""] : LIST.exec(line);
  if (list === null) return undefined;
  const elements = elementsOf(line.slice(list[0]!.length, line.lastIndexOf("]") + 1));
  if (elements.length === 0) return undefined;
  return list[1] === "resourceLogs" ? elements.flatMap(logRecordsOf) : elements;
}

/** The log records of a resource of OpenTelemetry, each as an object with its attributes by name. */
function logRecordsOf(resource: string): readonly string[] {
  return listOf(parseJson(resource), "scopeLogs").flatMap((scope) => listOf(scope, "logRecords"))
    .map((record) => {
      const { timeUnixNano } = record as JsonObject;
      const attributes = listOf(record, "attributes").map((attribute) => {
        const { key, value } = attribute as JsonObject;
        return [String(key), Object.values(value ?? {})[0]];
      });
      return JSON.stringify({ timeUnixNano, attributes: Object.fromEntries(attributes) });
    });
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = typeof value === "object" && value !== null ? (value as JsonObject)[name] : [];
  return Array.isArray(list)
    ? list.filter((item) => typeof item === "object" && item !== null)
    : [];
}
