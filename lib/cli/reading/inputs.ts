import type { Bytes } from "../../lines/bytes.ts";
import type { RawLine } from "../../lines/raw_line.ts";
import { readChunks } from "../../lines/read_chunks.ts";
import { readLines, type ReadOptions } from "../../lines/read_lines.ts";
import { Stopped } from "../../lines/until_stopped.ts";
import { printable } from "../../report/printable.ts";
import { CommandError } from "../command/command.ts";
import {
  describeMissingPermission,
  describeSystemError,
} from "../command/describe_system_error.ts";
import { say } from "../command/say.ts";

/** A file that can be read anywhere. */
export interface RegularFile {
  /** Its path. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
}

/** Something to read: a file or stdin. */
export interface Input {
  /** What messages call it. */
  readonly name: string;
  /** What is the same for two paths of one file. */
  readonly identity?: string | undefined;
  /** Where it is and how many bytes it has, if it is a regular file. */
  readonly file?: RegularFile;
  /** Opens it, when the first chunk is asked for, and reads it. */
  readonly open: () => AsyncIterable<Bytes>;
}

/** A line of an input. */
export interface InputLine {
  /** The input's name. */
  readonly input: string;
  /** The line's number in it, from 1 on. */
  readonly number: number;
  /** Its bytes. */
  readonly raw: RawLine;
}

/** Who is told what the inputs hold. */
export interface InputVisitor {
  /** Takes one line: its text without terminator, and where it stands. */
  line(text: string, line: InputLine): void;
  /** Takes one line that is longer than a line may be. */
  tooLong(line: InputLine): void;
  /** Takes the size in bytes of what was read next, decompressed, terminators included. */
  bytes(count: number): void;
  /** Takes a remark about an input that was read all the same. */
  warning(remark: string): void;
  /** Takes the news that an input could not be read, or not to its end. */
  failure(error: CommandError): void;
}

const STDIN: Input = { name: "<stdin>", open: () => readChunks(Deno.stdin.readable) };

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
 * @param options How lines are read, and what stops that.
 * @param visitor Who is told.
 */
export async function readInputs(
  inputs: readonly Input[],
  options: ReadOptions,
  visitor: InputVisitor,
): Promise<void> {
  for (const { name, open } of inputs) {
    try {
      await readLines(open(), options, {
        line: (text, raw, number) => visitor.line(text, { input: name, number, raw }),
        tooLong: (raw, number) => visitor.tooLong({ input: name, number, raw }),
        bytes: (count) => visitor.bytes(count),
        warning: (remark) => visitor.warning(`Reading ${printable(name)}: ${remark}`),
      });
    } catch (cause) {
      if (cause instanceof Stopped) return;
      visitor.failure(cannotRead(name, cause));
    }
  }
}

/**
 * Says on a terminal that input is awaited there: people take the silence for work.
 *
 * @param program Who waits.
 * @param inputs For what.
 * @param example The name of a file that it might read.
 */
export function hintAtTerminal(program: string, inputs: readonly Input[], example: string): void {
  if (inputs.includes(STDIN) && Deno.stdin.isTerminal()) {
    say(`${program}: Reading from the terminal; end with Ctrl-D, or use < ${example}`);
  }
}

async function findFile(path: string): Promise<Input> {
  if (path === "") {
    throw new CommandError('Cannot read "": expected the path of a file, or - for stdin');
  }
  try {
    const info = await Deno.stat(path);
    if (info.isDirectory) throw new Deno.errors.IsADirectory();
    if (info.isSocket) throw new SyntaxError("it is a socket, not a file");
    // A named pipe would notice that it was opened twice.
    if (info.isFile) (await Deno.open(path)).close();
    return {
      name: path,
      identity: identityOf(info),
      ...(info.isFile ? { file: { path, size: info.size } } : {}),
      open: async function* () {
        yield* readChunks((await Deno.open(path)).readable);
      },
    };
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

/** Tells files apart, whatever their paths; `undefined` where the system does not. */
export function identityOf(
  { dev, ino }: { readonly dev: number; readonly ino: number | null },
): string | undefined {
  return ino === null ? undefined : `${dev}:${ino}`;
}

/** The error that an input could not be read, or not to its end. */
export function cannotRead(path: string, cause: unknown): CommandError {
  const name = printable(path);
  const permission = describeMissingPermission(cause, "-R");
  const why = permission !== undefined
    ? `${permission}, or use < ${name}`
    // The decoders say what is wrong with compressed data, and what helps.
    : cause instanceof SyntaxError
    ? cause.message.replace("FILE", () => path === STDIN.name ? "FILE" : name)
    : describeSystemError(cause);
  return new CommandError(`Cannot read ${name}: ${why}`, { cause });
}
