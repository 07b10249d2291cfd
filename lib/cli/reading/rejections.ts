import { encodeRecord, type Rejection } from "../../../schema.ts";
import { describeMisfit } from "../../formats/describe_misfit.ts";
import { nameRejection } from "../../formats/name_rejection.ts";
import { printable } from "../../report/printable.ts";
import { quote } from "../command/quote.ts";
import type { InputLine } from "./inputs.ts";

/** A kind of rejected lines. */
export interface RejectionKind {
  /** What it is called after a count. */
  readonly name: string;
  /** Where the first is. */
  readonly first: Place;
  /** How many there are. */
  count: number;
}

/** Where a line is. */
export interface Place {
  /** The input's name. */
  readonly input: string;
  /** The line's number in it, from 1 on. */
  readonly line: number;
}

/** What is remembered of rejected lines. */
export interface RejectionsParts {
  /** Each kind, with the place of its first line, and how many there are. */
  readonly kinds: readonly Readonly<RejectionKind>[];
  /** The very first line. */
  readonly first: FirstRejection | undefined;
}

/** The line that was rejected first. */
export interface FirstRejection {
  /** Where it is. */
  readonly place: Place;
  /** Its beginning, quoted. */
  readonly text: string;
  /** What it looks like. */
  readonly look: string;
}

/**
 * Remembers of each kind of rejected line how many there were and where the first stands, and of
 * the very first what it says.
 */
export class Rejections {
  #kinds = new Map<string, RejectionKind>();
  #first: FirstRejection | undefined;

  /** Takes in a rejected line, with its text if it was decoded. */
  add(rejection: Rejection, line: InputLine, text?: string): void {
    const name = nameRejection(rejection);
    const kind = this.#kinds.get(name);
    if (kind !== undefined) {
      kind.count++;
      return;
    }
    const place = { input: line.input, line: line.number };
    this.#kinds.set(name, { name, first: place, count: 1 });
    this.#first ??= {
      place,
      text: quote(text ?? line.raw.text()),
      look: text === undefined ? `it has ${line.raw.bytes} bytes` : printable(describeMisfit(text)),
    };
  }

  /**
   * Takes in what others remember of the lines that came next.
   *
   * @param parts What they remember.
   * @param linesBefore How many lines of the same input came before theirs.
   */
  merge({ kinds, first }: RejectionsParts, linesBefore: number): void {
    const placed = ({ input, line }: Place) => ({ input, line: line + linesBefore });
    for (const { name, first, count } of kinds) {
      const kind = this.#kinds.get(name);
      if (kind !== undefined) kind.count += count;
      else this.#kinds.set(name, { name, first: placed(first), count });
    }
    if (first !== undefined) this.#first ??= { ...first, place: placed(first.place) };
  }

  /** What is remembered, for another thread. */
  toParts(): RejectionsParts {
    return { kinds: [...this.#kinds.values()], first: this.#first };
  }

  /** How many lines were rejected. */
  count(): number {
    return [...this.#kinds.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /**
   * Sums them up in one line, in the order in which they came.
   *
   * @param lines How many lines there were in all.
   * @returns For example `Rejected 2 of 9 lines: 2 not JSON (first at access.log:4)`.
   */
  summary(lines: number): string {
    const kinds = [...this.#kinds.values()].map(({ name, count, first }) =>
      `${count} ${name} (${count === 1 ? "" : "first "}at ${show(first)})`
    );
    return `Rejected ${this.count()} of ${lines} line${lines === 1 ? "" : "s"}: ${
      kinds.join(", ")
    }`;
  }

  /**
   * Explains the first of them to someone who has a log of another kind.
   *
   * @returns Lines that show its beginning, what it looks like, and what a record looks like; none
   * if no line was rejected.
   */
  explanation(): string[] {
    if (this.#first === undefined) return [];
    const { place, text, look } = this.#first;
    return [
      `  at ${show(place)}: ${text}`,
      `  found: ${look}`,
      `  expected lines like: ${EXAMPLE}`,
    ];
  }
}

function show({ input, line }: Place): string {
  return `${printable(input)}:${line}`;
}

const EXAMPLE = encodeRecord({
  method: "GET",
  endpoint: "/health",
  statusCode: 200,
  ip: "192.0.2.1",
  responseTimeUs: 57_000,
  userAgent: "Mozilla",
  timestampUs: Date.UTC(2025, 11, 24) * 1000,
});
