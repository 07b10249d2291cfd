import type { Layout } from "../description/layout.ts";
import type { Piece } from "../description/piece.ts";
import type { Slot } from "../description/shapes.ts";

/** The most characters of the literals; more of them are rare, and take long to compile. */
const MAX_LITERALS_LENGTH = 4096;

const SPACE = /[ \t\r]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?[0-9.]+(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;

/** A value that does not count: a text, a number, or any. */
export const OTHER_TEXT: Slot = { to: "other", as: "text" };
/** A number that does not count. */
export const OTHER_NUMBER: Slot = { to: "other", as: "number" };
const OTHER_VALUE: Slot = { to: "other", as: "value" };

/** A value of a line, and where it is. */
export interface Member {
  /** The names of the keys that lead to it, from the outermost object inwards. */
  readonly chain: readonly string[];
  /** What it is; `nested` for an array or an object. */
  readonly type: "string" | "number" | "word" | "nested";
  /** The value as it is written; of a string what is between the quotes; nothing of what is nested. */
  readonly text: string;
}

/**
 * Says how a value of lines of one layout is written: in pieces; for what is nested, `"inside"` if its members count, or `"any"` if all of it may be anything; `undefined` if no layout can tell.
 */
export type Decide = (member: Member) => readonly Piece[] | "inside" | "any" | undefined;

/**
 * Learns the layout of a line of a JSON format.
 *
 * @param line A line that is a record, without its terminator.
 * @param format The name of the format.
 * @param decide Says how each value is written.
 * @returns The layout of the line; `undefined` if a key comes twice, or the literals are very long.
 *
 * @example Two lines of one layout
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { OWN_FORMAT } from "./own_format.ts";
 *
 * const learn = (ip: string) => OWN_FORMAT.learn(`{"ip": "${ip}", "bytes": 5}`);
 * assertEquals(learn("192.0.2.1"), learn("192.0.2.2"));
 * assertEquals(learn("192.0.2.1")?.slots, [{ to: "ip", as: "text" }, { to: "other", as: "number" }]);
 * ```
 */
export function learnLayout(line: string, format: string, decide: Decide): Layout | undefined {
  const learner = new Learner(line, decide);
  if (!learner.takeObject([])) return undefined;
  const { slots, literals } = learner.finish();
  const ofLiterals = JSON.stringify(literals);
  if (ofLiterals.length > MAX_LITERALS_LENGTH) return undefined;
  return {
    format,
    slots,
    literals: literals.map((text) => new TextEncoder().encode(text)),
    signature: JSON.stringify([format, slots]) + ofLiterals,
  };
}

/** Goes through a line that is JSON, and gathers literals and slots. */
class Learner {
  readonly #line: string;
  readonly #decide: Decide;
  readonly #slots: Slot[] = [];
  readonly #literals: string[] = [];
  #at = 0;
  #literal = "";

  constructor(line: string, decide: Decide) {
    this.#line = line;
    this.#decide = decide;
  }

  /** Takes the object that begins here; returns whether a layout can tell how it is written. */
  takeObject(chain: readonly string[]): boolean {
    const line = this.#line, seen = new Set<string>();
    this.#take(SPACE);
    for (let next = "{"; next !== "}"; next = line[this.#at]!) {
      this.#literal += line[this.#at++];
      this.#take(SPACE);
      if (line[this.#at] === "}") break;
      const key = this.#token(STRING);
      const name = key === undefined ? undefined : JSON.parse(key) as string;
      if (name === undefined || seen.has(name)) return false;
      seen.add(name);
      this.#literal += key;
      this.#take(SPACE);
      this.#literal += line[this.#at++];
      this.#take(SPACE);
      if (!this.#takeValue([...chain, name])) return false;
      this.#take(SPACE);
    }
    this.#literal += line[this.#at++];
    return true;
  }

  /** Takes what is behind the outermost object, and returns all that was gathered. */
  finish(): { readonly slots: readonly Slot[]; readonly literals: readonly string[] } {
    const last = this.#literal + this.#line.slice(this.#at);
    return { slots: this.#slots, literals: [...this.#literals, last] };
  }

  #takeValue(chain: readonly string[]): boolean {
    const first = this.#line[this.#at];
    if (first === "{" || first === "[") return this.#takeNested(chain, first === "{");
    const string = this.#token(STRING), number = string === undefined ? this.#token(NUMBER) : "";
    const text = string?.slice(1, -1) ?? number ?? this.#token(WORD);
    if (text === undefined) return false;
    const type = string !== undefined ? "string" : number !== undefined ? "number" : "word";
    const pieces = this.#decide({ chain, type, text });
    if (pieces === undefined || typeof pieces === "string") return false;
    const quote = type === "string" ? '"' : "";
    this.#literal += quote;
    for (const piece of pieces) this.#add(piece);
    this.#literal += quote;
    return true;
  }

  #takeNested(chain: readonly string[], isObject: boolean): boolean {
    const kind = this.#decide({ chain, type: "nested", text: "" });
    if (kind === "inside") return isObject ? this.takeObject(chain) : this.#takeArray(chain);
    if (kind !== "any") return false;
    // Where one value of the key is an object, others may be of any type.
    this.#at = endOfNested(this.#line, this.#at);
    this.#add(OTHER_VALUE);
    return true;
  }

  /** Takes the array that begins here; each of its items is a member, whose key is its place. */
  #takeArray(chain: readonly string[]): boolean {
    this.#takeCharacter();
    for (let i = 0; this.#line[this.#at] !== "]"; i++) {
      if (i > 0) this.#takeCharacter();
      if (!this.#takeValue([...chain, String(i)])) return false;
      this.#take(SPACE);
    }
    this.#literal += this.#line[this.#at++];
    return true;
  }

  /** Takes a character and the space behind it. */
  #takeCharacter(): void {
    this.#literal += this.#line[this.#at++];
    this.#take(SPACE);
  }

  #add(piece: Piece): void {
    if (typeof piece === "string") {
      this.#literal += piece;
      return;
    }
    this.#slots.push(piece);
    this.#literals.push(this.#literal);
    this.#literal = "";
  }

  #token(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#line)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #take(pattern: RegExp): void {
    this.#literal += this.#token(pattern) ?? "";
  }
}

/** The place behind an object or an array of a line that is JSON. */
function endOfNested(line: string, start: number): number {
  let at = start, depth = 0;
  do {
    const character = line[at];
    if (character === "{" || character === "[") depth++;
    if (character === "}" || character === "]") depth--;
    if (character === '"') {
      STRING.lastIndex = at;
      STRING.test(line);
      at = STRING.lastIndex;
    } else {
      at++;
    }
  } while (depth > 0);
  return at;
}
