import { join } from "@std/path";
import { runScript } from "../support/run_script.ts";

// deno-lint-ignore no-explicit-any -- it was parsed, and is compared
type Json = any;

/** What the analyzer said of a log. */
export interface Outcome {
  /** Its report, as data; nothing where it printed none. */
  readonly report: Json | undefined;
  /** The numbers of the lines that it rejected. */
  readonly rejectedLines: readonly number[];
  /** What it wrote to stderr. */
  readonly stderr: string;
}

/**
 * Runs the analyzer, as users do, over a file.
 *
 * @param log The path of the file; of what ends with `.xz` it is given what the system's xz makes of it.
 * @param options `args`: options of the analyzer, none by default.
 */
export async function analyzeLog(
  log: string,
  { args = [] }: { readonly args?: readonly string[] } = {},
): Promise<Outcome> {
  const rejects = await Deno.makeTempFile({ prefix: "http-log-pipeline-" });
  try {
    const { stdout, stderr } = await runScript("analyzer.ts", {
      flags: ["-R", `-W=${rejects}`],
      args: ["-o", "json", "--rejects", rejects, ...args],
      stdin: log.endsWith(".xz") ? await unpack(log) : await Deno.readFile(log),
    });
    const rejected = (await Deno.readTextFile(rejects)).split("\n").filter((line) => line !== "");
    return {
      report: stdout === "" ? undefined : JSON.parse(stdout),
      rejectedLines: rejected.map((line) => JSON.parse(line).line),
      stderr,
    };
  } finally {
    await Deno.remove(rejects);
  }
}

async function unpack(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { success, stdout } = await new Deno.Command("xz", { args: ["-dc", path] }).output();
  if (!success) throw new Error(`Cannot read ${path}: xz does not unpack it`);
  return stdout;
}

/**
 * Finds the logs below a folder that have answers beside them.
 *
 * @param folder Where to look.
 * @param answersOf The path of a log's answers; nothing for what is no log.
 * @returns The pairs, in the order of the paths.
 */
export async function findLogs(
  folder: string,
  answersOf: (log: string) => string | undefined,
): Promise<{ readonly log: string; readonly answers: string }[]> {
  const pairs: { readonly log: string; readonly answers: string }[] = [];
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) pairs.push(...await findLogs(join(folder, name), answersOf));
    else paths.push(join(folder, name));
  }
  const there = new Set(paths);
  for (const log of paths) {
    const answers = answersOf(log);
    if (answers !== undefined && there.has(answers)) pairs.push({ log, answers });
  }
  return pairs.sort((a, b) => a.log < b.log ? -1 : 1);
}
