import { type PatternPart, readPattern } from "./pattern_parts.ts";

/** How many steps a pattern may have; a match takes as many for each character at most. */
const MAX_STEPS = 2000;

/** A step of a machine: what it tests, and the steps behind it. */
interface Step {
  readonly test: Extract<PatternPart, { kind: "character" | "place" }> | undefined;
  readonly next: number[];
}

/**
 * A regular expression that takes linear time. A backtracking engine may take exponential time: `^(a+)+$` takes years for
 * forty letters, and who writes the log chooses these. This one follows all ways at once (Thompson's construction), so
 * that a text of n characters takes at most n times the steps of the pattern.
 *
 * @see Thompson (1968), "Regular expression search algorithm", CACM 11(6).
 *
 * @example A pattern that would hang
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LinearPattern } from "./linear_pattern.ts";
 *
 * const pattern = new LinearPattern("^(a+)+$");
 * assertEquals([pattern.test("aaa"), pattern.test(`${"a".repeat(1000)}!`)], [true, false]);
 * ```
 */
export class LinearPattern {
  /** The steps; the last one is the end. */
  readonly #steps: Step[] = [];
  readonly #first: number;
  /** For each step, the number of the place that it was reached at last. */
  readonly #reached: Float64Array;
  #place = 0;

  /**
   * Reads a pattern of JavaScript, with the flag `u`.
   *
   * @throws {SyntaxError} If it is none, looks ahead or behind, refers back to a group, or has too many steps.
   */
  constructor(source: string) {
    const end = this.#add(undefined, []);
    this.#first = this.#build(readPattern(source), end);
    this.#reached = new Float64Array(this.#steps.length);
  }

  /** Whether some part of a text matches. */
  test(text: string): boolean {
    const characters = [...text];
    let ways: number[] = [];
    for (let i = 0; i <= characters.length; i++) {
      this.#place++;
      const before = characters[i - 1] ?? "", character = characters[i] ?? "";
      const found: number[] = [];
      // A match may begin at each place.
      for (const step of [...ways, this.#first]) this.#follow(step, before, character, found);
      if (found.includes(END)) return true;
      ways = [];
      if (character === "") return false;
      for (const step of found) {
        const { test, next } = this.#steps[step]!;
        if (test!.kind === "character" && test!.is(character)) ways.push(...next);
      }
    }
    return false;
  }

  /** Finds the steps from a step on that test a character, and the end. */
  #follow(start: number, before: string, after: string, found: number[]): void {
    const stack = [start];
    for (let step; (step = stack.pop()) !== undefined;) {
      if (this.#reached[step] === this.#place) continue;
      this.#reached[step] = this.#place;
      const { test, next } = this.#steps[step]!;
      if (step === END || test?.kind === "character") found.push(step);
      else if (test === undefined || test.kind === "place" && test.is(before, after)) {
        stack.push(...next);
      }
    }
  }

  /** Adds the steps of a part before another step; returns the first of them. */
  #build(part: PatternPart, next: number): number {
    switch (part.kind) {
      case "character":
      case "place":
        return this.#add(part, [next]);
      case "sequence":
        return part.parts.reduceRight((next, one) => this.#build(one, next), next);
      case "choice":
        return this.#add(undefined, part.parts.map((one) => this.#build(one, next)));
      case "repeat":
        return this.#repeat(part, next);
    }
  }

  #repeat(
    { part, least, most }: Extract<PatternPart, { kind: "repeat" }>,
    end: number,
  ): number {
    if (least > MAX_STEPS || most > MAX_STEPS && most !== Infinity) throw tooLong();
    let first = end;
    if (most === Infinity) {
      first = this.#add(undefined, [end]);
      this.#steps[first]!.next.push(this.#build(part, first));
    }
    const optional = most === Infinity ? 0 : most - least;
    for (let i = 0; i < optional; i++) {
      first = this.#add(undefined, [end, this.#build(part, first)]);
    }
    for (let i = 0; i < least; i++) first = this.#build(part, first);
    return first;
  }

  #add(test: Step["test"], next: number[]): number {
    if (this.#steps.length === MAX_STEPS) throw tooLong();
    return this.#steps.push({ test, next }) - 1;
  }
}

/** The step that is the end: the first that is added. */
const END = 0;

function tooLong(): SyntaxError {
  return new SyntaxError(`It has more than ${MAX_STEPS} steps: repeat less in it`);
}
