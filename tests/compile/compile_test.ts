import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { runScript } from "../support/run_script.ts";
import { compile } from "./compile.ts";

const folder = await Deno.makeTempDir({ prefix: "http-log-pipeline-" });
const failure = await compile(folder);

// Where a toolchain was given on purpose, a download that fails is no excuse.
const download = Deno.env.has("COMPILE_DENO")
  ? undefined
  : failure?.split("\n").findLast((line) => line.includes("https://dl.deno.land/"));
const ignore = download !== undefined;
const reason = ignore ? ` (ignored, the runtime cannot be had: ${download?.trim()})` : "";

async function run(
  name: string,
  args: readonly string[],
  stdin: string | Uint8Array<ArrayBuffer>,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const child = new Deno.Command(join(folder, name), {
    args: [...args],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const fed = new Blob([stdin]).stream().pipeTo(child.stdin);
  const { code, stdout, stderr } = await child.output();
  await fed;
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test({
  name: `deno task compile makes binaries that give the same bytes as the scripts${reason}`,
  ignore,
  async fn() {
    assertEquals(failure, undefined);

    const generated = await run("generator", ["--count", "3000"], "");
    assertEquals(generated, await runScript("generator.ts", { args: ["--count", "3000"] }));
    assert(generated.stdout.length > 300_000);

    const inputs = [generated.stdout, "", "no record\n"];
    for (const stdin of inputs) {
      for (const args of [[], ["-o", "json"], ["--strict", "--top", "3"], ["--frob"], ["--help"]]) {
        const isUnread = args[0] === "--frob" || args[0] === "--help";
        const compiled = await run("analyzer", args, isUnread ? "" : stdin);
        assertEquals(compiled, await runScript("analyzer.ts", { args, stdin }));
      }
    }
  },
});

Deno.test({
  name: `compiled analyzer reads files without any flag${reason}`,
  ignore,
  async fn() {
    const file = join(folder, "access.ndjson");
    const { stdout } = await runScript("generator.ts", { args: ["--count", "100"] });
    await Deno.writeTextFile(file, stdout);
    const compiled = await run("analyzer", ["-o", "json", file], "");
    assertEquals(compiled, await runScript("analyzer.ts", { args: ["-o", "json"], stdin: stdout }));
  },
});

Deno.test({
  name: `compiled analyzer reads with several threads${reason}`,
  ignore,
  async fn() {
    const file = join(folder, "large.ndjson");
    const { stdout } = await runScript("generator.ts", { args: ["--count", "20000"] });
    await Deno.writeTextFile(file, `${stdout}no JSON\n`);
    const alone = await run("analyzer", ["-o", "json", "--jobs", "1", file], "");
    assertStringIncludes(alone.stderr, `${file}:20001`);
    // What it could not start threads for it would say.
    assertEquals(await run("analyzer", ["-o", "json", "--jobs", "2", file], ""), alone);
    const streamed = await run("analyzer", ["-o", "json"], stdout);
    assertEquals(await run("analyzer", ["-o", "json", "--jobs", "2"], stdout), streamed);
  },
});

Deno.test({
  name: `compiled analyzer reads a long stdin, ahead of what it counts${reason}`,
  ignore,
  async fn() {
    const { stdout } = await runScript("generator.ts", { args: ["--count", "50000"] });
    assert(stdout.length > 2 ** 23);
    const compiled = await run("analyzer", ["-o", "json"], stdout);
    assertEquals(compiled, await runScript("analyzer.ts", { args: ["-o", "json"], stdin: stdout }));
    assertEquals(JSON.parse(compiled.stdout).input.records, 50_000);
  },
});

globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
