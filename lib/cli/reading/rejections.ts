import type { Rejection, RejectionReason } from "../../../schema.ts";
import { describeMisfit, nameRejection } from "../../formats/describe_misfit.ts";
import type { Format } from "../../formats/description/format.ts";
import { FORMATS } from "../../formats/known_formats.ts";
import { nearestFormat } from "../../formats/nearest_format.ts";
import { printable } from "../../report/printable.ts";
import { quote } from "../command/say.ts";
import type { InputLine } from "./inputs.ts";
import { describeNearness, suggestOption } from "./suggest.ts";

/** A kind of rejected lines, for example those that are not JSON. */
export interface RejectionKind {
  /** The words that follow a count of them: `not JSON`, `without "ip"`. */
  readonly name: string;
  /** The place of the first such line. */
  readonly first: LinePosition;
  /** How many such lines there are. */
  count: number;
}

/** The place of a line. */
export interface LinePosition {
  /** The input's name. */
  readonly input: string;
  /** The line's number in the input, from 1 on. */
  readonly line: number;
}

/** The fields of `Rejections`, to transfer to another thread. */
export interface RejectionsParts {
  /** The kinds, in the order of their first lines. */
  readonly kinds: readonly Readonly<RejectionKind>[];
  /** The first rejected line of all; `undefined` if none was rejected. */
  readonly first: FirstRejection | undefined;
}

/** The line that was rejected first. */
export interface FirstRejection {
  /** Its place. */
  readonly place: LinePosition;
  /** Its beginning, quoted. */
  readonly text: string;
  /** A clause on what it looks like, for example `it is no JSON`. */
  readonly look: string;
  /** The line as far as it is compared with formats; `undefined` if it may have one, or was not decoded. */
  readonly head: string | undefined;
}

/**
 * A summary of rejected lines: for each kind how many there were and where the first one is, and the
 * beginning of the first of all.
 */
export class Rejections {
  #kinds = new Map<string, RejectionKind>();
  #first: FirstRejection | undefined;

  /** Adds a rejected line, with its text if it was decoded. */
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
      head: OTHER_FORMAT.has(rejection.reason) ? text?.slice(0, HEAD_CHARACTERS) : undefined,
    };
  }

  /**
   * Adds the rejected lines of another thread, which come behind those added so far.
   *
   * @param parts The fields of the other `Rejections`.
   * @param linesBefore How many lines of the same input precede the part that the other thread read.
   */
  merge({ kinds, first }: RejectionsParts, linesBefore: number): void {
    const placed = ({ input, line }: LinePosition) => ({ input, line: line + linesBefore });
    for (const { name, first, count } of kinds) {
      const kind = this.#kinds.get(name);
      if (kind !== undefined) kind.count += count;
      else this.#kinds.set(name, { name, first: placed(first), count });
    }
    if (first !== undefined) this.#first ??= { ...first, place: placed(first.place) };
  }

  /** Returns the fields, to transfer to another thread. */
  toParts(): RejectionsParts {
    return { kinds: [...this.#kinds.values()], first: this.#first };
  }

  /** Returns how many lines were rejected. */
  count(): number {
    return [...this.#kinds.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /**
   * Sums up all kinds on one line, in the order of their first lines.
   *
   * @param lines How many lines were read in all.
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
   * Explains the first rejected line to someone who has a log of another kind.
   *
   * @param formats The formats that lines may have.
   * @returns Lines that show its beginning, what it looks like, which format is nearest, and what a line of that looks
   * like; none if no line was rejected.
   */
  explanation(formats: readonly Format[] = FORMATS): string[] {
    if (this.#first === undefined) return [];
    const { place, text, look, head } = this.#first;
    const option = head === undefined ? undefined : suggestOption(head);
    const nearest = head === undefined ? undefined : nearestFormat(head, formats);
    return [
      `  at ${show(place)}: ${text}`,
      `  found: ${look}`,
      ...nearest === undefined ? [] : describeNearness(head!, nearest),
      `  expected lines like: ${(nearest?.format ?? formats[0]!).samples[0][0]}`,
      ...option === undefined ? [] : [`  it is read with: ${option}`],
      ...head === undefined ? [] : ["  analyzer --format list shows a line of each format"],
    ];
  }
}

function show({ input, line }: LinePosition): string {
  return `${printable(input)}:${line}`;
}

/** The reasons of lines that no format may have. */
const OTHER_FORMAT: ReadonlySet<RejectionReason> = new Set([
  "not_json",
  "not_object",
  "missing_field",
  "no_match",
  "not_a_request",
]);
/** How many characters of a line are compared with formats. */
const HEAD_CHARACTERS = 4096;
