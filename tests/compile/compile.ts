/**
 * Compiles the scripts into single binaries, with the permissions that their work needs:
 * `deno task compile` writes `dist/generator` and `dist/analyzer`.
 *
 * Arguments are passed on to `deno compile`, for example `--target aarch64-apple-darwin`. With
 * `COMPILE_DENO` in the environment that executable compiles, else the one that runs this.
 *
 * @module
 */

import { join } from "@std/path";
import { PROJECT } from "../support/run_script.ts";

/** What each needs: permissions, and the module that its threads run, which nothing imports. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  generator: [],
  analyzer: ["--allow-read", "--allow-write", "--include", "lib/cli/threads/analysis_worker.ts"],
};

/**
 * Compiles both scripts.
 *
 * @param folder Where the binaries go.
 * @param flags What else `deno compile` is told.
 * @returns What `deno compile` said, if it failed; `undefined` if both are there.
 */
export async function compile(
  folder: string,
  flags: readonly string[] = [],
): Promise<string | undefined> {
  const deno = Deno.env.get("COMPILE_DENO") ?? Deno.execPath();
  for (const [name, needed] of Object.entries(FLAGS)) {
    const output = join(folder, name);
    const args = ["compile", ...needed, ...flags, "--output", output, `${name}.ts`];
    const command = new Deno.Command(deno, { args, cwd: PROJECT, env: { NO_COLOR: "1" } });
    const { success, stderr } = await command.output();
    if (!success) return new TextDecoder().decode(stderr);
  }
  return undefined;
}

if (import.meta.main) {
  const failure = await compile(join(PROJECT, "dist"), Deno.args);
  if (failure !== undefined) {
    console.error(failure);
    Deno.exit(1);
  }
}
