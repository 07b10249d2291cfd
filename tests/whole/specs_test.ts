import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { PROJECT, runScript } from "../support/run_script.ts";

// Each folder specs/<script>/<case> holds a run of a script without any permission: `args` (one
// on a line) and `stdin` go in, `stdout`, `stderr` and `exit_code` must come out; what is empty,
// or 0, has no file. Of a long run `stdout_head` holds the lines that it must begin with.
const SPECS = join(PROJECT, "tests", "specs");

async function read(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

for (const script of ["analyzer", "generator", "schema"]) {
  for (const { name } of Deno.readDirSync(join(SPECS, script))) {
    const folder = join(SPECS, script, name);
    Deno.test(`${script}.ts keeps to specs/${script}/${name}`, async () => {
      const args = (await read(join(folder, "args"))).split("\n").slice(0, -1);
      const stdin = await read(join(folder, "stdin"));
      const result = await runScript(`${script}.ts`, { args, stdin });
      const head = await read(join(folder, "stdout_head"));
      if (head !== "") {
        const lines = head.split("\n").length - 1;
        assertEquals(result.stdout.split("\n").slice(0, lines).join("\n") + "\n", head);
        return;
      }
      assertEquals(result, {
        code: Number(await read(join(folder, "exit_code"))),
        stdout: await read(join(folder, "stdout")),
        stderr: await read(join(folder, "stderr")),
      });
    });
  }
}
