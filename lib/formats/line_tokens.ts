/** A kind of tokens, and the kinds that may stand in its place. */
export interface Kind {
  /** Its name. */
  readonly name: string;
  /** What its tokens look like. */
  readonly pattern: RegExp;
  /** The names of the kinds that may stand in its place. */
  readonly takes: readonly string[];
}

const ANY_WORD = ["word", "number", "address", "absent"];
/** The kinds, in the order in which they are tried; a mark takes only the same mark. */
const KINDS: readonly Kind[] = [
  {
    name: "clf",
    pattern: /\d\d\/[A-Z][a-z]{2}\/\d{4}[: ]\d\d:\d\d:\d\d[.\d]*(?: [+-]\d{4})?/y,
    takes: ["clf"],
  },
  { name: "iso", pattern: /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*Z?/y, takes: ["iso"] },
  { name: "request", pattern: /"[A-Z]{3,20} [^" ]* HTTP\/[\d.]+"/y, takes: ["request"] },
  { name: "quoted", pattern: /"(?:[^"\\]|\\.)*"/y, takes: ["quoted", "request"] },
  { name: "absent", pattern: /-(?![\w.:\-])/y, takes: ANY_WORD },
  {
    name: "address",
    pattern:
      /\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?=[\da-f:]{0,37}::|(?:[\da-f]+:){7})[\da-f:]{2,39}(?![\w.:])/y,
    takes: ["address", "word", "absent"],
  },
  { name: "number", pattern: /[+-]?\d+(?:\.\d+)?(?![\w.])/y, takes: ["number", "absent"] },
  { name: "word", pattern: /[^\s"[\](){}<>|,;=:]+/y, takes: ANY_WORD },
  { name: "mark", pattern: /[^]/y, takes: [] },
];

/** A part of a line: a value, or a mark between values. */
export interface Token {
  /** Its kind. */
  readonly kind: Kind;
  /** Its text. */
  readonly text: string;
  /** Its offset in the line. */
  readonly start: number;
}

/**
 * Returns the paths of the values of an object, with a point between the keys.
 *
 * @param line A line.
 * @returns The paths; `undefined` if the line is no object of JSON.
 */
export function keysOf(line: string): ReadonlySet<string> | undefined {
  if (!/^\s*\{/.test(line)) return undefined;
  try {
    const keys = new Set<string>();
    addKeys(JSON.parse(line), "", keys);
    return keys;
  } catch {
    return undefined;
  }
}

function addKeys(value: unknown, path: string, keys: Set<string>): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    keys.add(path);
    return;
  }
  if (path.split(".").length > 8) return;
  for (const [key, inner] of Object.entries(value)) {
    addKeys(inner, path === "" ? key : `${path}.${key}`, keys);
  }
}

/**
 * Cuts a line into tokens.
 *
 * @param line A line of text.
 * @returns The tokens: together they are the line.
 *
 * @example A status and a request
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tokensOf } from "./line_tokens.ts";
 *
 * const kinds = tokensOf('[200] "GET / HTTP/1.1"').map(({ kind }) => kind.name);
 * assertEquals(kinds, ["mark", "number", "mark", "mark", "request"]);
 * ```
 */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < line.length;) {
    const token = tokenAt(line, start);
    tokens.push(token);
    start += token.text.length;
  }
  return tokens;
}

function tokenAt(line: string, start: number): Token {
  for (const kind of KINDS) {
    kind.pattern.lastIndex = start;
    const [text] = kind.pattern.exec(line) ?? [];
    if (text !== undefined) return { kind, text, start };
  }
  throw new RangeError("A mark is any character");
}

/** No more of a line is looked at. */
const MOST = 4096;
const METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)$/;
const STATUS = /^[1-5]\d\d$/;
/** A fact about a request. */
export type Fact = "client" | "request" | "status" | "time";

/** The facts in the order in which they are told. */
const FACTS: readonly Fact[] = ["client", "request", "status", "time"];

/**
 * Finds which facts about a request a line of text seems to tell.
 *
 * @param line A line without its terminator.
 * @returns The facts that it has and those that it lacks, in the order client, request, status, time.
 *
 * @example A line of morgan without a time
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { factsOf } from "./line_tokens.ts";
 *
 * const { has, lacks } = factsOf("::1 - GET /a HTTP/1.1 200 2 - 1.5 ms");
 * assertEquals(has, ["client", "request", "status"]);
 * assertEquals(lacks, ["time"]);
 * ```
 */
export function factsOf(line: string): { readonly has: Fact[]; readonly lacks: Fact[] } {
  const found = new Set<Fact>();
  for (const { kind, text } of tokensOf(line.slice(0, MOST))) {
    const fact = factOf(kind, text, found.has("request"));
    if (fact !== undefined) found.add(fact);
  }
  return {
    has: FACTS.filter((fact) => found.has(fact)),
    lacks: FACTS.filter((fact) => !found.has(fact)),
  };
}

function factOf({ name }: Kind, text: string, hasRequest: boolean): Fact | undefined {
  switch (name) {
    case "clf":
    case "iso":
      return "time";
    case "request":
      return "request";
    case "address":
      return "client";
    case "word":
      return METHOD.test(text) ? "request" : undefined;
    case "number":
      return hasRequest && STATUS.test(text) ? "status" : undefined;
    default:
      return undefined;
  }
}
