import type { Bytes } from "../../lines/bytes.ts";
import type { RawLine } from "../../lines/cut_lines.ts";
import { readChunks } from "../../lines/read_chunks.ts";
import { readLines, type ReadOptions } from "../../lines/read_lines.ts";
import { type Stop, Stopped } from "../../lines/until_stopped.ts";
import { printable } from "../../report/printable.ts";
import { CommandError } from "../command/command.ts";
import {
  describeMissingPermission,
  describeSystemError,
} from "../command/describe_system_error.ts";
import { say } from "../command/say.ts";
import { readStdin } from "./read_stdin.ts";

/** A regular file: it has a size, and can be read from any offset. */
export interface RegularFile {
  /** Its path. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
}

/** An input: a file or stdin. */
export interface Input {
  /** Its name in messages. */
  readonly name: string;
  /** The file's device and inode, equal for all paths of one file; `undefined` where there are none. */
  readonly identity?: string | undefined;
  /** Its path and size, if it is a regular file. */
  readonly file?: RegularFile;
  /** Returns its chunks; a file is opened when the first chunk is asked for. */
  readonly open: () => AsyncIterable<Bytes>;
}

/** A line of an input. */
export interface InputLine {
  /** The input's name. */
  readonly input: string;
  /** The line's number in the input, from 1 on. */
  readonly number: number;
  /** Its bytes. */
  readonly raw: RawLine;
}

/** The callbacks of {@linkcode readInputs}. */
export interface InputVisitor {
  /** Is called with each line: its text without the terminator, and its place and bytes. */
  line(text: string, line: InputLine): void;
  /** Is called with each line that is longer than a line may be; it is not decoded. */
  tooLong(line: InputLine): void;
  /** Is called with the size in bytes of each chunk before its lines: decompressed, terminators included. */
  bytes(count: number): void;
  /** Is called with a remark about an input that was read all the same. */
  warning(remark: string): void;
  /** Is called when an input could not be read, or not to its end. */
  failure(error: CommandError): void;
}

const STDIN: Input = { name: "<stdin>", open: () => readChunks(Deno.stdin.readable) };
const STDIN_AHEAD: Input = { ...STDIN, open: readStdin };

/**
 * Finds the inputs that a command line names, before anything is read.
 *
 * @param files Paths, `-` for stdin; an empty list stands for stdin too.
 * @param options `readsAhead` is whether stdin is read while what came before is worked on: that takes 10 MiB, and is
 * worth it where the work is quick.
 * @returns The inputs, in the same order.
 * @throws {CommandError} If one cannot be read, or stdin is named twice.
 */
export async function findInputs(
  files: readonly string[],
  { readsAhead = false }: { readonly readsAhead?: boolean } = {},
): Promise<Input[]> {
  const paths = files.length === 0 ? ["-"] : files;
  if (paths.filter((path) => path === "-").length > 1) {
    throw new CommandError("Cannot read stdin twice: expected - at most once among the files");
  }
  const inputs: Input[] = [], stdin = readsAhead ? STDIN_AHEAD : STDIN;
  for (const path of paths) inputs.push(path === "-" ? stdin : await findFile(path));
  return inputs;
}

/**
 * Reads inputs one after the other, line by line. If one fails, the next is read all the same. A stop ends
 * the reading.
 *
 * @param inputs The inputs.
 * @param options How lines are read, and what stops the reading.
 * @param visitor Is called with the lines, and with what goes wrong.
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
 * Prints a hint on stderr if stdin is an input and a terminal: people take the silence for work.
 *
 * @param program The name of the program that waits.
 * @param inputs The inputs that it reads.
 * @param example The name of a file that it might read instead.
 */
export function hintAtTerminal(program: string, inputs: readonly Input[], example: string): void {
  if (inputs.some(isStdin) && Deno.stdin.isTerminal()) {
    say(`${program}: Reading from the terminal; end with Ctrl-D, or use < ${example}`);
  }
}

/**
 * Has a line printed on stderr once stdin gives nothing for two seconds, if somebody is there to read it.
 *
 * @param inputs The inputs.
 * @param hint The line.
 * @param stop Whether reading was stopped, so that the line would come too late.
 * @returns The inputs, of which stdin tells.
 */
export function hintAtQuietStdin(
  inputs: readonly Input[],
  hint: string,
  stop: Pick<Stop, "isStopped">,
): readonly Input[] {
  if (Deno.stdin.isTerminal() || !Deno.stderr.isTerminal()) return inputs;
  const tell = () => stop.isStopped || say(hint);
  return inputs.map((input) =>
    isStdin(input) ? { ...input, open: () => hintWhenQuiet(input.open(), tell) } : input
  );
}

function isStdin(input: Input): boolean {
  return input === STDIN || input === STDIN_AHEAD;
}

async function findFile(path: string): Promise<Input> {
  if (path === "") {
    throw new CommandError('Cannot read "": expected the path of a file, or - for stdin');
  }
  try {
    const info = await Deno.stat(path);
    if (info.isDirectory) throw new Deno.errors.IsADirectory();
    if (info.isSocket) throw new SyntaxError("it is a socket, not a file");
    // Not a named pipe: its writer would notice that it is opened and closed.
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

/** Returns a text that is the same for all paths of one file; `undefined` where the system has no inodes. */
export function identityOf(
  { dev, ino }: { readonly dev: number; readonly ino: number | null },
): string | undefined {
  return ino === null ? undefined : `${dev}:${ino}`;
}

/** Makes the error that an input could not be read, or not to its end. */
export function cannotRead(path: string, cause: unknown): CommandError {
  const name = printable(path);
  const permission = describeMissingPermission(cause, "-R");
  const why = permission !== undefined
    ? `${permission}, or use < ${name}`
    // The decoders' own messages say what is wrong with the data, and which command helps.
    : cause instanceof SyntaxError
    ? cause.message.replace("FILE", () => path === STDIN.name ? "FILE" : name)
    : describeSystemError(cause);
  return new CommandError(`Cannot read ${name}: ${why}`, { cause });
}

/** How long an input may give nothing before that is taken for the end of what there is for now. */
export const QUIET_MS = 2000;

/**
 * Passes chunks on, and calls `hint` once when none has come for {@linkcode QUIET_MS}: whoever follows a file
 * (`tail -F`) wonders then why there is no report.
 *
 * @param chunks The chunks of an input.
 * @param hint Is called at most once, while a chunk is awaited.
 * @returns The same chunks.
 *
 * @example An input that is never quiet
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { hintWhenQuiet } from "./inputs.ts";
 *
 * async function* chunks() {
 *   yield new Uint8Array(1);
 * }
 * const passed = await Array.fromAsync(hintWhenQuiet(chunks(), () => {
 *   throw new Error("not called");
 * }));
 * assertEquals(passed.length, 1);
 * ```
 */
export async function* hintWhenQuiet(
  chunks: AsyncIterable<Bytes>,
  hint: () => void,
): AsyncGenerator<Bytes> {
  const source = chunks[Symbol.asyncIterator]();
  let isHinted = false;
  try {
    for (;;) {
      const timer = isHinted ? undefined : setTimeout(() => {
        isHinted = true;
        hint();
      }, QUIET_MS);
      // After a stop nobody waits for the chunk, and the timer must not hold the process.
      if (timer !== undefined) Deno.unrefTimer(timer);
      const next = await source.next().finally(() => clearTimeout(timer));
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await source.return?.();
  }
}
