import { type LineVisitor, readLines } from "../lines/read_lines.ts";
import { printable } from "../report/printable.ts";
import { CommandError } from "./command.ts";

/** Something to read: a file or stdin. */
export interface Input {
  /** What messages call it. */
  readonly name: string;
  /** Opens it for reading. */
  readonly open: () => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
}

/** Where a line stands. */
export interface Place {
  /** The input's name. */
  readonly input: string;
  /** The line's number in it, from 1 on. */
  readonly number: number;
}

/** Who is told what the inputs hold. */
export interface InputVisitor extends Pick<LineVisitor, "bytes"> {
  /** Takes one line without its terminator. */
  line(text: string, place: Place): void;
  /** Takes the news that an input could not be read, or not to its end. */
  failure(error: CommandError): void;
}

const STDIN: Input = { name: "<stdin>", open: () => Promise.resolve(Deno.stdin.readable) };

/**
 * Finds the inputs that a command line names, before anything is read.
 *
 * @param files Paths, `-` for stdin; none at all is stdin too.
 * @returns The inputs, in the same order.
 * @throws {CommandError} If one cannot be read, or stdin is named twice.
 */
export async function findInputs(files: readonly string[]): Promise<Input[]> {
  const paths = files.length === 0 ? ["-"] : files;
  if (paths.filter((path) => path === "-").length > 1) {
    throw new CommandError("Cannot read stdin twice: expected - at most once among the files");
  }
  const inputs: Input[] = [];
  for (const path of paths) inputs.push(path === "-" ? STDIN : await findFile(path));
  return inputs;
}

/**
 * Reads inputs one after the other, line by line; one that fails does not keep the next from
 * being read.
 *
 * @param inputs The inputs.
 * @param visitor Who is told.
 */
export async function readInputs(inputs: readonly Input[], visitor: InputVisitor): Promise<void> {
  for (const { name, open } of inputs) {
    let number = 0;
    try {
      await readLines(await open(), {
        bytes: (count) => visitor.bytes(count),
        line: (text) => visitor.line(text, { input: name, number: ++number }),
      });
    } catch (cause) {
      visitor.failure(cannotRead(name, cause));
    }
  }
}

/** Says on a terminal that input is awaited there: people take the silence for work. */
export function hintAtTerminal(program: string, inputs: readonly Input[]): void {
  if (inputs.includes(STDIN) && Deno.stdin.isTerminal()) {
    console.error(`${program}: Reading from the terminal; end with Ctrl-D, or use < access.log`);
  }
}

async function findFile(path: string): Promise<Input> {
  try {
    const { isFile, isDirectory } = await Deno.stat(path);
    if (isDirectory) throw new Deno.errors.IsADirectory();
    // A named pipe would notice that it was opened twice.
    if (isFile) (await Deno.open(path)).close();
  } catch (cause) {
    throw cannotRead(path, cause);
  }
  return { name: path, open: async () => (await Deno.open(path)).readable };
}

/** Rethrows what does not come from the system: that is no fault of the input. */
function cannotRead(path: string, cause: unknown): CommandError {
  const name = printable(path);
  const says = (why: string) => new CommandError(`Cannot read ${name}: ${why}`, { cause });
  if (cause instanceof Deno.errors.NotCapable) return says(`run with -R, or use < ${name}`);
  if (cause instanceof Deno.errors.NotFound) return says("there is no such file");
  if (cause instanceof Deno.errors.IsADirectory) return says("it is a directory, not a file");
  if (cause instanceof Deno.errors.PermissionDenied) return says("permission is denied");
  if (cause instanceof Error && "code" in cause) return says(cause.message);
  throw cause;
}
