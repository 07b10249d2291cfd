/**
 * Runs the same records through this project and whatever of its peers is installed, as whole
 * processes, in turn, and prints a Markdown table: `deno task bench:peers --records 2000000 --rounds 5`, or
 * `--format combined` or `caddy` for lines of those formats.
 *
 * DuckDB comes from npm into a temporary folder; the others are what `apt-get install goaccess miller jq
 * mawk gawk` installs. Who is missing is said.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { join } from "@std/path";
import { compile } from "../compile/compile.ts";
import { PROJECT } from "../support/run_script.ts";
import type { Contestant } from "./peers/contestants.ts";
import { BENCHED_FORMATS, judge } from "./peers/formats.ts";
import { type Measured, renderTable } from "./peers/render_table.ts";
import { assertSameAnswers } from "./peers/same_answers.ts";

const DUCKDB = "@duckdb/node-api@1.5.6-r.1";
const CHECKED_RECORDS = 20_000;

/**
 * Measures and prints.
 *
 * @param options How many records, how many rounds, the names of those who take part if not all, and the format of
 * the lines.
 * @returns The table, and what there is to say beside it.
 * @throws {RangeError} If the format is none that can be measured.
 */
export async function benchPeers(
  { records, rounds, only = [], format = "ndjson" }: {
    readonly records: number;
    readonly rounds: number;
    readonly only?: readonly string[];
    readonly format?: string;
  },
): Promise<string> {
  const benched = BENCHED_FORMATS[format];
  if (benched === undefined) throw new RangeError(`Cannot measure ${format}: no such format`);
  const folder = await Deno.makeTempDir({ prefix: "http-log-pipeline-" });
  try {
    const missing: string[] = [];
    const wants = (name: string) => only.length === 0 || only.some((part) => name.includes(part));
    const compiled = format === "ndjson" && wants("compiled") && await compile(folder) === undefined
      ? folder
      : undefined;
    if (compiled === undefined && format === "ndjson") missing.push("compiled binaries");
    const duckdb = wants("DuckDB") ? await installDuckDb(folder) : undefined;
    if (duckdb === undefined) missing.push("DuckDB");

    const all: Contestant[] = [];
    for (
      const contestant of benched.contestants({ deno: Deno.execPath(), compiled, duckdb, records })
    ) {
      if (!wants(contestant.name)) continue;
      if ((await shell(`${contestant.needs} < /dev/null`)).success) all.push(contestant);
      else missing.push(contestant.name);
    }
    const logs = new Map<number, string>();
    for (const count of new Set([CHECKED_RECORDS, records])) {
      logs.set(count, join(folder, `${count}.log`));
      await shell(
        benched.write.replaceAll("$DENO", Deno.execPath()).replaceAll("$COUNT", String(count))
          .replaceAll("$LOG", logs.get(count)!),
      );
    }
    for (const count of all.map(({ share }) => share * records)) {
      if (logs.has(count)) continue;
      logs.set(count, join(folder, `${count}.log`));
      await shell(`head -n ${count} ${logs.get(records)} > ${logs.get(count)}`);
    }
    if (duckdb !== undefined) {
      const log = logs.get(CHECKED_RECORDS)!;
      const report = await shell(`${Deno.execPath()} run analyzer.ts -o json < ${log}`);
      const answers = await shell(`node ${duckdb} ${log} 2 ${format}`);
      assertSameAnswers(report.stdout, answers.stdout);
    }
    const measured = await measure(all, { rounds, logs, records, folder });
    const others = missing.length === 0 ? "Nobody was missing." : `Missing: ${missing.join(", ")}.`;
    const verdicts = judge(benched.musts, measured).map((line) => `${line}\n`).join("");
    return `${renderTable(measured)}\n\n${verdicts}${others} ${describeMachine()}`;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function measure(
  all: readonly Contestant[],
  { rounds, logs, records, folder }: {
    readonly rounds: number;
    readonly logs: ReadonlyMap<number, string>;
    readonly records: number;
    readonly folder: string;
  },
): Promise<Measured[]> {
  const times = join(folder, "time");
  const canTime = (await shell("/usr/bin/time -f %M true")).success;
  const runs = all.map((contestant) => ({
    contestant,
    seconds: [] as number[],
    peaks: [] as number[],
  }));
  // One round more, first, that does not count.
  for (let round = -1; round < rounds; round++) {
    for (const { contestant, seconds, peaks } of runs) {
      const command = contestant.command
        .replaceAll("$LOG", logs.get(contestant.share * records)!)
        .replaceAll("$TIME", canTime ? `/usr/bin/time -o ${times} -f %M` : "");
      const start = performance.now();
      const { success, stderr } = await shell(`{ ${command}; } > /dev/null`);
      const elapsed = (performance.now() - start) / 1000;
      if (!success) throw new Error(`Cannot measure ${contestant.name}: ${stderr.trim()}`);
      if (round >= 0) seconds.push(elapsed);
      if (canTime) {
        peaks.push(1024 * Number((await Deno.readTextFile(times)).trim().split("\n").at(-1)));
      }
    }
  }
  return runs.map(({ contestant, seconds, peaks }) => ({
    contestant,
    records: contestant.share * records,
    seconds,
    peakBytes: canTime ? Math.max(...peaks) : undefined,
  }));
}

async function installDuckDb(folder: string): Promise<string | undefined> {
  const script = join(folder, "duckdb.js");
  await Deno.copyFile(join(PROJECT, "tests/bench/peers/duckdb.js"), script);
  await Deno.writeTextFile(join(folder, "package.json"), '{"type":"module","private":true}');
  const { success } = await shell(`cd ${folder} && npm install --no-audit --no-fund ${DUCKDB}`);
  return success ? script : undefined;
}

async function shell(
  command: string,
): Promise<{ readonly success: boolean; readonly stdout: string; readonly stderr: string }> {
  const output = await new Deno.Command("sh", {
    args: ["-c", command],
    cwd: PROJECT,
    env: { NO_COLOR: "1" },
  }).output().catch(() => undefined);
  const decoder = new TextDecoder();
  return {
    success: output?.success ?? false,
    stdout: decoder.decode(output?.stdout),
    stderr: decoder.decode(output?.stderr),
  };
}

function describeMachine(): string {
  const { total } = Deno.systemMemoryInfo();
  const model = /model name\s*:\s*(.*)/.exec(readOr("/proc/cpuinfo"))?.[1] ?? Deno.build.arch;
  const [date] = new Date().toISOString().split("T");
  return `${date}, ${navigator.hardwareConcurrency} processors (${model}), ` +
    `${Math.round(total / 2 ** 30)} GiB, ${Deno.build.os}, Deno ${Deno.version.deno}.`;
}

function readOr(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

if (import.meta.main) {
  const { records, rounds, only, format } = parseArgs(Deno.args, {
    string: ["only", "format"],
    default: { records: 2_000_000, rounds: 5, format: "ndjson" },
  });
  console.log(await benchPeers({ records, rounds, only: only?.split(",") ?? [], format }));
}
