import { TextLineStream as UntypedTextLineStream } from "@std/streams/text-line-stream";
import type { Bytes } from "./bytes.ts";
import { type Cut, cutLines } from "./cut_lines.ts";
import { decompress, type Warn } from "./decompress.ts";
import { RawLine } from "./raw_line.ts";

// Typed here once: the module may come from a registry that ships no types.
const TextLineStream: new () => TransformStream<string, string> = UntypedTextLineStream;

/** Who is told what an input holds. */
export interface LineVisitor {
  /** Takes one line without its terminator, LF or CRLF, and where its bytes are to be seen. */
  line(text: string, raw: RawLine): void;
  /** Takes one line that is longer than a line may be, and was not decoded. */
  tooLong(raw: RawLine): void;
  /** Takes the size in bytes of what was read next, decompressed, terminators included. */
  bytes(count: number): void;
  /** Takes a remark about an input that was read all the same. */
  warning: Warn;
}

/**
 * Cuts a stream of bytes, compressed or not, into lines of text and visits each in order, holding
 * only what is being read.
 *
 * Text is UTF-8: a BOM at the start is dropped, what is malformed becomes U+FFFD. A last line
 * without terminator counts. A failing stream ends the reading, but no line that came before.
 *
 * @param bytes The input; it is read to its end, or returned from if the visitor throws. A chunk is
 * not looked at once the next was asked for.
 * @param options The most bytes that a line may have, without its terminator.
 * @param visitor Who is told.
 * @throws Whatever the stream failed with, after the last line before the failure was visited.
 *
 * @example Two lines and their size
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readLines } from "./read_lines.ts";
 *
 * const seen: string[] = [];
 * await readLines(new Blob(["one\r\nthree\ntwo"]).stream(), { maxLineBytes: 4 }, {
 *   line: (text) => seen.push(text),
 *   tooLong: (raw) => seen.push(`${raw.bytes} bytes`),
 *   bytes: (count) => seen.push(`read ${count}`),
 *   warning: () => {},
 * });
 * assertEquals(seen, ["read 14", "one", "5 bytes", "two"]);
 * ```
 */
export async function readLines(
  bytes: AsyncIterable<Bytes>,
  { maxLineBytes }: { readonly maxLineBytes: number },
  visitor: LineVisitor,
): Promise<void> {
  let failure: { readonly cause: unknown } | undefined;

  // A stream that fails throws away what it still holds; so this one ends, and fails later.
  async function* calmly(): AsyncGenerator<Bytes> {
    try {
      for await (const chunk of decompress(bytes, visitor.warning)) {
        visitor.bytes(chunk.byteLength);
        yield chunk;
      }
    } catch (cause) {
      failure = { cause };
    }
  }

  const trail = new Trail(visitor);
  async function* wholeLines(): AsyncGenerator<Bytes> {
    for await (const cut of cutLines(calmly(), maxLineBytes)) {
      trail.add(cut);
      if ("lines" in cut) yield cut.lines;
    }
  }

  const lines = ReadableStream.from(wholeLines())
    // A byte order mark is no business of the decoder: it would drop one at the start of any chunk.
    .pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))
    .pipeThrough(new TextLineStream());
  for await (const line of lines) visitor.line(line, trail.follow());
  trail.end();
  if (failure !== undefined) throw failure.cause;
}

/** The raw lines on their way through the decoder: where the next decoded line has its bytes. */
class Trail {
  readonly #visitor: LineVisitor;
  #cuts: Cut[] = [];
  #start = 0;

  constructor(visitor: LineVisitor) {
    this.#visitor = visitor;
  }

  add(cut: Cut): void {
    this.#cuts.push(cut);
  }

  /** The bytes of the line that comes out next; what was too long before it is visited. */
  follow(): RawLine {
    this.end();
    const { lines } = this.#cuts[0] as Cut & { readonly lines: Bytes };
    const [start, end] = [this.#start, lines.indexOf(0x0A, this.#start)];
    this.#start = end + 1;
    if (this.#start === lines.length) {
      this.#cuts.shift();
      this.#start = 0;
    }
    const hasCr = end > start && lines[end - 1] === 0x0D;
    return new RawLine(end - start - Number(hasCr), lines, start);
  }

  /** Visits what is too long before the next line. */
  end(): void {
    for (let cut; (cut = this.#cuts[0]) !== undefined && "tooLong" in cut;) {
      this.#cuts.shift();
      this.#visitor.tooLong(cut.tooLong);
    }
  }
}
