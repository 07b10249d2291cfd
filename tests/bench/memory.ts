/**
 * Measures the peak memory of the analyzer on logs with millions of endpoints and clients, and prints
 * a table: `deno run -A tests/bench/memory.ts 1000000 3000000 10000000`. Needs Linux's `/proc`.
 *
 * @module
 */

import { PROJECT } from "../support/run_script.ts";

/**
 * Runs `generator | analyzer` with as many endpoints and clients as there may be.
 *
 * @param records How many records.
 * @returns The analyzer's peak resident memory in bytes, as the system counts it (VmHWM), until its report is
 * written.
 */
export async function measurePeak(records: number): Promise<number> {
  const spawn = (args: readonly string[], stdin: "piped" | "null") =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", ...args],
      cwd: PROJECT,
      stdin,
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
  const many = ["--endpoints", "5000000", "--clients", "5000000"];
  const generator = spawn(["generator.ts", "--count", String(records), ...many], "null");
  const analyzer = spawn(["analyzer.ts", "--window", "1d", "-o", "json"], "piped");
  const fed = generator.stdout.pipeTo(analyzer.stdin);

  let peak = 0;
  const sample = async () => {
    // Gone is gone: the last sample before holds the peak, which never falls.
    const status = await Deno.readTextFile(`/proc/${analyzer.pid}/status`).catch(() => "");
    peak = Math.max(peak, 1024 * Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1] ?? 0));
  };
  const timer = setInterval(sample, 50);
  let report = 0;
  for await (const chunk of analyzer.stdout) {
    report += chunk.length;
    await sample();
  }
  await Promise.all([fed, analyzer.status, generator.status]);
  clearInterval(timer);
  if (report === 0) throw new Error("Cannot measure the analyzer: it reported nothing");
  return peak;
}

if (import.meta.main) {
  console.log("| records | peak memory |\n| ---: | ---: |");
  for (const records of Deno.args.map(Number)) {
    const mebibytes = Math.round(await measurePeak(records) / 2 ** 20);
    console.log(`| ${records.toLocaleString("en-US")} | ${mebibytes} MiB |`);
  }
}
