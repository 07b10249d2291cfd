import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { PROJECT } from "../support/run_script.ts";
import { withFolder } from "../support/with_folder.ts";

Deno.test("the scripts fetch the standard library and nothing else into an empty cache", () =>
  withFolder(async (folder) => {
    for (const script of ["generator.ts", "analyzer.ts", "schema.ts"]) {
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", script],
        cwd: PROJECT,
        env: { DENO_DIR: join(folder, script), NO_COLOR: "1" },
        stdin: "null",
        stdout: "null",
      }).output();
      const lines = new TextDecoder().decode(stderr).split("\n");
      const fetched = lines.flatMap((line) => /^Download \S+\/(\S+)$/.exec(line)?.[1] ?? []);
      assertEquals([code, fetched.toSorted()], [0, ["deno-std", "deno-std-1.4.0.tgz"]], script);
    }
  }));
