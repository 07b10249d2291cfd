import { normalize } from "@std/path/normalize";
import { closeSync, fstatSync, openSync } from "node:fs";
import type { RejectionReason } from "../../../schema.ts";
import { printable } from "../../report/printable.ts";
import { encodeJson } from "../../report/renderers/encode_json.ts";
import { CommandError } from "../command/command.ts";
import {
  describeMissingPermission,
  describeSystemError,
} from "../command/describe_system_error.ts";
import { identityOf, type Input, type InputLine } from "./inputs.ts";

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Writes rejected lines to a file, one JSON object a line, in the order of the input:
 * `{input, line, reason, bytes, text, truncated}`.
 */
export class RejectsFile {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  #pending = "";
  #failure: CommandError | undefined;
  #isClosed = false;

  /**
   * Opens the file and empties it.
   *
   * @param path The path of the file.
   * @param inputs The inputs that will be read.
   * @returns The writer.
   * @throws {CommandError} If the file cannot be written, or if it is an input or one of the standard streams.
   */
  static async open(
    path: string,
    inputs: readonly Input[],
  ): Promise<RejectsFile> {
    try {
      const file = await Deno.open(path, { write: true, create: true });
      const other = await nameOfSame(path, file, inputs);
      if (other !== undefined) throw new SyntaxError(`it is ${other}`);
      await emptyIfPossible(file);
      return new RejectsFile(path, file);
    } catch (error) {
      throw cannotWrite(path, error);
    }
  }

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  /** Writes one line. Does nothing once the file is closed, as after a signal. */
  add(reason: RejectionReason, { input, number, raw }: InputLine): void {
    if (this.#isClosed) return;
    const { bytes, isWhole } = raw;
    const reject = { input, line: number, reason, bytes, text: raw.text(), truncated: !isWhole };
    this.#pending += `${encodeJson(reject)}\n`;
    if (this.#pending.length >= CHUNK_CHARACTERS) this.#flush();
  }

  /**
   * Writes the lines still gathered and closes the file.
   *
   * @returns Why not all lines could be written; `undefined` if they were.
   */
  close(): CommandError | undefined {
    this.#flush();
    this.#isClosed = true;
    this.#file.close();
    return this.#failure;
  }

  #flush(): void {
    const bytes = new TextEncoder().encode(this.#pending);
    this.#pending = "";
    // A write after a failed one would leave a hole in the file.
    if (this.#failure !== undefined) return;
    try {
      for (let done = 0; done < bytes.length;) done += this.#file.writeSync(bytes.subarray(done));
    } catch (error) {
      this.#failure = cannotWrite(this.#path, error);
    }
  }
}

const STREAMS = ["stdin", "stdout", "stderr"];

/**
 * Returns what a regular file is besides: an input or a standard stream, whose data would be lost. `undefined`
 * if it is neither.
 */
async function nameOfSame(
  path: string,
  file: Deno.FsFile,
  inputs: readonly Input[],
): Promise<string | undefined> {
  const size = await sizeOf(file);
  const identity = identityAt(path);
  // Deno before 2.9 gives no identity without the permission to read. Then a file of the same size counts as
  // the same file.
  const isSame = (other: { readonly identity: string | undefined; readonly size: number }) =>
    identity === undefined ? size > 0 && other.size === size : other.identity === identity;
  for (const [fd, name] of STREAMS.entries()) {
    const stream = statOf(fd);
    if (stream !== undefined && isSame(stream)) return name;
  }
  // Without an identity, paths such as `./a` and `a` are compared in their normal form.
  const hasPath = (name: string) =>
    name === path || identity === undefined && normalize(name) === normalize(path);
  const isInput = inputs.some(({ identity, file, name }) =>
    hasPath(name) || file !== undefined && isSame({ identity, size: file.size })
  );
  return isInput ? "one of the inputs" : undefined;
}

/** Returns the size of an open file in bytes, 0 if it is no regular file. The next write is at its start. */
async function sizeOf(file: Deno.FsFile): Promise<number> {
  try {
    const size = await file.seek(0, Deno.SeekMode.End);
    await file.seek(0, Deno.SeekMode.Start);
    return size;
  } catch (error) {
    // A pipe cannot seek.
    if (!(error instanceof Error && "code" in error)) throw error;
    return 0;
  }
}

/** Returns the identity of a writable file; `undefined` if Deno does not permit it, or the file is not regular. */
function identityAt(path: string): string | undefined {
  try {
    const fd = openSync(path, "a");
    try {
      return statOf(fd)?.identity;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return undefined;
  }
}

/** Returns the identity and size of an open file, which needs no permission; `undefined` if it is not regular. */
function statOf(fd: number): { identity: string | undefined; size: number } | undefined {
  try {
    const info = fstatSync(fd);
    return info.isFile() ? { identity: identityOf(info), size: info.size } : undefined;
  } catch (error) {
    // A stream may be closed.
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

async function emptyIfPossible(file: Deno.FsFile): Promise<void> {
  try {
    await file.truncate();
  } catch (error) {
    // A pipe or a device has nothing to truncate.
    if (!(error instanceof TypeError)) throw error;
  }
}

function cannotWrite(path: string, cause: unknown): CommandError {
  const name = printable(path);
  const why = cause instanceof SyntaxError
    ? cause.message
    : describeMissingPermission(cause, `-W=${name}`) ?? describeSystemError(cause);
  return new CommandError(`Cannot write ${name}: ${why}`, { cause });
}
