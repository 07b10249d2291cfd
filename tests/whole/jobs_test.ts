import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { gzipSync } from "node:zlib";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import { findInputs } from "../../lib/cli/reading/inputs.ts";
import { Problems } from "../../lib/cli/reading/problems.ts";
import { analyzeInParallel } from "../../lib/cli/threads/analyze_in_parallel.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { jsonOf } from "../support/json_of.ts";
import { runScript, startScript } from "../support/run_script.ts";
import { withFolder } from "../support/with_folder.ts";

const encoder = new TextEncoder();
const SETTINGS = {
  windowUs: 60_000_000,
  suspiciousOver: 25,
  maxLineBytes: 2 ** 20,
  isScanning: true,
  hashKey: [1, 2],
} as const;

/** A log of some 5 MB, with lines of other kinds in it at known places. */
async function makeLog(count: number, odd: Readonly<Record<number, string>> = {}): Promise<string> {
  const { stdout } = await runScript("generator.ts", {
    args: ["-n", String(count), "--seed", "3"],
  });
  const lines = stdout.trimEnd().split("\n");
  for (const [i, line] of Object.entries(odd)) lines[Number(i)] = line;
  return lines.map((line) => `${line}\n`).join("");
}

async function report(
  args: readonly string[],
  stdin: string | Uint8Array<ArrayBuffer> = "",
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return await runScript("analyzer.ts", { args: ["-o", "json", ...args], stdin, flags: ["-R"] });
}

Deno.test("analyzer.ts --jobs gives the same bytes for any number of threads", () =>
  withFolder(async (folder) => {
    const [plain, small, gz, bom] = ["a.ndjson", "b.ndjson", "c.ndjson.gz", "d.ndjson"]
      .map((name) => join(folder, name)) as [string, string, string, string];
    const odd = {
      0: "[]",
      7: "",
      9000: "no JSON",
      20_000: "{}",
      20_001: "no JSON",
      29_999: '{"ip":1}',
    };
    const log = await makeLog(30_000, odd);
    await Deno.writeTextFile(plain, log.trimEnd());
    await Deno.writeTextFile(small, "no JSON\n");
    await Deno.writeFile(gz, gzipSync(log));
    await Deno.writeTextFile(bom, `\uFEFF${log}\u001F\u008B\n`);
    const files = [plain, small, gz, bom];

    const alone = await report(["--jobs", "1", ...files]);
    assertStringIncludes(alone.stderr, `${plain}:1)`);
    assertStringIncludes(alone.stderr, "not JSON (first at");
    assertEquals(JSON.parse(alone.stdout).total_requests, 3 * (30_000 - 6));
    for (const jobs of ["2", "3", "4", "7"]) {
      assertEquals(await report(["--jobs", jobs, ...files]), alone, `--jobs ${jobs}`);
      assertEquals(await report(["--jobs", jobs, "--no-scan", ...files]), alone, `--jobs ${jobs}`);
    }
    const streamed = await report([], log);
    for (const jobs of ["2", "3", "4"]) {
      assertEquals(await report(["--jobs", jobs], log), streamed, `--jobs ${jobs}`);
      assertEquals(
        await report(["--jobs", jobs], new Uint8Array(gzipSync(log))),
        streamed,
        `--jobs ${jobs}, gzip`,
      );
    }
    const partial = (jobs: string) =>
      runScript("analyzer.ts", { args: ["--partial", "-j", jobs, plain, gz], flags: ["-R"] });
    assertEquals(await partial("3"), await partial("1"));
  }));

Deno.test("analyzer.ts --jobs counts lines that are too long, and names their places", async () => {
  const log = await makeLog(12_000);
  const long = `${"x".repeat(3 << 20)}\n`;
  const stdin = encoder.encode(long + log + long + "no JSON\n" + log + long.trimEnd());
  for (const maxLine of [[], ["--max-line", "4MiB"]]) {
    const alone = await report(maxLine, stdin);
    assertEquals(JSON.parse(alone.stdout).input.rejected, 4);
    assertEquals(await report([...maxLine, "--jobs", "2"], stdin), alone);
    assertEquals(await report([...maxLine, "--jobs", "3"], stdin), alone);
  }
});

Deno.test("analyzer.ts --jobs gives the same bytes each time above the limits", () =>
  withFolder(async (folder) => {
    const file = join(folder, "access.ndjson");
    await Deno.writeTextFile(file, await makeLog(30_000));
    const args = ["--max-endpoints", "3", "--max-clients", "4", "--max-windows", "9", "-j", "3"];
    const first = await report([...args, file]);
    assertStringIncludes(first.stdout, "endpoints.requests");
    for (let round = 0; round < 3; round++) assertEquals(await report([...args, file]), first);
  }));

Deno.test("analyzeInParallel() has every thread fold more than nothing", () =>
  withFolder(async (folder) => {
    const file = join(folder, "access.ndjson");
    const log = await makeLog(40_000);
    await Deno.writeTextFile(file, log);
    const seen: number[][] = [];
    const { merge } = Analysis.prototype;
    // What each has found, before it is put together: the first, and what it takes in.
    Analysis.prototype.merge = function (other) {
      const [records, others] = [this, other].map(({ lines }) => lines.records());
      if (seen.at(-1)!.length === 0) seen.at(-1)!.push(records!);
      seen.at(-1)!.push(others!);
      merge.call(this, other);
    };
    try {
      const [input] = await findInputs([file]);
      const stream = { name: "stream", open: () => new Blob([log]).stream() };
      for (const source of [input!, stream]) {
        seen.push([]);
        const problems = new Problems(undefined);
        const stop = { isStopped: false, onStop: () => () => {} };
        const settings = { ...SETTINGS, jobs: 3 };
        const analysis = await analyzeInParallel([source], settings, { problems, stop });
        assertEquals(analysis.lines.records(), 40_000);
        assert(jsonOf(toReport(analysis)).length > 1000);
      }
    } finally {
      Analysis.prototype.merge = merge;
    }
    // A stream is read by one of the threads, which counts no more than what the others cannot.
    assertEquals(seen.map(({ length }) => length), [3, 3]);
    assertEquals(seen[1]!.pop(), 0);
    for (const records of seen) {
      assertEquals(records.reduce((sum, count) => sum + count, 0), 40_000);
      // Some 7 MB in ranges of one size, or in blocks of 2 MiB.
      for (const count of records) assert(count > 8000, `${records}`);
    }
  }));

Deno.test("analyzer.ts --jobs without permission to read is one thread, said once", async () => {
  const log = await makeLog(10);
  const alone = await runScript("analyzer.ts", { stdin: log });
  const asked = await runScript("analyzer.ts", { args: ["--jobs", "2"], stdin: log });
  assertEquals(asked.stdout, alone.stdout);
  assertEquals(
    asked.stderr,
    "analyzer: Reading with one thread: more need permission to read, run with -R\n",
  );
  const some = await runScript("analyzer.ts", {
    args: ["-j2", "deno.json"],
    flags: ["-R=deno.json"],
  });
  assertStringIncludes(some.stderr, "Reading with one thread");
});

Deno.test("analyzer.ts --jobs says what cannot be read, with its name, and reports the rest", () =>
  withFolder(async (folder) => {
    const [good, bad] = [join(folder, "good.ndjson"), join(folder, "bad.ndjson.gz")];
    const log = await makeLog(5000);
    await Deno.writeTextFile(good, log);
    await Deno.writeFile(bad, gzipSync(log).subarray(0, 20_000));
    const alone = await report(["-j1", bad, good]);
    assertStringIncludes(alone.stderr, `Cannot read ${bad}: the compressed data ends too early`);
    assertEquals(alone.code, 1);
    assertEquals(await report(["-j2", bad, good]), alone);
  }));

Deno.test("analyzer.ts --jobs writes --rejects with one thread", () =>
  withFolder(async (folder) => {
    const rejects = join(folder, "rejects.ndjson");
    const { stderr, code } = await runScript("analyzer.ts", {
      args: ["--jobs", "2", "--rejects", rejects],
      stdin: (await makeLog(10)) + "x\n",
      flags: ["-R", "-W"],
    });
    assertEquals(code, 0);
    assertStringIncludes(stderr, "Reading with one thread: --rejects writes lines in their order");
    assertEquals((await Deno.readTextFile(rejects)).trim().split("\n").length, 1);
  }));

Deno.test("analyzer.ts --jobs cuts no line where SIGINT ends a stream, compressed or not", async () => {
  const log = encoder.encode(await makeLog(2000));
  const { length } = gzipSync(log);
  // Either ends in the middle of a line, or of compressed data.
  for (const part of [log.subarray(0, -20), gzipSync(log).subarray(0, length - 500)]) {
    for (const jobs of ["1", "2", "3"]) {
      const args = ["--jobs", jobs, "-o", "json"];
      const child = startScript("analyzer.ts", { args, flags: ["-R"] });
      const writer = child.stdin.getWriter();
      await writer.write(new Uint8Array(part));
      await new Promise((resolve) => setTimeout(resolve, 1000));
      child.kill("SIGINT");
      const { code, stdout, stderr } = await child.output();
      await writer.close().catch(() => {});
      assertEquals([code, new TextDecoder().decode(stderr)], [130, ""], `--jobs ${jobs}`);
      const { total_requests, input } = JSON.parse(new TextDecoder().decode(stdout));
      assert(total_requests > 1800 && total_requests < 2000, `${total_requests} with ${jobs}`);
      assertEquals(input.rejected, 0);
    }
  }
});

Deno.test("analyzer.ts --jobs reads streams and files together", () =>
  withFolder(async (folder) => {
    const file = join(folder, "access.ndjson");
    const log = await makeLog(20_000);
    await Deno.writeTextFile(file, log);
    const alone = await report(["-j1", file, "-", file], log);
    assertEquals(JSON.parse(alone.stdout).total_requests, 60_000);
    for (const jobs of ["2", "3"]) {
      assertEquals(await report(["-j", jobs, file, "-", file], log), alone, `--jobs ${jobs}`);
    }
  }));

for (const source of ["stdin", "file"] as const) {
  Deno.test(`analyzer.ts --jobs reports on SIGINT what it has read of ${source}, within a second`, () =>
    withFolder(async (folder) => {
      const file = join(folder, "access.ndjson");
      const log = await makeLog(20_000);
      const times = source === "file" ? 60 : 1;
      for (let i = 0; i < times; i++) await Deno.writeTextFile(file, log, { append: true });
      const files = source === "file" ? [file] : [];
      const args = ["--no-scan", "--jobs", "2", "-o", "json", ...files];
      const child = startScript("analyzer.ts", { args, flags: ["-R"] });
      const writer = child.stdin.getWriter();
      if (source === "stdin") await writer.write(await Deno.readFile(file));
      // Long enough to have begun, too short to be done with 200 MB of JSON.
      await new Promise((resolve) => setTimeout(resolve, 700));
      const start = performance.now();
      child.kill("SIGINT");
      const { code, stdout, stderr } = await child.output();
      const ms = performance.now() - start;
      await writer.close().catch(() => {});
      assertEquals([code, new TextDecoder().decode(stderr)], [130, ""], "no line is cut off");
      assert(ms < 1000, `took ${ms} ms`);
      const { total_requests } = JSON.parse(new TextDecoder().decode(stdout));
      if (source === "stdin") assertEquals(total_requests, 20_000);
      else assert(total_requests > 0 && total_requests < 1_200_000, String(total_requests));
    }));
}
