import { CommandError } from "./command.ts";
import { describeSystemError } from "./describe_system_error.ts";

const CHUNK_CHARACTERS = 64 * 1024;

/** Writes texts to stdout, many at a time, no faster than the reader reads them. */
export class Stdout {
  readonly #encoder = new TextEncoder();
  // One buffer for all writes: new ones would pile up faster than the garbage collector frees them.
  readonly #buffer = new Uint8Array(2 * CHUNK_CHARACTERS);
  #pending = "";

  /** Whether enough text has been gathered to be worth a write. */
  get isFull(): boolean {
    return this.#pending.length >= CHUNK_CHARACTERS;
  }

  /** Gathers a text; the next {@linkcode Stdout.flush} writes it. */
  add(text: string): void {
    this.#pending += text;
  }

  /**
   * Writes the gathered texts.
   *
   * @throws {Deno.errors.BrokenPipe} If the reader has gone.
   */
  async flush(): Promise<void> {
    while (this.#pending !== "") {
      const { read, written } = this.#encoder.encodeInto(this.#pending, this.#buffer);
      this.#pending = this.#pending.slice(read);
      await writeAll(this.#buffer.subarray(0, written));
    }
  }

  /**
   * Writes bytes, behind all that was written before. Their buffer must not change until the promise resolves.
   *
   * @throws {Deno.errors.BrokenPipe} If the reader has gone.
   */
  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await writeAll(bytes);
  }

  /**
   * Writes the gathered texts, and waits until all writes have succeeded.
   *
   * @throws {Deno.errors.BrokenPipe} If the reader has gone.
   */
  async end(): Promise<void> {
    await this.flush();
    await confirmWrites();
  }
}

/**
 * Writes bytes to stdout, for a program that needs all of them: if its reader has gone, that is an error.
 *
 * @throws {CommandError} If they could not be written, or the reader has gone.
 */
export async function writeWhole(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    await writeAll(bytes);
    await confirmWrites();
  } catch (cause) {
    throw cannotWriteOut(cause);
  }
}

/**
 * Makes the error that stdout could not be written.
 *
 * @param cause What the write threw.
 * @returns The error, with the reason in words.
 * @throws The cause itself, if it is not an error of the system.
 */
export function cannotWriteOut(cause: unknown): CommandError {
  const why = cause instanceof Deno.errors.BrokenPipe
    ? "its reader has gone"
    : describeSystemError(cause);
  return new CommandError(`Cannot write to stdout: ${why}`, { cause });
}

/**
 * Writes texts to stdout, one after the other.
 *
 * @param texts The texts; after a write fails, no more of them are asked for.
 * @throws {Deno.errors.BrokenPipe} If the reader has gone.
 */
export async function writeOut(texts: Iterable<string>): Promise<void> {
  const stdout = new Stdout();
  for (const text of texts) {
    stdout.add(text);
    if (stdout.isFull) await stdout.flush();
  }
  await stdout.end();
}

/** Writes bytes without a stream, whose code alone takes longer to load than a help takes to be written. */
async function writeAll(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += await Deno.stdout.write(bytes.subarray(written));
}

/** Waits until what was written has succeeded: Deno 2.7 tells what became of a write with the next one. */
async function confirmWrites(): Promise<void> {
  await Deno.stdout.write(new Uint8Array());
}
