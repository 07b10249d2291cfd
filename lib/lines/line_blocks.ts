import type { Bytes } from "./bytes.ts";

const LF = 0x0A;

/**
 * Joins whole lines into blocks of about equal size. Where a block ends depends on the lines alone, not on the
 * pieces in which they were added.
 *
 * @example Five bytes
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LineBlocks } from "./line_blocks.ts";
 *
 * const blocks = new LineBlocks(5);
 * const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
 * const full = [...blocks.add(encoder.encode("a\nb\nlong one\nc\n"))];
 * assertEquals(full.map((block) => decoder.decode(block)), ["a\nb\n", "long one\n"]);
 * assertEquals(decoder.decode(blocks.rest()), "c\n");
 * ```
 */
export class LineBlocks {
  readonly #size: number;
  readonly #allocate: (bytes: number) => ArrayBuffer;
  #block: Bytes;
  #length = 0;

  /**
   * Starts with an empty block.
   *
   * @param size The most bytes of a block; a longer line is a block of its own.
   * @param allocate Makes the buffer of a block.
   */
  constructor(size: number, allocate = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes)) {
    this.#size = size;
    this.#allocate = allocate;
    this.#block = new Uint8Array(allocate(size));
  }

  /** Adds whole lines, each with its LF; yields the blocks that are full, each in a buffer of its own. */
  *add(lines: Bytes): Generator<Bytes> {
    for (let at = 0; at < lines.length;) {
      const room = this.#size - this.#length;
      const end = at + room >= lines.length
        ? lines.length
        : lines.subarray(at, at + room).lastIndexOf(LF) + 1 + at;
      if (end > at) {
        this.#block.set(lines.subarray(at, end), this.#length);
        this.#length += end - at;
        at = end;
      } else if (this.#length > 0) {
        yield this.rest();
      } else {
        const next = lines.indexOf(LF, at) + 1;
        yield lines.slice(at, next);
        at = next;
      }
    }
  }

  /** Returns the last block, which may be empty, and starts another. */
  rest(): Bytes {
    const rest = this.#block.subarray(0, this.#length);
    this.#block = new Uint8Array(this.#allocate(this.#size));
    this.#length = 0;
    return rest;
  }
}
