import type { RejectionReason } from "../../schema.ts";
import { printable } from "../report/printable.ts";
import { CommandError } from "./command.ts";
import { describeSystemError } from "./describe_system_error.ts";
import { identityOf, type Input, type InputLine } from "./inputs.ts";

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Writes rejected lines to a file, one JSON object a line, in the order in which they come:
 * `{input, line, reason, bytes, text, truncated}`.
 */
export class RejectsFile {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  #pending = "";
  #failure: CommandError | undefined;
  #isClosed = false;

  /**
   * Opens the file, empty.
   *
   * @param path Its path; without one there is no file.
   * @param inputs What will be read: it must be none of it.
   * @throws {CommandError} If it cannot be written, or is an input.
   */
  static async open(
    path: string | undefined,
    inputs: readonly Input[],
  ): Promise<RejectsFile | undefined> {
    if (path === undefined) return undefined;
    try {
      const file = await Deno.open(path, { write: true, create: true });
      if (await isAmong(inputs, path, file)) {
        throw new CommandError(`Cannot write ${printable(path)}: it is one of the inputs`);
      }
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

  /** Writes one line; once the file is closed, as after a signal, none. */
  add(reason: RejectionReason, { input, number, raw }: InputLine): void {
    if (this.#isClosed) return;
    const { bytes, isWhole } = raw;
    const reject = { input, line: number, reason, bytes, text: raw.text(), truncated: !isWhole };
    this.#pending += `${JSON.stringify(reject)}\n`;
    if (this.#pending.length >= CHUNK_CHARACTERS) this.#flush();
  }

  /**
   * Writes what is left and closes the file.
   *
   * @returns Why not all could be written, if so.
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
    // After a failure the file would have a hole.
    if (this.#failure !== undefined) return;
    try {
      for (let done = 0; done < bytes.length;) done += this.#file.writeSync(bytes.subarray(done));
    } catch (error) {
      this.#failure = cannotWrite(this.#path, error);
    }
  }
}

async function isAmong(
  inputs: readonly Input[],
  path: string,
  file: Deno.FsFile,
): Promise<boolean> {
  try {
    const identity = identityOf(await file.stat());
    return inputs.some((input) => input.identity === identity);
  } catch (error) {
    // To look at a file that is open takes the permission to read it.
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return inputs.some(({ name }) => name === path);
  }
}

async function emptyIfPossible(file: Deno.FsFile): Promise<void> {
  try {
    await file.truncate();
  } catch (error) {
    // A pipe or a device holds nothing that could be taken away.
    if (!(error instanceof TypeError)) throw error;
  }
}

function cannotWrite(path: string, error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const name = printable(path);
  const says = (why: string) => new CommandError(`Cannot write ${name}: ${why}`, { cause: error });
  if (!(error instanceof Deno.errors.NotCapable)) return says(describeSystemError(error));
  return says(error.message.includes("--allow-all") ? "run with -A" : `run with -W=${name}`);
}
