import type { Transform } from "node:stream";
import type { Bytes } from "./bytes.ts";

/** A decoder of `node:zlib`, made with `highWaterMark: 1`; `bytesWritten` counts the bytes that it has consumed. */
export type ZlibDecoder = Transform & { readonly bytesWritten: number };

/**
 * Reads the output of a decoder of `node:zlib` piece by piece.
 *
 * The decoder pauses until the next piece is asked for. So memory stays small however much the data expands, and
 * no decoded piece is lost when the decoder fails.
 */
export class PullDecoder {
  readonly #decoder: ZlibDecoder;
  #piece: Bytes | undefined;
  #fed = 0;
  #isFed = true;
  #hasFailed = false;
  #wake = () => {};

  /** Takes over a new decoder. */
  constructor(decoder: ZlibDecoder) {
    this.#decoder = decoder;
    decoder.on("data", (piece: Bytes) => {
      this.#piece = piece;
      decoder.pause();
      this.#wake();
    });
    decoder.on("error", () => this.#fail());
  }

  /** How many of the bytes that it was fed are behind the end of the data that it decodes. */
  get unused(): number {
    return this.#fed - this.#decoder.bytesWritten;
  }

  /**
   * Decodes more bytes.
   *
   * @param chunk The bytes.
   * @returns The decoded pieces; none if more bytes are needed.
   * @throws {SyntaxError} If the bytes are corrupt, after all pieces that could be decoded.
   */
  async *feed(chunk: Bytes): AsyncGenerator<Bytes> {
    using _fallback = onStrayZstdError(() => this.#fail());
    this.#fed += chunk.length;
    this.#isFed = false;
    this.#decoder.write(chunk, () => {
      this.#isFed = true;
      this.#wake();
    });
    for (;;) {
      if (this.#piece !== undefined) {
        const piece = this.#piece;
        this.#piece = undefined;
        yield piece;
        this.#decoder.resume();
      } else if (this.#hasFailed) {
        throw new SyntaxError("the compressed data is corrupt");
      } else if (this.#isFed && this.#decoder.readableLength === 0) {
        return;
      } else {
        await new Promise<void>((resolve) => this.#wake = resolve);
      }
    }
  }

  /** Frees the memory of the decoder. */
  close(): void {
    this.#decoder.destroy();
  }

  #fail(): void {
    this.#hasFailed = true;
    this.#wake();
  }
}

/** Calls `listener` when Deno's Zstandard decoder throws at corrupt data where nobody can catch it (2.7 to 2.9). */
function onStrayZstdError(listener: () => void): Disposable {
  const handle = (event: ErrorEvent) => {
    if (!(event.error instanceof Error && event.error.message.startsWith("Zstd decompress"))) {
      return;
    }
    event.preventDefault();
    listener();
  };
  globalThis.addEventListener("error", handle);
  return { [Symbol.dispose]: () => globalThis.removeEventListener("error", handle) };
}
