import { assert, assertEquals } from "@std/assert";
import { dirname, join, relative } from "@std/path";
import { PROJECT } from "../support/run_script.ts";

interface Block {
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

interface Page {
  /** Its path in the project. */
  readonly path: string;
  readonly markdown: string;
  readonly blocks: readonly Block[];
}

/** How many blocks a page has: those that run, each with its output behind it, and those that do not. */
interface BlockCounts {
  readonly run: number;
  readonly untested: number;
}

// Exact, so that no block is lost by a fence that is not recognised.
const BLOCK_COUNTS: Readonly<Record<string, BlockCounts>> = {
  "README.md": { run: 4, untested: 2 },
  "docs/choosing.md": { run: 1, untested: 0 },
  "docs/findings.md": { run: 1, untested: 0 },
  "docs/fast_path.md": { run: 1, untested: 0 },
  "docs/figures.md": { run: 1, untested: 0 },
  "docs/generator.md": { run: 3, untested: 1 },
  "docs/input.md": { run: 11, untested: 0 },
  "docs/many_machines.md": { run: 2, untested: 4 },
  "docs/speed.md": { run: 0, untested: 0 },
};

const MAX_README_LINES = 250;

const BLOCK = /^```(.+)\n((?:(?!```).*\n)*)```$/gm;

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(BLOCK)].map((match) => ({
    line: markdown.slice(0, match.index).split("\n").length,
    language: match[1]!,
    text: match[2]!,
  }));
}

async function readPage(path: string): Promise<Page> {
  const markdown = await Deno.readTextFile(join(PROJECT, path));
  return { path, markdown, blocks: blocksOf(markdown) };
}

const docs = await Array.fromAsync(Deno.readDir(join(PROJECT, "docs")), ({ name }) => name);
const readme = await readPage("README.md");
const pages = [
  readme,
  ...await Promise.all(docs.toSorted().map((name) => readPage(`docs/${name}`))),
];

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

for (const { path, blocks } of pages) {
  for (const [i, { line, language, text }] of blocks.entries()) {
    if (language !== "sh") continue;
    const next = blocks[i + 1];
    Deno.test(`${path} line ${line} runs as written: ${text.split("\n")[0]}`, async () => {
      const output = await shell(text);
      assert(output !== "", "it prints something");
      if (next?.language === "text") assertEquals(output, next.text);
    });
  }
}

for (const { path, markdown, blocks } of pages) {
  Deno.test(`${path} shows all output of what it runs`, () => {
    const run = blocks.filter(({ language }) => language === "sh");
    const shown = blocks.filter(({ language }, i) =>
      language === "sh" && blocks[i + 1]?.language === "text"
    );
    const untested = blocks.filter(({ language }) => language === "sh untested");
    assertEquals(run, shown);
    assertEquals(blocks.filter(({ language }) => !/^(sh|sh untested|text)$/.test(language)), []);
    const fences = markdown.match(/^\s*(```|~~~)/gm) ?? [];
    assertEquals(fences.length, 2 * blocks.length, "each fence is one of a block");
    const expected = BLOCK_COUNTS[path];
    if (expected === undefined) return;
    assertEquals({ run: run.length, untested: untested.length }, expected);
    assertEquals(blocks.length, 2 * run.length + untested.length, "each output has its command");
  });
}

Deno.test("The pages whose blocks are counted are there", () => {
  const paths = pages.map(({ path }) => path);
  assertEquals(Object.keys(BLOCK_COUNTS).filter((path) => !paths.includes(path)), []);
});

Deno.test("README.md is read in five minutes", () => {
  const lines = readme.markdown.split("\n").length - 1;
  assert(lines <= MAX_README_LINES, `${lines} lines, at most ${MAX_README_LINES}`);
});

/** The links of a page that lead to files of the project or to headings, as they are written. */
function linksOf({ markdown }: Page): string[] {
  return [...markdown.replaceAll(BLOCK, "").matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** What the headings of a page are called in links. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.replaceAll(BLOCK, "").matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!.toLowerCase().replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-")
  );
}

for (const page of pages) {
  Deno.test(`${page.path} links to what is there`, async () => {
    for (const link of linksOf(page)) {
      const [path, anchor] = link.split("#") as [string, string?];
      const target = path === "" ? page.path : join(dirname(page.path), path);
      assert(!relative(".", target).startsWith(".."), `${link} is in the project`);
      const { isFile } = await Deno.stat(join(PROJECT, target));
      assert(isFile, `${link} is a file`);
      if (anchor === undefined) continue;
      const anchors = anchorsOf(await Deno.readTextFile(join(PROJECT, target)));
      assert(anchors.includes(anchor), `${link} is one of ${anchors.join(", ")}`);
    }
  });
}

Deno.test("README.md links to every page", () => {
  const linked = linksOf(readme).map((link) => link.split("#")[0]);
  assert(pages.length > 1);
  for (const { path } of pages.slice(1)) assert(linked.includes(path), path);
});

Deno.test("README.md gives both spellings of its two commands", () => {
  for (const task of ["demo", "test"]) {
    for (const command of [`deno task ${task}`, `npx -y deno@2.9.6 task ${task}`]) {
      assert(readme.markdown.includes(command), command);
    }
  }
});

/** The rows of all tables, as lists of cells. */
function rowsOf(markdown: string): string[][] {
  return markdown.split("\n").map((line) => line.replace(/^ \* /, ""))
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}

Deno.test("README.md has the field table of schema.ts", async () => {
  const fields = (text: string) => rowsOf(text).filter(([name]) => name!.startsWith("`"));
  const documented = fields(await Deno.readTextFile(join(PROJECT, "schema.ts")));
  assertEquals(documented.length, 7);
  assertEquals(fields(readme.markdown), documented);
});

Deno.test("README.md, docs/speed.md and RESULTS.md give the same figures of speed", async () => {
  const speed = rowsOf(pages.find(({ path }) => path === "docs/speed.md")!.markdown);
  const results = rowsOf(await Deno.readTextFile(join(PROJECT, "tests/bench/RESULTS.md")));
  const measured = results.map((cells) => cells.join("|"));
  for (const cells of speed) assert(measured.includes(cells.join("|")), cells.join(" "));

  const short = rowsOf(readme.markdown).filter((cells) => /^[\d,]+$/.test(cells[1]!));
  assertEquals(short.length, 5);
  for (const [name, ...figures] of short) {
    const row = speed.find((cells) => cells[0] === name && cells[1] === "pipe");
    assertEquals(row?.filter((cell) => figures.includes(cell)), figures);
  }
});
