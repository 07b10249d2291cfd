import type { LineOutcome } from "../description/format.ts";
import { Rejection } from "../../../schema.ts";

/** The pieces of a line that goes on. */
interface Pending {
  /** What they are together; absent if it was too long to be kept. */
  readonly text: string | undefined;
  /** How many pieces there are. */
  readonly count: number;
}

/** The most characters of pieces that are kept. */
const MAX_LENGTH: number = 2 ** 20;

/**
 * Joins lines that a container runtime has cut: a piece that goes on is kept until the rest of its stream's line comes.
 * The pieces of several streams may alternate. Memory is bounded: of longer lines nothing is kept.
 *
 * @example Two streams
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Pieces } from "./pieces.ts";
 *
 * const pieces = new Pieces();
 * assertEquals(pieces.add("stdout", "GET ", true), undefined);
 * assertEquals(pieces.add("stderr", "oops", false), { text: "oops", before: 0 });
 * assertEquals(pieces.add("stdout", "/a", false), { text: "GET /a", before: 1 });
 * ```
 */
export class Pieces {
  readonly #pending = new Map<string, Pending>();
  #length = 0;

  /**
   * Adds a piece of a stream.
   *
   * @returns The whole line and how many pieces of it came before, without the line if it was too long to be kept;
   * `undefined` if it goes on.
   */
  add(
    stream: string,
    piece: string,
    goesOn: boolean,
  ): { readonly text: string | undefined; readonly before: number } | undefined {
    const { text, count } = this.#pending.get(stream) ?? { text: "", count: 0 };
    this.#pending.delete(stream);
    this.#length -= text?.length ?? 0;
    // What is left of a line that was too long would look like another.
    const isTooLong = text === undefined ||
      count > 0 && this.#length + text.length + piece.length > MAX_LENGTH;
    const joined = isTooLong ? undefined : text + piece;
    if (!goesOn) return { text: joined, before: count };
    this.#pending.set(stream, { text: joined, count: count + 1 });
    this.#length += joined?.length ?? 0;
    return undefined;
  }

  /** Whether only one piece of a stream's line has come. */
  isFirst(stream: string): boolean {
    return this.#pending.get(stream)?.count === 1;
  }

  /** What the pieces are whose end never came, once no more will come: of each line one is rejected. */
  close(): readonly LineOutcome[] {
    const outcomes = [...this.#pending.keys()].map(() => new Rejection("no_match"));
    this.#pending.clear();
    this.#length = 0;
    return outcomes;
  }
}
