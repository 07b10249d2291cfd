import { TextLineStream as UntypedTextLineStream } from "@std/streams/text-line-stream";

// Typed here once: the module may come from a registry that ships no types.
const TextLineStream: new () => TransformStream<string, string> = UntypedTextLineStream;

/** Who is told what an input holds. */
export interface LineVisitor {
  /** Takes one line without its terminator, LF or CRLF. */
  line(text: string): void;
  /** Takes the size in bytes of what was read next, terminators included. */
  bytes(count: number): void;
}

/**
 * Cuts a stream of bytes into lines of text and visits each, holding only what is being read.
 *
 * Text is UTF-8: a BOM at the start is dropped, what is malformed becomes U+FFFD. A last line
 * without terminator counts. A failing stream ends the reading, but no line that came before.
 *
 * @param bytes The input; it is read to its end, or cancelled if the visitor throws.
 * @param visitor Who is told.
 * @throws Whatever the stream failed with, after the last line before the failure was visited.
 *
 * @example Two lines and their size
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readLines } from "./read_lines.ts";
 *
 * const lines: string[] = [];
 * let size = 0;
 * await readLines(new Blob(["one\r\ntwo"]).stream(), {
 *   line: (text) => lines.push(text),
 *   bytes: (count) => size += count,
 * });
 * assertEquals(lines, ["one", "two"]);
 * assertEquals(size, 8);
 * ```
 */
export async function readLines(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
  visitor: LineVisitor,
): Promise<void> {
  let failure: { readonly cause: unknown } | undefined;

  // A stream that fails throws away what it still holds; so this one ends, and fails later.
  async function* calmly(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    try {
      for await (const chunk of bytes) {
        visitor.bytes(chunk.byteLength);
        yield chunk;
      }
    } catch (cause) {
      failure = { cause };
    }
  }

  const lines = ReadableStream.from(calmly())
    .pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))
    .pipeThrough(dropBom())
    .pipeThrough(new TextLineStream());
  for await (const line of lines) visitor.line(line);
  if (failure !== undefined) throw failure.cause;
}

/** The decoder would drop one at the start of every chunk. */
function dropBom(): TransformStream<string, string> {
  let started = false;
  return new TransformStream({
    transform: (text, controller) => {
      const kept = !started && text.startsWith("\uFEFF") ? text.slice(1) : text;
      started = true;
      if (kept !== "") controller.enqueue(kept);
    },
  });
}
