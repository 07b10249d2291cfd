import { fromFileUrl } from "@std/path";

/** How a script of the project ended, and what it wrote. */
export interface ScriptResult {
  /** Its exit code. */
  readonly code: number;
  /** What it wrote to stdout. */
  readonly stdout: string;
  /** What it wrote to stderr. */
  readonly stderr: string;
}

/** The folder of the project. */
export const PROJECT: string = fromFileUrl(new URL("../..", import.meta.url));

/**
 * Starts one of the project's scripts.
 *
 * @param script Its file name.
 * @param options Its arguments, and permission flags for Deno (none unless given).
 * @returns The process, all of whose streams are piped.
 */
export function startScript(
  script: string,
  { args = [], flags = [] }: {
    readonly args?: readonly string[];
    readonly flags?: readonly string[];
  } = {},
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, script, ...args],
    cwd: PROJECT,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/**
 * Runs one of the project's scripts as users do, to its end.
 *
 * @param script Its file name, for example `analyzer.ts`.
 * @param options Its arguments, its stdin, and permission flags for Deno (none unless given).
 */
export async function runScript(
  script: string,
  { args = [], stdin = "", flags = [] }: {
    readonly args?: readonly string[];
    readonly stdin?: string | Uint8Array<ArrayBuffer>;
    readonly flags?: readonly string[];
  } = {},
): Promise<ScriptResult> {
  const child = startScript(script, { args, flags });
  const [output] = await Promise.all([child.output(), feed(child.stdin, stdin)]);
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}

async function feed(
  stdin: WritableStream<Uint8Array<ArrayBuffer>>,
  input: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  try {
    await new Blob([input]).stream().pipeTo(stdin);
  } catch (error) {
    // A script that has no use for its stdin may be gone before it is read.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
