import type { Bytes } from "./bytes.ts";

const LF = 0x0A;

/**
 * Reads a stream of chunks in pieces of any size, and takes back bytes that were read too far. The bytes that
 * it returns are valid until the next call.
 *
 * @example A number at the front
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ByteReader } from "./byte_reader.ts";
 *
 * const reader = new ByteReader(new Blob([Uint8Array.of(1, 2, 3)]).stream());
 * assertEquals(await reader.peek(2), Uint8Array.of(1, 2));
 * assertEquals(await reader.take(1), Uint8Array.of(1));
 * assertEquals(await reader.next(), Uint8Array.of(2, 3));
 * assertEquals(await reader.next(), undefined);
 * ```
 */
export class ByteReader {
  readonly #source: AsyncIterator<Bytes>;
  #rest: Bytes = new Uint8Array();
  #failure: { readonly cause: unknown } | undefined;

  /** Makes a reader of a stream, which nobody else may read. */
  constructor(source: AsyncIterable<Bytes>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /**
   * Returns the next bytes, at least one; `undefined` at the end.
   *
   * @throws What the stream failed with, once all bytes before the failure were read.
   */
  async next(): Promise<Bytes | undefined> {
    const rest = this.#rest;
    this.#rest = new Uint8Array();
    const chunk = rest.length > 0 ? rest : await this.#pull();
    if (chunk === undefined && this.#failure !== undefined) throw this.#failure.cause;
    return chunk;
  }

  /** Returns the next `count` bytes, fewer only at the end or before a failure; they remain to be read. */
  async peek(count: number): Promise<Bytes> {
    while (this.#rest.length < count) {
      const rest = this.#rest.slice();
      const more = await this.#pull();
      this.#rest = more === undefined ? rest : concat(rest, more);
      if (more === undefined) break;
    }
    return this.#rest.subarray(0, count);
  }

  /** Returns the next bytes up to the end of the line, at most `count`; they remain to be read. */
  async peekLine(count: number): Promise<Bytes> {
    for (let wanted = 1;; wanted = this.#rest.length + 1) {
      const start = await this.peek(Math.min(wanted, count));
      const lf = this.#rest.subarray(0, count).indexOf(LF);
      if (lf !== -1) return this.#rest.subarray(0, lf + 1);
      if (start.length === count || start.length < wanted) return this.#rest.subarray(0, count);
    }
  }

  /** Takes the next `count` bytes, fewer only at the end or before a failure. */
  async take(count: number): Promise<Bytes> {
    const taken = await this.peek(count);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  /**
   * Takes the next `count` bytes of data that must not end before.
   *
   * @throws {SyntaxError} If it does.
   */
  async takeAll(count: number): Promise<Bytes> {
    const taken = await this.take(count);
    if (taken.length < count) throw endsTooEarly();
    return taken;
  }

  /**
   * Returns the next bytes, at least one, of data that must not end here.
   *
   * @throws {SyntaxError} If it does.
   */
  async nextOfMore(): Promise<Bytes> {
    const chunk = await this.next();
    if (chunk === undefined) throw endsTooEarly();
    return chunk;
  }

  /** Takes back the bytes that {@linkcode next} returned last, or the end of them. */
  unread(bytes: Bytes): void {
    this.#rest = bytes;
  }

  async #pull(): Promise<Bytes | undefined> {
    if (this.#failure !== undefined) return undefined;
    try {
      for (;;) {
        const { value, done } = await this.#source.next();
        if (done === true) return undefined;
        if (value.length > 0) return value;
      }
    } catch (cause) {
      this.#failure = { cause };
      return undefined;
    }
  }

  /** Closes the stream: nobody will read on. */
  async cancel(): Promise<void> {
    await this.#source.return?.();
  }
}

function endsTooEarly(): SyntaxError {
  return new SyntaxError("the compressed data ends too early");
}

function concat(
  first: Bytes,
  second: Bytes,
): Bytes {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
