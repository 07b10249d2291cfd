import type { Bytes } from "./bytes.ts";

/**
 * A line as it was read, before it was decoded.
 *
 * It is a view of what was read, good while the line is looked at; to keep its text, take it.
 *
 * @example The beginning
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RawLine } from "./raw_line.ts";
 *
 * const line = new RawLine(3, Uint8Array.of(0x61, 0xFF, 0x62));
 * assertEquals(line.text(), "a\uFFFDb");
 * assertEquals(line.isWhole, true);
 * ```
 */
export class RawLine {
  /** How much of a line there is to see at most, in bytes. */
  static readonly HEAD_BYTES = 4096;

  /** How many bytes it has, without LF or CR LF. */
  readonly bytes: number;
  readonly #source: Bytes;
  readonly #start: number;

  /**
   * Takes a place in a larger piece.
   *
   * @param bytes How many bytes the line has.
   * @param source What holds at least the first {@linkcode RawLine.HEAD_BYTES} of them.
   * @param start Where they begin.
   */
  constructor(bytes: number, source: Bytes, start = 0) {
    this.bytes = bytes;
    this.#source = source;
    this.#start = start;
  }

  /** Whether {@linkcode RawLine.text} is all of it. */
  get isWhole(): boolean {
    return this.bytes <= RawLine.HEAD_BYTES;
  }

  /** Its text, of a long line the beginning; U+FFFD for what is no UTF-8. */
  text(): string {
    const end = this.#start + Math.min(this.bytes, RawLine.HEAD_BYTES);
    const head = this.#source.subarray(this.#start, end);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(head);
  }
}
