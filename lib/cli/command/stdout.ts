import { CommandError } from "./command.ts";
import { describeSystemError } from "./describe_system_error.ts";

const CHUNK_CHARACTERS = 64 * 1024;

/** Writes texts to stdout, many at a time, no faster than the reader takes them. */
export class Stdout {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>> = Deno.stdout.writable
    .getWriter();
  readonly #encoder = new TextEncoder();
  // One for all writes: fresh ones would pile up faster than they are collected.
  readonly #buffer = new Uint8Array(2 * CHUNK_CHARACTERS);
  #pending = "";

  /** Whether enough text has gathered for a write to be worth its while. */
  get isFull(): boolean {
    return this.#pending.length >= CHUNK_CHARACTERS;
  }

  /** Gathers a text, to be written with the next {@linkcode Stdout.flush}. */
  add(text: string): void {
    this.#pending += text;
  }

  /**
   * Writes what has gathered.
   *
   * @throws {Deno.errors.BrokenPipe} If the reader has gone.
   */
  async flush(): Promise<void> {
    while (this.#pending !== "") {
      const { read, written } = this.#encoder.encodeInto(this.#pending, this.#buffer);
      this.#pending = this.#pending.slice(read);
      await this.#writer.write(this.#buffer.subarray(0, written));
    }
  }

  /**
   * Writes bytes, behind what has been written; they are looked at until they are.
   *
   * @throws {Deno.errors.BrokenPipe} If the reader has gone.
   */
  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (bytes.length > 0) await this.#writer.write(bytes);
  }

  /**
   * Writes what has gathered, and makes sure of it.
   *
   * @throws {Deno.errors.BrokenPipe} If the reader has gone.
   */
  async end(): Promise<void> {
    await this.flush();
    // Deno 2.7 tells what became of a write with the next one.
    await this.#writer.write(new Uint8Array());
  }
}

/**
 * Writes bytes to stdout, all of them, for a program that reads on: that nobody reads them is an error.
 *
 * @throws {CommandError} If they could not be written, or the reader has gone.
 */
export async function writeWhole(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    const writer = Deno.stdout.writable.getWriter();
    await writer.write(bytes);
    // Deno 2.7 tells what became of a write with the next one.
    await writer.write(new Uint8Array());
  } catch (cause) {
    throw cannotWriteOut(cause);
  }
}

/**
 * The error that stdout could not be written.
 *
 * @throws What was thrown, if it is not the system's.
 */
export function cannotWriteOut(cause: unknown): CommandError {
  const why = cause instanceof Deno.errors.BrokenPipe
    ? "its reader has gone"
    : describeSystemError(cause);
  return new CommandError(`Cannot write to stdout: ${why}`, { cause });
}

/**
 * Writes texts to stdout, one after the other, all of them.
 *
 * @param texts The texts; what is not written is not asked for.
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
