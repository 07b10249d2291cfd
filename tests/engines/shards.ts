import { join } from "@std/path";
import { compile } from "../compile/compile.ts";
import { PROJECT, runScript } from "../support/run_script.ts";

/** A log in pieces, what there is to know of it, and a program that reads the pieces. */
export interface Workplace {
  /** A folder for all that a test writes, removed in the end. */
  readonly folder: string;
  /** The paths of the pieces. */
  readonly shards: readonly string[];
  /** A file of lines of name, TAB and bytes. */
  readonly manifest: string;
  /** The JSON report on all pieces in one pass. */
  readonly report: string;
  /** The analyzer, as one executable: a binary where it can be built. */
  readonly analyzer: string;
}

/** Makes a log in so many pieces, of so many requests each. */
export async function makeWorkplace(pieces: number, requests: number): Promise<Workplace> {
  const folder = await Deno.makeTempDir({ prefix: "http-log-engines-" });
  // Other users of the machine run some of the daemons.
  await Deno.chmod(folder, 0o755);
  const analyzer = await makeAnalyzer(folder);
  const shards: string[] = [], lines: string[] = [];
  await Deno.mkdir(join(folder, "shards"));
  for (let i = 1; i <= pieces; i++) {
    const name = `access.${i}.ndjson`;
    const day = String(i).padStart(2, "0");
    const args = [
      "--count",
      String(requests),
      "--seed",
      String(i),
      "--start",
      `2025-11-${day}T00:00:00`,
    ];
    const { stdout } = await runScript("generator.ts", { args });
    const path = join(folder, "shards", name);
    await Deno.writeTextFile(path, stdout);
    shards.push(path);
    lines.push(`${name}\t${new TextEncoder().encode(stdout).length}\n`);
  }
  const manifest = join(folder, "manifest.tsv");
  await Deno.writeTextFile(manifest, lines.join(""));
  const { stdout: report } = await runScript("analyzer.ts", {
    args: ["-o", "json", ...shards],
    flags: ["-R"],
  });
  return { folder, shards, manifest, report, analyzer };
}

async function makeAnalyzer(folder: string): Promise<string> {
  const failure = await compile(folder);
  const analyzer = join(folder, "analyzer");
  if (failure === undefined) return analyzer;
  console.error(`The binary cannot be built, so deno run takes its place: ${failure}`);
  const cache = Deno.env.get("DENO_DIR") ?? join(Deno.env.get("HOME") ?? "/root", ".cache", "deno");
  await Deno.writeTextFile(
    analyzer,
    `#!/bin/sh\nexport DENO_DIR='${cache}'\n` +
      `exec '${Deno.execPath()}' run --cached-only -RW '${join(PROJECT, "analyzer.ts")}' "$@"\n`,
    { mode: 0o755 },
  );
  return analyzer;
}
