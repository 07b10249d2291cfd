import { assert, assertEquals } from "@std/assert";
import { dirname, fromFileUrl, join, relative } from "@std/path";

const PROJECT = fromFileUrl(new URL("../..", import.meta.url));
const SCRIPTS = ["generator.ts", "analyzer.ts", "schema.ts"];

// Which rooms a room may take from, apart from schema.ts, which is open to all. Within a folder each room
// is named; the name of another folder stands for all of its rooms.
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "schema.ts": [],
  "generator.ts": ["traffic", "formats", "cli"],
  "analyzer.ts": ["cli"],
  lines: [],
  tables: [],
  "tables/hashes": ["tables"],
  "tables/keys": ["tables", "tables/hashes"],
  "tables/pairs": ["tables", "tables/hashes"],
  records: ["tables"],
  "formats/description": [],
  "formats/columns": ["formats/description"],
  "formats/json": ["formats/description"],
  "formats/text": ["formats/description"],
  "formats/templates": ["formats/description", "formats/text"],
  "formats/wrappers": ["formats/description", "formats/json"],
  formats: [
    "formats/columns",
    "formats/description",
    "formats/json",
    "formats/text",
    "formats/templates",
    "formats/wrappers",
  ],
  traffic: [],
  "traffic/profiles": ["traffic"],
  sketches: ["tables"],
  "aggregates/durations": ["tables", "sketches"],
  aggregates: ["tables", "records", "sketches", "aggregates/durations"],
  states: ["tables", "records", "sketches", "aggregates"],
  "scan/wasm": [],
  "scan/code": ["lines", "formats", "records", "scan/wasm"],
  "scan/memo": ["records", "scan/wasm", "scan/code"],
  scan: ["lines", "formats", "records", "scan/code", "scan/memo", "scan/wasm"],
  select: ["tables", "records", "formats/description"],
  findings: ["aggregates"],
  report: ["records", "aggregates", "findings"],
  "report/renderers": ["report", "aggregates", "findings"],
  "cli/command": ["lines", "report"],
  "cli/options": ["formats", "select", "aggregates", "report", "cli/command"],
  "cli/reading": [
    ...["lines", "records", "formats", "scan", "select", "aggregates", "report", "cli/command"],
  ],
  "cli/threads": [
    "lines",
    "tables",
    "formats",
    "aggregates",
    "report",
    "cli/command",
    "cli/reading",
  ],
  "cli/writing": [
    "formats",
    "aggregates",
    "states",
    "report",
    "cli/command",
    "cli/options",
    "cli/reading",
  ],
  cli: [
    "lines",
    "tables",
    "formats",
    "select",
    "aggregates",
    "states",
    "report",
    "cli/command",
    "cli/options",
    "cli/reading",
    "cli/threads",
    "cli/writing",
  ],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

/** The folder below `lib`, like `cli/command`; of other files their own path. */
function roomOf(path: string): string {
  const inProject = relative(PROJECT, path);
  return inProject.startsWith("lib/") ? relative("lib", dirname(inProject)) : inProject;
}

function folderOf(room: string): string {
  return room.split("/")[0]!;
}

function mayImport(from: string, to: string): boolean {
  const allowed = MAY_IMPORT[from] ?? [];
  return allowed.includes(to) || folderOf(from) !== folderOf(to) && allowed.includes(folderOf(to));
}

async function codeFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) files.push(...await codeFiles(path));
    else if (entry.name.endsWith(".ts")) files.push(path);
  }
  return files;
}

/** Imports in the code itself, not in the examples of its comments. */
async function importsOf(file: string): Promise<string[]> {
  const code = (await Deno.readTextFile(file)).replaceAll(/^\s*\*.*$/gm, "");
  return [...code.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(([, specifier]) => specifier!);
}

async function localImports(): Promise<Import[]> {
  const files = [
    ...SCRIPTS.map((script) => join(PROJECT, script)),
    ...await codeFiles(join(PROJECT, "lib")),
  ];
  const imports: Import[] = [];
  for (const file of files) {
    for (const specifier of await importsOf(file)) {
      if (!specifier.startsWith(".")) continue;
      imports.push({ from: file, to: join(dirname(file), specifier) });
    }
  }
  return imports;
}

Deno.test("a room imports only from rooms that the data passed before", async () => {
  const imports = await localImports();
  assert(imports.length > 100, "the search finds imports");
  const forbidden = imports
    .map(({ from, to }) => [roomOf(from), roomOf(to), relative(PROJECT, from)] as const)
    .filter(([from, to]) => from !== to && to !== "schema.ts")
    .filter(([from, to]) => !mayImport(from, to))
    .map(([, to, file]) => `${file} imports from ${to}`);
  assertEquals(forbidden, [
    // To check a log, which is not what it is imported for.
    "schema.ts imports from cli",
    // The version.
    "lib/cli/command/run_command.ts imports from deno.json",
  ]);
});

/** Those files that import themselves, by way of others. */
function inCircles(imports: readonly Import[]): string[] {
  const importedBy = Map.groupBy(imports, ({ from }) => from);
  const reaches = (file: string) => {
    const reached = new Set([file]);
    for (const from of reached) {
      for (const { to } of importedBy.get(from) ?? []) {
        if (to === file) return true;
        reached.add(to);
      }
    }
    return false;
  };
  return [...importedBy.keys()].filter(reaches).map((file) => relative(PROJECT, file));
}

Deno.test("no file imports itself by way of others, but for the schema, which can check a log", async () => {
  const imports = await localImports();
  const ofSchema = ({ from }: Import) => relative(PROJECT, from) === "schema.ts";
  assert(inCircles(imports).includes("schema.ts"), "the search finds circles");
  assertEquals(inCircles(imports.filter((entry) => !ofSchema(entry))), []);
});

Deno.test("at run time only the standard library is imported, and what deno.json maps", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(join(PROJECT, "deno.json")));
  const files = [...await codeFiles(join(PROJECT, "lib")), ...SCRIPTS.map((s) => join(PROJECT, s))];
  for (const file of files) {
    for (const specifier of await importsOf(file)) {
      if (specifier.startsWith(".")) continue;
      const isStandard = specifier.startsWith("@std/") && specifier in imports;
      // Deno's own: the only decoder that reads concatenated data, and the only way to know stdin's file.
      const isBuiltIn = /^node:(zlib|stream)$/.test(specifier) && roomOf(file) === "lines" ||
        specifier === "node:fs" && file.endsWith("lib/cli/reading/rejects_file.ts");
      assert(isStandard || isBuiltIn, `${file}: ${specifier}`);
    }
  }
});

/** The files that a script loads: at once, or all that it may load in the course of a run. */
async function filesOf(script: string, { inAll }: { readonly inAll: boolean }): Promise<string[]> {
  const loaded = new Set([join(PROJECT, script)]);
  for (const file of loaded) {
    const code = await Deno.readTextFile(file);
    // Types are not loaded.
    const imports = [
      ...code.matchAll(/^(?:import|export) (?!type )[^;"]* from "(\.[^"]+)"/gm),
      ...inAll ? code.matchAll(/\bimport\("(\.[^"]+)"\)/g) : [],
    ];
    for (const [, specifier] of imports) loaded.add(join(dirname(file), specifier!));
  }
  return [...loaded].map((file) => relative(PROJECT, file));
}

Deno.test("help is shown without loading what reads, counts and reports", async () => {
  const files = await filesOf("analyzer.ts", { inAll: false });
  assert(
    files.includes("lib/cli/command/render_help.ts") && files.includes("schema.ts"),
    `${files}`,
  );
  const heavy =
    /^lib\/(lines|formats|tables|records|sketches|scan|aggregates\/analysis|report\/to_report|cli\/command\/parse)/;
  assertEquals(files.filter((file) => heavy.test(file)), []);
});

Deno.test("the analyzer has no more than 300 files: Deno looks through all of them even for help", async () => {
  const files = await filesOf("analyzer.ts", { inAll: true });
  assert(files.includes("lib/report/to_report.ts") && files.length <= 300, `${files.length}`);
});

Deno.test("only lib/cli touches the process: stdin, stdout, arguments, signals, exit", async () => {
  const process = /Deno\.(std|args|exit|addSignal|env|noColor)|console\./;
  for (const file of await codeFiles(join(PROJECT, "lib"))) {
    if (folderOf(roomOf(file)) === "cli") continue;
    const code = (await Deno.readTextFile(file)).replaceAll(/^\s*\*.*$/gm, "");
    assert(!process.test(code), relative(PROJECT, file));
  }
});

Deno.test("files stay short, and the two entry scripts hold no logic", async () => {
  const lengthOf = async (file: string) => (await Deno.readTextFile(file)).split("\n").length - 1;
  for (const file of [...await codeFiles(join(PROJECT, "lib")), join(PROJECT, "schema.ts")]) {
    assert(await lengthOf(file) <= 300, relative(PROJECT, file));
  }
  for (const script of ["generator.ts", "analyzer.ts"]) {
    assert(await lengthOf(join(PROJECT, script)) <= 60, script);
  }
});
