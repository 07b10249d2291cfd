import type { Bytes } from "./bytes.ts";

/** The size of a buffer: a read from a file fills it, one from a pipe returns at most 64 KiB. */
export const CHUNK_BYTES: number = 2 ** 20;

/**
 * Reads a stream of bytes into two buffers in turn: a new one for each chunk would leave tens of
 * megabytes to the garbage collector.
 *
 * @param stream A byte stream, such as `Deno.stdin.readable`.
 * @param isLast Is called with each chunk; returns whether somebody else reads on behind it. Without it the stream is
 * read to its end.
 * @returns The chunks; each is valid until the next is asked for.
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
export async function* readChunks(
  stream: ReadableStream<Bytes>,
  isLast: (chunk: Bytes) => boolean = () => false,
): AsyncGenerator<Bytes> {
  const reader = stream.getReader({ mode: "byob" });
  const readInto = (buffer: ArrayBuffer) => {
    const read = reader.read(new Uint8Array(buffer));
    // A failed read throws where it is awaited; before, it must not be an unhandled rejection.
    read.catch(() => {});
    return read;
  };
  let isEnded = true;
  try {
    // The next chunk is read while the caller works on this one.
    let next = readInto(new ArrayBuffer(CHUNK_BYTES));
    let free = new ArrayBuffer(CHUNK_BYTES);
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      if (isLast(value)) {
        isEnded = false;
        return yield value;
      }
      next = readInto(free);
      yield value;
      free = value.buffer;
    }
  } finally {
    if (isEnded) await reader.cancel();
    else reader.releaseLock();
  }
}
