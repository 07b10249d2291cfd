import { fromFileUrl } from "@std/path";

/** The result of a script of the project. */
export interface ScriptResult {
  /** Its exit code. */
  readonly code: number;
  /** What it wrote to stdout. */
  readonly stdout: string;
  /** What it wrote to stderr. */
  readonly stderr: string;
}

/** The path of the project's folder. */
export const PROJECT: string = fromFileUrl(new URL("../..", import.meta.url));

/**
 * Starts one of the project's scripts.
 *
 * @param script The file name of the script.
 * @param options The arguments of the script, permission flags for Deno, and changes of the environment; none of
 * them by default.
 * @returns The process; all its streams are piped.
 */
export function startScript(
  script: string,
  { args = [], flags = [], env = {} }: {
    readonly args?: readonly string[];
    readonly flags?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, script, ...args],
    cwd: PROJECT,
    env: { NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/**
 * Runs one of the project's scripts to its end, as users do.
 *
 * @param script The file name of the script, for example `analyzer.ts`.
 * @param options The arguments and the stdin of the script, and permission flags for Deno; all empty by default.
 * @returns The exit code and the output of the script.
 */
export async function runScript(
  script: string,
  { args = [], stdin = "", flags = [], env = {} }: {
    readonly args?: readonly string[];
    readonly stdin?: string | Uint8Array<ArrayBuffer>;
    readonly flags?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<ScriptResult> {
  const child = startScript(script, { args, flags, env });
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
    // A script that does not read its stdin may end before all is written.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
