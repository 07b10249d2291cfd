import type { Bytes } from "./bytes.ts";

const CHUNK_BYTES = 64 * 1024;

/**
 * Reads a stream of bytes into one buffer, again and again: a fresh one for each chunk would leave
 * tens of megabytes to the garbage collector.
 *
 * @param stream A byte stream, such as `Deno.stdin.readable`.
 * @returns The chunks; each is good until the next is asked for.
 *
 * @example The size of a stream
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readChunks } from "./read_chunks.ts";
 *
 * let size = 0;
 * for await (const chunk of readChunks(new Blob(["twelve bytes"]).stream())) size += chunk.length;
 * assertEquals(size, 12);
 * ```
 */
export async function* readChunks(stream: ReadableStream<Bytes>): AsyncGenerator<Bytes> {
  const reader = stream.getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(CHUNK_BYTES);
  try {
    for (;;) {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (done) return;
      yield value;
      buffer = value.buffer;
    }
  } finally {
    await reader.cancel();
  }
}
