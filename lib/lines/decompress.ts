import { ByteReader } from "./byte_reader.ts";
import type { Bytes } from "./bytes.ts";
import { isGzip, isZstdFrame, isZstdSkippable, MAGIC_BYTES } from "./magic_numbers.ts";

/** Takes a remark about an input that was read all the same. */
export type Warn = (remark: string) => void;

/**
 * Decompresses a stream that begins as gzip or Zstandard data does, and passes any other through.
 *
 * Concatenated members and frames are one stream. Memory does not depend on how much the data
 * expands. What was decompressed before a fault is yielded before it is thrown.
 *
 * @param bytes The stream; a chunk is not looked at once the next was asked for.
 * @param warn Takes a remark if something that is no data follows the compressed data.
 * @returns The decompressed bytes; a chunk is good until the next is asked for.
 * @throws {SyntaxError} If the data is corrupt or ends too early.
 *
 * @example Two compressed streams, one after the other
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decompress } from "./decompress.ts";
 *
 * const gzip = (text: string) =>
 *   new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
 * const both = new Blob([await gzip("one\n"), await gzip("two\n")]);
 *
 * let text = "";
 * for await (const chunk of decompress(both.stream(), console.warn)) {
 *   text += new TextDecoder().decode(chunk);
 * }
 * assertEquals(text, "one\ntwo\n");
 * ```
 */
export async function* decompress(
  bytes: AsyncIterable<Bytes>,
  warn: Warn,
): AsyncGenerator<Bytes> {
  const reader = new ByteReader(bytes);
  try {
    const start = await reader.peek(MAGIC_BYTES);
    // The decoders are loaded when they are needed: they would double the time to start.
    if (start.length > 1 && isGzip(start)) {
      const { gunzip } = await import("./gunzip.ts");
      yield* gunzip(reader, warn);
    } else if (isZstdFrame(start) || isZstdSkippable(start)) {
      const { unzstd } = await import("./unzstd.ts");
      yield* unzstd(reader, warn);
    } else {
      for (let chunk; (chunk = await reader.next()) !== undefined;) yield chunk;
    }
  } finally {
    await reader.cancel();
  }
}
