import type { Bytes } from "./bytes.ts";

/**
 * A line as bytes, before it is decoded.
 *
 * It is a view of a buffer, valid only while the visitor is called with the line. Its text may be kept.
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
  /** The most bytes of a line that its text shows. */
  static readonly HEAD_BYTES = 4096;

  /** How many bytes the line has, without LF or CR LF. */
  readonly bytes: number;
  readonly #source: Bytes;
  readonly #start: number;

  /**
   * Makes a view of a line in a larger buffer.
   *
   * @param bytes How many bytes the line has.
   * @param source The buffer, with at least the first {@linkcode RawLine.HEAD_BYTES} of them.
   * @param start The offset of the line in the buffer.
   */
  constructor(bytes: number, source: Bytes, start = 0) {
    this.bytes = bytes;
    this.#source = source;
    this.#start = start;
  }

  /** Whether {@linkcode RawLine.text} is the whole line. */
  get isWhole(): boolean {
    return this.bytes <= RawLine.HEAD_BYTES;
  }

  /** Returns the text of the line, only the beginning of a long one; U+FFFD stands for malformed UTF-8. */
  text(): string {
    const end = this.#start + Math.min(this.bytes, RawLine.HEAD_BYTES);
    const head = this.#source.subarray(this.#start, end);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(head);
  }
}
