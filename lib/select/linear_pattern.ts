import { likeFor, type PatternPart, readPattern } from "./pattern_parts.ts";

/** How many steps a pattern may have; a match takes as many for each character at most. */
const MAX_STEPS = 2000;
/** How many parts are built for a pattern at most: one that is repeated counts each time, an empty one too. */
const MAX_BUILT = 10 * MAX_STEPS;
/** How many steps and characters the remembered states may have: some MiB. Then all are forgotten. */
const MAX_REMEMBERED = 500_000;

/** A step of a machine: what it tests, and the steps behind it. */
interface Step {
  readonly test: Extract<PatternPart, { kind: "character" | "place" }> | undefined;
  readonly next: number[];
}

/** How far all ways have got at a place of a text. */
interface State {
  /** The steps that come next, in order. */
  readonly steps: Uint16Array;
  /** The character before, or one that is as good. */
  readonly before: string;
  /** The states behind the characters that came here; the end of a text is the empty one. */
  readonly next: Map<string, State | typeof MATCH>;
}

const MATCH = "match";

/**
 * A regular expression that takes linear time. A backtracking engine may take exponential time: `^(a+)+$` takes years for
 * forty letters, and who writes the log chooses these. This one follows all ways at once (Thompson's construction), so
 * that a text of n characters takes at most n times the steps of the pattern; how far they got is remembered, so that a
 * character mostly takes one look.
 *
 * @see Thompson (1968), "Regular expression search algorithm", CACM 11(6).
 * @see Aho, Sethi & Ullman (1986), "Compilers", 3.7: the lazy construction of states.
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
  readonly #start: State;
  /** For each step, the number of the place that it was reached at last. */
  readonly #reached: Float64Array;
  #place = 0;
  #built = 0;
  readonly #states = new Map<string, State>();
  #remembered = 0;

  /**
   * Reads a pattern of JavaScript, with the flag `u`.
   *
   * @throws {SyntaxError} If it is none, looks ahead or behind, refers back to a group, or has too many steps.
   */
  constructor(source: string) {
    const end = this.#add(undefined, []);
    const first = this.#build(readPattern(source), end);
    this.#reached = new Float64Array(this.#steps.length);
    this.#start = { steps: Uint16Array.of(first), before: "", next: new Map() };
  }

  /** Whether some part of a text matches. */
  test(text: string): boolean {
    let state = this.#start;
    for (const character of text) {
      const next = state.next.get(character) ?? this.#advance(state, character);
      if (next === MATCH) return true;
      state = next;
    }
    return (state.next.get("") ?? this.#advance(state, "")) === MATCH;
  }

  /** Finds what is behind a character, and remembers it. */
  #advance(state: State, character: string): State | typeof MATCH {
    if (this.#remembered > MAX_REMEMBERED) {
      this.#states.clear();
      this.#start.next.clear();
      this.#remembered = 0;
    }
    const next = this.#stateBehind(state, character);
    state.next.set(character, next);
    this.#remembered++;
    return next;
  }

  #stateBehind({ steps, before }: State, character: string): State | typeof MATCH {
    this.#place++;
    const found: number[] = [];
    for (const step of steps) this.#follow(step, before, character, found);
    if (found.includes(END)) return MATCH;
    // A match may begin at each place.
    const behind = new Set(this.#start.steps);
    for (const step of found) {
      const { test, next } = this.#steps[step]!;
      if (test!.kind === "character" && test!.is(character)) {
        for (const one of next) behind.add(one);
      }
    }
    return this.#stateOf(Uint16Array.from(behind).sort(), likeFor(character));
  }

  #stateOf(steps: Uint16Array, before: string): State {
    const key = (before || "^") + String.fromCharCode(...steps);
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state = { steps, before, next: new Map() };
    this.#states.set(key, state);
    this.#remembered += steps.length;
    return state;
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
    if (++this.#built > MAX_BUILT) throw tooLong();
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
