import { Depth } from "./entries.ts";

/** The most characters of an object that are kept. */
const MAX_LENGTH = 2 ** 20;

/**
 * Gathers objects of JSON that are spread over several lines, one after the other or in an array. Memory is bounded:
 * of longer objects nothing is kept.
 *
 * @example An array of one object
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SpreadJson } from "./spread_json.ts";
 *
 * const spread = new SpreadJson("[");
 * assertEquals(["[", "{", ' "a": 1', "}", "]"].map((line) => spread.add(line)), [[], [], [], ['{ "a": 1}'], []]);
 * ```
 */
export class SpreadJson {
  readonly #depth = new Depth();
  readonly #outside: number;
  #before = 0;
  /** What is there of an object; absent if it is too long to be kept. */
  #text: string | undefined = "";

  readonly #first: string;

  /** Takes the first line of the input. */
  constructor(first: string) {
    this.#first = first;
    this.#outside = first.trim().startsWith("[") ? 1 : 0;
  }

  /** Tells by the second line whether it is what the first has begun: an object, or a key of one. */
  goesOn(second: string): boolean {
    return (/^\s*\[\s*$/.test(this.#first) ? /^\s*[{\]]/ : /^\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})/)
      .test(second);
  }

  /** Tells whether a line begins an array or an object whose rest is in the lines behind it. */
  static isStart(line: string): boolean {
    return /^\s*(?:\[\s*\{?|\{)\s*$/.test(line);
  }

  /** Whether an object has begun and not ended. */
  get isInside(): boolean {
    return this.#before > this.#outside;
  }

  /** Takes a line; returns the objects that end in it, nothing for one that was too long to be kept. */
  add(line: string): readonly (string | undefined)[] {
    const objects: (string | undefined)[] = [];
    let start = this.isInside ? 0 : line.length;
    for (let at = 0; at < line.length; at++) {
      const now = this.#depth.add(line.charCodeAt(at));
      if (this.#before === this.#outside && now > this.#outside) start = at;
      if (this.#before > this.#outside && now === this.#outside) {
        objects.push(this.#text === undefined ? undefined : this.#text + line.slice(start, at + 1));
        this.#text = "";
        start = line.length;
      }
      this.#before = now;
    }
    this.#depth.endLine();
    if (this.isInside) this.#keep(line.slice(start));
    return objects;
  }

  #keep(text: string): void {
    const isTooLong = this.#text === undefined || this.#text.length + text.length > MAX_LENGTH;
    this.#text = isTooLong ? undefined : this.#text + text;
  }
}
