import { ByteReader } from "./byte_reader.ts";
import type { Bytes } from "./bytes.ts";
import { Stopped } from "./until_stopped.ts";

/**
 * A line as bytes, before it is decoded.
 *
 * It is a view of a buffer, valid only while the visitor is called with the line. Its text may be kept.
 *
 * @example The beginning
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RawLine } from "./cut_lines.ts";
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

/** A piece of input: whole lines, each with its LF, or one line that is too long, without its LF. */
export type Cut = { readonly lines: Bytes } | { readonly tooLong: RawLine };

const LF = 0x0A, CR = 0x0D;
const BOM = [0xEF, 0xBB, 0xBF];
/** How many bytes of a line that is too long are kept: those that a `RawLine` shows, and a byte order mark. */
const HEAD_BYTES = RawLine.HEAD_BYTES + BOM.length;

/**
 * Cuts a stream of bytes into blocks of whole lines. A line that is too long is a piece of its own.
 *
 * The lines do not depend on how the stream is cut into chunks. A last line without terminator gets one. Memory:
 * a chunk and one line of the longest allowed.
 *
 * @param bytes The stream; a chunk is not read any more once the next was asked for.
 * @param maxLineBytes The most bytes that a line may have, not counting a byte order mark before it, nor
 * LF or CR LF.
 * @returns The lines, in order; none for an empty stream. A piece is valid until the next is asked for.
 * @throws What the stream failed with, after the lines before the failure. An unterminated last line is one of
 * them, unless the stream was stopped.
 *
 * @example A line too long
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cutLines } from "./cut_lines.ts";
 *
 * const cuts = await Array.fromAsync(cutLines(new Blob(["one\nthree\ntwo"]).stream(), 4));
 * const shown = cuts.map((cut) =>
 *   "lines" in cut ? new TextDecoder().decode(cut.lines) : `(${cut.tooLong.bytes} bytes)`
 * );
 * assertEquals(shown, ["one\n", "(5 bytes)", "two\n"]);
 * ```
 */
export async function* cutLines(
  bytes: AsyncIterable<Bytes>,
  maxLineBytes: number,
): AsyncGenerator<Cut> {
  const reader = new ByteReader(bytes);
  try {
    const begun = new BegunLine(maxLineBytes);
    let failure: { readonly cause: unknown } | undefined;
    const next = () => reader.next().catch((cause) => void (failure = { cause }));
    for (let chunk; (chunk = await next()) instanceof Uint8Array;) {
      const end = chunk.lastIndexOf(LF) + 1;
      let whole = chunk.subarray(0, end);
      if (begun.bytes > 0 && end > 0) {
        const first = whole.indexOf(LF);
        begun.add(whole.subarray(0, first));
        yield begun.finish();
        whole = whole.subarray(first + 1);
      }
      yield* cutWholeLines(whole, maxLineBytes);
      begun.add(chunk.subarray(end));
    }
    if (begun.isLine && !(failure?.cause instanceof Stopped)) yield begun.finish();
    if (failure !== undefined) throw failure.cause;
  } finally {
    await reader.cancel();
  }
}

/**
 * Returns how many bytes at the start of a line are a byte order mark: 3 or 0. Any line may have one, as files
 * that begin with one may have been put one behind the other.
 *
 * @param start The offset of the line.
 * @param bytes The bytes that the line is in.
 */
export function byteOrderMarkAt(start: number, bytes: Uint8Array): number {
  return BOM.every((byte, i) => bytes[start + i] === byte) ? BOM.length : 0;
}

function* cutWholeLines(lines: Bytes, maxLineBytes: number): Generator<Cut> {
  let from = 0;
  for (let start = 0; lines.length - start - 1 > maxLineBytes;) {
    // All lines that end within `maxLineBytes` from `start` are short enough.
    const last = lines.lastIndexOf(LF, start + maxLineBytes);
    if (last >= start) {
      start = last + 1;
      continue;
    }
    const lf = lines.indexOf(LF, start + maxLineBytes + 1);
    const text = start + byteOrderMarkAt(start, lines);
    const length = lf - text - Number(lines[lf - 1] === CR);
    if (length > maxLineBytes) {
      if (start > from) yield { lines: lines.subarray(from, start) };
      const head = lines.slice(text, text + Math.min(length, RawLine.HEAD_BYTES));
      yield { tooLong: new RawLine(length, head) };
      from = lf + 1;
    }
    start = lf + 1;
  }
  if (from < lines.length) yield { lines: lines.subarray(from) };
}

/** A copy of a line whose end was not read yet; only of its beginning once it is too long. */
class BegunLine {
  readonly #maxLineBytes: number;
  #buffer: Bytes = new Uint8Array(HEAD_BYTES + 1);
  #kept = 0;
  #bytes = 0;
  #last = 0;

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** How many bytes the line has so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether it is a line if the input ends here: a byte order mark alone is none. */
  get isLine(): boolean {
    return this.#bytes > byteOrderMarkAt(0, this.#buffer.subarray(0, this.#kept));
  }

  add(part: Bytes): void {
    if (part.length === 0) return;
    this.#bytes += part.length;
    this.#last = part[part.length - 1]!;
    // A byte order mark at the start and a CR at the end do not count.
    const isTooLong = this.#bytes > this.#maxLineBytes + BOM.length + 1;
    const wanted = isTooLong ? Math.min(this.#bytes, HEAD_BYTES) : this.#bytes;
    this.#resize(wanted);
    if (wanted > this.#kept) this.#buffer.set(part.subarray(0, wanted - this.#kept), this.#kept);
    this.#kept = wanted;
  }

  finish(): Cut {
    const kept = this.#buffer.subarray(0, this.#kept);
    const start = byteOrderMarkAt(0, kept);
    const length = this.#bytes - start - Number(this.#last === CR);
    this.#kept = this.#bytes = this.#last = 0;
    if (length > this.#maxLineBytes) {
      return { tooLong: new RawLine(length, kept.slice(start, start + RawLine.HEAD_BYTES)) };
    }
    this.#buffer[kept.length] = LF;
    return { lines: this.#buffer.subarray(0, kept.length + 1) };
  }

  /** Grows the buffer, to twice its size or more so that it seldom grows; or shrinks it to a mere beginning. */
  #resize(wanted: number): void {
    const { length } = this.#buffer;
    if (wanted >= length || wanted === HEAD_BYTES && length > wanted + 1) {
      // One more for LF.
      const resized = new Uint8Array(
        1 + (wanted >= length ? Math.max(wanted, 2 * length) : wanted),
      );
      resized.set(this.#buffer.subarray(0, Math.min(this.#kept, wanted)));
      this.#buffer = resized;
    }
  }
}
