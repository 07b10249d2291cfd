/** A part of a pattern. */
export type PatternPart =
  /** One character that `is` accepts. */
  | { readonly kind: "character"; readonly is: (character: string) => boolean }
  /** A place between two characters, either of which may be absent at an end. */
  | { readonly kind: "place"; readonly is: (before: string, after: string) => boolean }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly PatternPart[] }
  /** A part from `least` to `most` times. */
  | {
    readonly kind: "repeat";
    readonly part: PatternPart;
    readonly least: number;
    readonly most: number;
  };

/** How many characters a pattern may have: groups may be nested as deep. */
const MAX_LENGTH = 1000;
/** The source of one character: an escape, a class or a character of its own. */
const ATOM =
  /\\(?:u\{[^}]*\}|u[0-9a-f]{4}|x[0-9a-f]{2}|p\{[^}]*\}|c[a-z]|[^])|\[(?:\\[^]|[^\]\\])*\]|[^]/uiy;
const QUANTIFIER = /([*+?]|\{(\d+)(,(\d*))?\})\??/y;
const isWord = (character: string) => /^\w$/.test(character);

/** Returns a character that is as good as another before a place: places ask for words and ends alone. */
export function likeFor(character: string): string {
  return character === "" ? "" : isWord(character) ? "a" : "-";
}

/**
 * Reads a regular expression of JavaScript (with the flag `u`) as parts that can be matched in linear time: all but
 * assertions that look ahead or behind, and references back to what a group matched.
 *
 * @throws {SyntaxError} If it is no regular expression, or has such a form.
 */
export function readPattern(source: string): PatternPart {
  if (source.length > MAX_LENGTH) throw new SyntaxError(`It is longer than ${MAX_LENGTH}`);
  // Its errors are those of the engine.
  new RegExp(source, "u");
  const [part, end] = readChoice(source, 0, "u");
  if (end < source.length) throw new SyntaxError(`Unmatched ${source[end]}`);
  return part;
}

/** The flags that characters are tested with. */
type Flags = "u" | "ui";

function readChoice(source: string, start: number, flags: Flags): [PatternPart, number] {
  const parts: PatternPart[] = [];
  for (let at = start;; at++) {
    const [part, end] = readSequence(source, at, flags);
    parts.push(part);
    if (source[at = end] === "|") continue;
    return [parts.length === 1 ? part : { kind: "choice", parts }, end];
  }
}

function readSequence(source: string, start: number, flags: Flags): [PatternPart, number] {
  const parts: PatternPart[] = [];
  let at = start;
  while (at < source.length && source[at] !== "|" && source[at] !== ")") {
    const [part, end] = readOne(source, at, flags);
    QUANTIFIER.lastIndex = at = end;
    const [quantifier, sign, least, comma, most] = QUANTIFIER.exec(source) ?? [];
    if (quantifier === undefined) {
      parts.push(part);
      continue;
    }
    at += quantifier.length;
    const range = least === undefined ? [sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity] : [
      Number(least),
      comma === undefined ? Number(least) : most === "" ? Infinity : Number(most),
    ];
    parts.push({ kind: "repeat", part, least: range[0]!, most: range[1]! });
  }
  return [{ kind: "sequence", parts }, at];
}

function readOne(source: string, at: number, flags: Flags): [PatternPart, number] {
  if (source[at] === "(") {
    const [opening, ignoring] = /^\((?:\?(i?):|\?<[^=!][^>]*>)?/.exec(source.slice(at))!;
    if (opening === "(" && source[at + 1] === "?") {
      throw new SyntaxError(
        "Groups that look ahead or behind, or have flags but (?i:…), are not supported",
      );
    }
    const [part, end] = readChoice(source, at + opening.length, ignoring === "i" ? "ui" : flags);
    return [part, end + 1];
  }
  ATOM.lastIndex = at;
  const [atom] = ATOM.exec(source)!, end = at + atom.length;
  if (/^\\[1-9k]/.test(atom)) {
    throw new SyntaxError("References back to a group are not supported");
  }
  if (atom === "^") return [{ kind: "place", is: (before) => before === "" }, end];
  if (atom === "$") return [{ kind: "place", is: (_, after) => after === "" }, end];
  if (atom === "\\b" || atom === "\\B") {
    const isEdge = atom === "\\b";
    return [{ kind: "place", is: (a, b) => (isWord(a) !== isWord(b)) === isEdge }, end];
  }
  return [{ kind: "character", is: characterTest(atom, flags) }, end];
}

/** How many characters are tested once: those of ASCII. */
const TESTED = 128;

/** Whether a character is one of an atom: as the engine says, and for ASCII once. */
function characterTest(atom: string, flags: Flags): (character: string) => boolean {
  const pattern = new RegExp(`^${atom}$`, flags);
  const test = (character: string) => pattern.test(character);
  const known = Array.from({ length: TESTED }, (_, code) => test(String.fromCharCode(code)));
  return (character) => known[character.codePointAt(0)!] ?? test(character);
}
