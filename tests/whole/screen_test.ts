import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { PROJECT, runScript } from "../support/run_script.ts";

// specs/screens holds what a terminal of so many columns and rows shows of the demo's log, colours included.
const SCREENS = join(PROJECT, "tests", "specs", "screens");
const SIZES = ["80x24", "80x50", "160x24", "160x50"];
/** The demo's log: what the generator writes unless it is told otherwise. */
let demo: Promise<string> | undefined;

/** Why there is no terminal to run the analyzer on; `undefined` if there is one. */
const obstacle = await findObstacle();

async function findObstacle(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return "script(1) of Linux makes the terminal";
  try {
    const { success } = await new Deno.Command("script", { args: ["-qec", "true", "/dev/null"] })
      .output();
    return success ? undefined : "script(1) made no terminal";
  } catch {
    return "script(1) is not installed";
  }
}

/** Runs a command of the shell on a terminal, and returns what that shows, without its carriage returns. */
async function onTerminal(
  size: string,
  command: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const [columns, rows] = size.split("x");
  const { stdout } = await new Deno.Command("script", {
    args: ["-qec", `stty cols ${columns} rows ${rows}; ${command}`, "/dev/null"],
    cwd: PROJECT,
    stdin: "null",
    env: { NO_COLOR: "", TERM: "xterm", ...env },
  }).output();
  return new TextDecoder().decode(stdout).replaceAll("\r\n", "\n");
}

async function withDemo(use: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".ndjson" });
  try {
    demo ??= runScript("generator.ts").then(({ stdout }) => stdout);
    await Deno.writeTextFile(path, await demo);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

function analyze(path: string, options = ""): string {
  return `${Deno.execPath()} run --quiet --allow-env=TERM analyzer.ts ${options} < ${path}`;
}

for (const size of SIZES) {
  Deno.test({
    name: `a terminal of ${size} shows what specs/screens/${size} holds`,
    ignore: obstacle !== undefined,
    fn: () =>
      withDemo(async (path) => {
        const shown = await onTerminal(size, analyze(path));
        assertEquals(shown, await Deno.readTextFile(join(SCREENS, size)));
        const [columns, rows] = size.split("x").map(Number);
        const lines = plain(shown).split("\n").slice(0, -1);
        assert(lines.length < rows!, `${lines.length} lines`);
        assert(lines.every((line) => line.length <= columns!));
      }),
  });
}

Deno.test({
  name: "a terminal has no colours with NO_COLOR, with TERM=dumb, or where they are not wanted",
  ignore: obstacle !== undefined,
  fn: () =>
    withDemo(async (path) => {
      const colored = await onTerminal("80x24", analyze(path));
      assertStringIncludes(colored, "\x1b[31m");
      const off: [options: string, env: Record<string, string>][] = [
        ["", { NO_COLOR: "1" }],
        ["", { TERM: "dumb" }],
        ["--color never", {}],
      ];
      for (const [options, env] of off) {
        assertEquals(await onTerminal("80x24", analyze(path, options), env), plain(colored));
      }
    }),
});

Deno.test({
  name: "into a file the report does not depend on the terminal, and --top asks for rows on one",
  ignore: obstacle !== undefined,
  fn: () =>
    withDemo(async (path) => {
      const log = await Deno.readFile(path);
      const { stdout } = await runScript("analyzer.ts", { stdin: log });
      for (const size of ["80x24", "200x60"]) {
        assertEquals(await onTerminal(size, `${analyze(path)} | cat`), stdout);
      }
      assertEquals(await onTerminal("80x24", analyze(path, "--top 10 --color never")), stdout);
    }),
});

Deno.test("--color always colours a report into a pipe, but not with NO_COLOR", async () => {
  const stdin =
    '{"method":"GET","endpoint":"/","status_code":500,"ip":"::1","timestamp":"2025-12-24T00:00:00"}';
  const run = async (noColor: string) =>
    (await runScript("analyzer.ts", {
      args: ["--color", "always"],
      stdin,
      env: { NO_COLOR: noColor },
    })).stdout;
  const colored = await run("");
  assertStringIncludes(colored, "\x1b[1mHTTP log report\x1b[22m");
  assertStringIncludes(colored, "\x1b[31m5xx 1\x1b[39m");
  assertEquals(await run("1"), plain(colored));
});

Deno.test({
  name: "on a terminal a quiet stdin is told of, and Ctrl-C prints the report on a line of its own",
  ignore: obstacle !== undefined,
  fn: () =>
    withDemo(async (path) => {
      const log = `(head -n 100 ${path}; sleep 30)`;
      const command = `${log} | ${Deno.execPath()} run --quiet analyzer.ts --color never`;
      const child = new Deno.Command("script", {
        args: ["-qec", `stty cols 80 rows 50; ${command}`, "/dev/null"],
        ...{ cwd: PROJECT, stdin: "piped", stdout: "piped" },
      }).spawn();
      const keys = child.stdin.getWriter(), decoder = new TextDecoder();
      let shown = "";
      for await (const chunk of child.stdout) {
        shown += decoder.decode(chunk, { stream: true }).replaceAll("\r", "");
        // What somebody types who has read it.
        if (shown.endsWith(`${HINT}\n`)) await keys.write(Uint8Array.of(3));
      }
      await child.status;
      await keys.close().catch(() => {});
      assertStringIncludes(shown, `${HINT}\n^C\nHTTP log report`);
      assertStringIncludes(shown, "Input     100 lines");
    }),
});

const HINT = "analyzer: Waiting for more of stdin; Ctrl-C prints the report on what came";

/** Leaves out the escape sequences of colours. */
function plain(text: string): string {
  // deno-lint-ignore no-control-regex -- they are control characters
  return text.replaceAll(/\x1b\[\d+m/g, "");
}
