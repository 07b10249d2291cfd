import type { Bytes } from "../../lines/bytes.ts";
import { readChunks } from "../../lines/read_chunks.ts";
import { ReadAhead } from "./read_ahead.ts";

/** What a pipe gives at most at once, on Linux. */
const PIPE_BYTES = 2 ** 16;
/** So many bytes in small pieces are enough to start a thread for: a shorter log is read before the thread runs. */
const LONG_BYTES = 2 ** 21;

/**
 * Reads stdin. If much comes in small pieces, as from a pipe, a thread reads ahead.
 *
 * @returns The chunks; each is valid until the next is asked for.
 */
export async function* readStdin(): AsyncGenerator<Bytes> {
  let ahead: ReadAhead | undefined, bytes = 0, isAhead = false;
  const takesOver = ({ length }: Bytes) => {
    bytes = length > PIPE_BYTES ? 0 : bytes + length;
    if (bytes >= LONG_BYTES) ahead ??= new ReadAhead();
    // The thread may also be there too late: what is awaited then is read here.
    isAhead = ahead?.isReady === true;
    if (isAhead) ahead!.start();
    return isAhead;
  };
  try {
    yield* readChunks(Deno.stdin.readable, takesOver);
    if (!isAhead) return;
    yield* ahead!.chunks();
    // Nothing, or the error at which the thread has stopped.
    yield* readChunks(Deno.stdin.readable);
  } finally {
    ahead?.end();
  }
}
