import type { Bytes } from "./bytes.ts";

/** A pipe gives 64 KiB at most, a file more. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Reads a stream of bytes into two buffers in turn: a fresh one for each chunk would leave tens of
 * megabytes to the garbage collector.
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
  const readInto = (buffer: ArrayBuffer) => {
    const read = reader.read(new Uint8Array(buffer));
    // Whether it failed is asked when it is waited for.
    read.catch(() => {});
    return read;
  };
  try {
    // While one chunk is looked at, the next is being read.
    let next = readInto(new ArrayBuffer(CHUNK_BYTES));
    let free = new ArrayBuffer(CHUNK_BYTES);
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = readInto(free);
      yield value;
      free = value.buffer;
    }
  } finally {
    await reader.cancel();
  }
}
