import { TextLineStream as UntypedTextLineStream } from "@std/streams/text-line-stream";
import type { Bytes } from "./bytes.ts";
import { byteOrderMarkAt, cutLines, RawLine } from "./cut_lines.ts";
import { decompress, type Warn } from "./decompress.ts";
import type { LineStage } from "./line_stage.ts";
import { type Stop, untilStopped } from "./until_stopped.ts";

// The type is given here, as the module may come from a registry without types.
const TextLineStream: new () => TransformStream<string, string> = UntypedTextLineStream;

const LF = 0x0A, CR = 0x0D;

/** The callbacks of {@linkcode readLines}. */
export interface LineVisitor {
  /**
   * Is called with each line: its text without the terminator (LF or CR LF), its bytes, and its number in the
   * input, from 1 on.
   */
  line(text: string, raw: RawLine, number: number): void;
  /** Is called with each line that is longer than a line may be; it is not decoded. */
  tooLong(raw: RawLine, number: number): void;
  /** Is called with the size in bytes of each chunk before its lines: decompressed, terminators included. */
  bytes(count: number): void;
  /** Is called with a remark about an input that was read all the same. */
  warning: Warn;
}

/** How lines are read. */
export interface ReadOptions {
  /** The most bytes that a line may have, without its terminator. */
  readonly maxLineBytes: number;
  /** Takes lines before they are decoded; the visitor is not called with those. */
  readonly stage?: LineStage | undefined;
  /** Whether the input is a part of plain text, cut between lines; otherwise it may be compressed. */
  readonly isPart?: boolean | undefined;
  /** Ends the reading early, between two lines; the visitor is not called with an incomplete line. */
  readonly stop?: Stop | undefined;
}

/**
 * Cuts a stream of bytes, compressed or not, into lines of text, and calls the visitor with each, in order.
 *
 * Text is UTF-8: a byte order mark at the start of a line is dropped, malformed bytes become U+FFFD. A last
 * line without terminator counts. If the stream fails, all lines before the failure are visited. Memory: only
 * what is being read.
 *
 * @param bytes The input. It is read to its end, or closed if the visitor throws. A chunk is not read any more
 * once the next was asked for.
 * @param options How lines are read.
 * @param visitor Is called with the lines that the stage has not taken.
 * @throws What the stream failed with, after the last line before the failure was visited.
 * @throws {Stopped} If the reading was stopped.
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

/**
 * Decodes whole lines with the streams that the user asked for, `TextLineStream` among them: the plain reader,
 * and the reference. Lines are cut twice, here and in `cutLines`, so that their bytes are at hand: all lines have
 * come out of the streams before more go in.
 */
class LineDecoder {
  readonly #writer: WritableStreamDefaultWriter<Bytes>;
  readonly #reader: ReadableStreamDefaultReader<string>;

  constructor() {
    // The decoder keeps byte order marks: it would drop only the first of the stream, `decode` drops any.
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
