import { TextLineStream as UntypedTextLineStream } from "@std/streams/text-line-stream";
import type { Bytes } from "./bytes.ts";
import { byteOrderMarkAt, cutLines } from "./cut_lines.ts";
import { decompress, type Warn } from "./decompress.ts";
import type { LineStage } from "./line_stage.ts";
import { RawLine } from "./raw_line.ts";
import { type Stop, untilStopped } from "./until_stopped.ts";

// Typed here once: the module may come from a registry that ships no types.
const TextLineStream: new () => TransformStream<string, string> = UntypedTextLineStream;

const LF = 0x0A, CR = 0x0D;

/** Who is told what an input holds. */
export interface LineVisitor {
  /**
   * Takes one line without its terminator, LF or CRLF, where its bytes are to be seen, and its number
   * in the input, from 1 on.
   */
  line(text: string, raw: RawLine, number: number): void;
  /** Takes one line that is longer than a line may be, and was not decoded. */
  tooLong(raw: RawLine, number: number): void;
  /** Takes the size in bytes of what was read next, decompressed, terminators included. */
  bytes(count: number): void;
  /** Takes a remark about an input that was read all the same. */
  warning: Warn;
}

/** How lines are read. */
export interface ReadOptions {
  /** The most bytes that a line may have, without its terminator. */
  readonly maxLineBytes: number;
  /** Who takes lines before they are decoded; nobody is told of those. */
  readonly stage?: LineStage | undefined;
  /** Whether it is a part of plain text, cut between lines; a whole input may be compressed. */
  readonly isPart?: boolean | undefined;
  /** Ends the reading early, between two lines; a line that was begun is not visited. */
  readonly stop?: Stop | undefined;
}

/**
 * Cuts a stream of bytes, compressed or not, into lines of text and visits each in order, holding
 * only what is being read.
 *
 * Text is UTF-8: a BOM at the start of a line is dropped, what is malformed becomes U+FFFD. A last line
 * without terminator counts. A failing stream ends the reading, but no line that came before.
 *
 * @param bytes The input; it is read to its end, or returned from if the visitor throws. A chunk is
 * not looked at once the next was asked for.
 * @param options The most bytes that a line may have, and who takes lines before they are decoded.
 * @param visitor Who is told of the others.
 * @throws Whatever the stream failed with, after the last line before the failure was visited.
 * @throws {Stopped} If it was stopped.
 *
 * @example Two lines and their size
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readLines } from "./read_lines.ts";
 *
 * const seen: string[] = [];
 * await readLines(new Blob(["one\r\nthree\ntwo"]).stream(), { maxLineBytes: 4 }, {
 *   line: (text) => seen.push(text),
 *   tooLong: (raw, number) => seen.push(`line ${number}: ${raw.bytes} bytes`),
 *   bytes: (count) => seen.push(`read ${count}`),
 *   warning: () => {},
 * });
 * assertEquals(seen, ["read 14", "one", "line 2: 5 bytes", "two"]);
 * ```
 */
export async function readLines(
  bytes: AsyncIterable<Bytes>,
  { maxLineBytes, stage, isPart = false, stop }: ReadOptions,
  visitor: LineVisitor,
): Promise<void> {
  async function* counted(): AsyncGenerator<Bytes> {
    const plain = isPart ? bytes : decompress(bytes, visitor.warning);
    for await (const chunk of untilStopped(plain, stop)) {
      visitor.bytes(chunk.byteLength);
      yield chunk;
    }
  }

  const decoder = new LineDecoder();
  const takenBefore = stage?.taken ?? 0;
  let visited = 0;
  const number = () => (stage?.taken ?? 0) - takenBefore + ++visited;
  for await (const cut of cutLines(counted(), maxLineBytes)) {
    if ("tooLong" in cut) {
      visitor.tooLong(cut.tooLong, number());
      continue;
    }
    for (const lines of stage?.take(cut.lines) ?? [cut.lines]) {
      await decoder.decode(lines, (text, raw) => visitor.line(text, raw, number()));
    }
  }
}

/** Decodes whole lines, of which all have come out before more go in; so their bytes are at hand. */
class LineDecoder {
  readonly #writer: WritableStreamDefaultWriter<Bytes>;
  readonly #reader: ReadableStreamDefaultReader<string>;

  constructor() {
    // A byte order mark is no business of the decoder: it would drop one at the start of any chunk.
    const decoder = new TextDecoderStream("utf-8", { ignoreBOM: true });
    this.#writer = decoder.writable.getWriter();
    this.#reader = decoder.readable.pipeThrough(new TextLineStream()).getReader();
  }

  async decode(lines: Bytes, visit: (text: string, raw: RawLine) => void): Promise<void> {
    const written = this.#writer.write(lines);
    for (let start = 0, end; start < lines.length; start = end + 1) {
      const { value } = await this.#reader.read();
      end = lines.indexOf(LF, start);
      const text = start + byteOrderMarkAt(start, lines);
      const hasCr = end > text && lines[end - 1] === CR;
      visit(
        text === start ? value! : value!.slice(1),
        new RawLine(end - text - Number(hasCr), lines, text),
      );
    }
    await written;
  }
}
