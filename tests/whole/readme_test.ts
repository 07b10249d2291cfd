import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { PROJECT } from "../support/run_script.ts";

interface Block {
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(.+)\n((?:(?!```).*\n)*)```$/gm)].map((match) => ({
    line: markdown.slice(0, match.index).split("\n").length,
    language: match[1]!,
    text: match[2]!,
  }));
}

const readme = await Deno.readTextFile(join(PROJECT, "README.md"));
const blocks = blocksOf(readme);

// The Deno that runs this test goes by the name of `deno`.
const folder = await Deno.makeTempDir();
await Deno.symlink(Deno.execPath(), join(folder, "deno"));
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

async function shell(script: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-euo", "pipefail", "-c", script],
    cwd: PROJECT,
    env: {
      NO_COLOR: "1",
      PATH: `${folder}:${Deno.env.get("PATH")}`,
    },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  return decoder.decode(stdout);
}

for (const [i, { line, language, text }] of blocks.entries()) {
  if (language !== "sh") continue;
  const next = blocks[i + 1];
  Deno.test(`README.md line ${line} runs as written: ${text.split("\n")[0]}`, async () => {
    const output = await shell(text);
    assert(output !== "", "it prints something");
    if (next?.language === "text") assertEquals(output, next.text);
  });
}

Deno.test("README.md shows all output of what it runs, but for one recipe", () => {
  const shown = blocks.filter(({ language }, i) =>
    language === "sh" && blocks[i + 1]?.language === "text"
  );
  const run = blocks.filter(({ language }) => language === "sh");
  assert(run.length >= 8);
  assertEquals(run.length - shown.length, 1);
  assertEquals(blocks.filter(({ language }) => !/^(sh|sh untested|text)$/.test(language)), []);
});

Deno.test("README.md gives both spellings of its two commands", () => {
  for (const task of ["demo", "test"]) {
    for (const command of [`deno task ${task}`, `npx -y deno@2.9.6 task ${task}`]) {
      assert(readme.includes(command), command);
    }
  }
});

Deno.test("README.md has the field table of schema.ts", async () => {
  const rows = (text: string) =>
    text.split("\n").map((line) => line.replace(/^ \* /, "").replaceAll(/\s+/g, " "))
      .filter((line) => line.startsWith("| `"));
  const documented = rows(await Deno.readTextFile(join(PROJECT, "schema.ts")));
  assertEquals(documented.length, 7);
  for (const row of documented) assert(rows(readme).includes(row), row);
});
