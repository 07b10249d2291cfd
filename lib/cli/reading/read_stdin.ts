import type { Bytes } from "../../lines/bytes.ts";
import { readChunks } from "../../lines/read_chunks.ts";
import { Turns } from "./turns.ts";

/** The size of the ring: as many bytes are read ahead at most. */
const RING_BYTES = 2 ** 20;
/** How much is taken at most at once: what is made of it may be many times as large. */
const CHUNK_BYTES = 2 ** 18;
/** How often the event loop turns meanwhile, in milliseconds: the garbage collector goes on only then. */
const TURN_MS = 20;
/** Added to what is in the ring once nothing will come any more. */
const END = 2 ** 30;

/** What the thread that reads and the one that takes share. */
interface Shared {
  /** The ring: bytes that were read, and were not taken yet, from some place on. */
  readonly ring: Uint8Array<SharedArrayBuffer>;
  /** How many bytes in the ring were not taken yet, and {@linkcode END} at the end. */
  readonly filled: Int32Array<SharedArrayBuffer>;
  /** 1 while the one that takes waits for a message that there is more. */
  readonly isWaiting: Int32Array<SharedArrayBuffer>;
}

/**
 * Reads stdin in a thread that does nothing else. A pipe gives 64 KiB at most, and to wait for so little costs more than
 * to read it; the thread does so while what it has read before is counted. Bytes can be taken as soon as they were
 * read, so nothing is missing whenever the reading is stopped.
 */
export class ReadAhead {
  readonly #shared: Shared = {
    ring: new Uint8Array(new SharedArrayBuffer(RING_BYTES)),
    filled: new Int32Array(new SharedArrayBuffer(4)),
    isWaiting: new Int32Array(new SharedArrayBuffer(4)),
  };
  readonly #worker: Worker;
  #wake = () => {};
  #isReady = false;

  /** Starts the thread; it reads nothing yet. */
  constructor() {
    // A module of its own would need the permission to be read.
    const source = `(${readIntoRing})(${END})`;
    const url = `data:text/javascript,${encodeURIComponent(source)}`;
    this.#worker = new Worker(url, { type: "module" });
    this.#worker.onmessage = () => {
      this.#isReady = true;
      this.#wake();
    };
    // Without the thread stdin is read as before.
    this.#worker.onerror = (event) => event.preventDefault();
  }

  /** Whether the thread runs, so that {@linkcode start} may be called. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Has the thread read: from now on nobody else may read stdin. */
  start(): void {
    this.#worker.postMessage(this.#shared);
  }

  /**
   * Yields what the thread reads, up to the end of stdin, or up to an error: whoever reads on then will meet it.
   *
   * @returns The chunks; each is valid until the next is asked for.
   */
  async *chunks(): AsyncGenerator<Bytes> {
    const { ring, filled } = this.#shared,
      chunk = new Uint8Array(CHUNK_BYTES),
      turns = new Turns(TURN_MS);
    for (let at = 0;;) {
      await turns.next();
      const found = Atomics.load(filled, 0), size = Math.min(found % END, CHUNK_BYTES);
      if (found === 0) {
        await this.#more();
        continue;
      }
      if (size === 0) return;
      const before = Math.min(size, RING_BYTES - at);
      chunk.set(ring.subarray(at, at + before));
      chunk.set(ring.subarray(0, size - before), before);
      at = (at + size) % RING_BYTES;
      Atomics.sub(filled, 0, size);
      Atomics.notify(filled, 0);
      yield chunk.subarray(0, size);
    }
  }

  /** Ends the thread. */
  end(): void {
    this.#worker.terminate();
  }

  /** Waits for a message that there is more, or does not wait if there is. */
  async #more(): Promise<void> {
    const { filled, isWaiting } = this.#shared;
    const told = new Promise<void>((resolve) => this.#wake = resolve);
    Atomics.store(isWaiting, 0, 1);
    if (Atomics.load(filled, 0) === 0) await told;
  }
}

/** Runs in the thread, which has nothing but the text of this function. */
function readIntoRing(end: number): void {
  const tell = () => (globalThis as unknown as Pick<Worker, "postMessage">).postMessage(undefined);
  addEventListener("message", (event) => {
    const { ring, filled, isWaiting } = (event as MessageEvent<Shared>).data, { length } = ring;
    for (let at = 0, read: number | null = 0; read !== null;) {
      const full = Atomics.load(filled, 0);
      if (full === length) {
        Atomics.wait(filled, 0, full);
        continue;
      }
      try {
        read = Deno.stdin.readSync(ring.subarray(at, Math.min(length, at + length - full)));
      } catch {
        read = null;
      }
      at = (at + (read ?? 0)) % length;
      Atomics.add(filled, 0, read ?? end);
      if (Atomics.exchange(isWaiting, 0, 0) === 1) tell();
    }
  });
  tell();
}

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
