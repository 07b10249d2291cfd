import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { Buffer } from "node:buffer";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { PROJECT, runScript } from "../support/run_script.ts";
import { withFolder } from "../support/with_folder.ts";

const RECORD = '{"method":"GET","endpoint":"/a","status_code":"200","ip":"192.0.2.1",' +
  '"response_time":5,"timestamp":"2025-12-24T00:00:00"}\n';

/** Runs a line of shell in the project, with `$deno` as the Deno that runs this. */
async function shell(line: string): Promise<string> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", line],
    cwd: PROJECT,
    env: { deno: Deno.execPath(), NO_COLOR: "1" },
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout);
}

function spawnAnalyzer(args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "analyzer.ts", ...args],
    cwd: PROJECT,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

Deno.test("the scripts end quietly with 0 when nobody reads on", async () => {
  const endless =
    '{ "$deno" run generator.ts -n inf 2>&1 >&3; echo "exit $?"; } 3>&1 >&2 | head -1';
  assertStringIncludes(await shell(`{ ${endless}; } 2>&1`), "exit 0");
  // Stdout is closed before the report is written.
  const report =
    '{ sleep 0.3; "$deno" run analyzer.ts 2>&1 >&3 </dev/null; echo "exit $?"; } 3>&1 >&2 | true';
  assertEquals(await shell(`{ ${report}; } 2>&1`), "exit 0\n");
});

Deno.test("generator.ts | analyzer.ts | head -1 ends quietly", async () => {
  const line = '"$deno" run generator.ts | "$deno" run analyzer.ts | head -1';
  assert(/^HTTP log report {2,}[^\n]*\n$/.test(await shell(`{ ${line}; } 2>&1`)));
});

Deno.test("a full disk is told, exit 1", async () => {
  for (const script of ["generator.ts", "analyzer.ts"]) {
    const said = await shell(`"$deno" run ${script} 2>&1 >/dev/full </dev/null; echo "exit $?"`);
    assertStringIncludes(said, `${script.slice(0, -3)}: Cannot write to stdout: No space left`);
    assertStringIncludes(said, "exit 1\n");
  }
});

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`analyzer.ts reports what it has read on ${signal}, exit ${code}`, async () => {
    const child = spawnAnalyzer(["-o", "json"]);
    const writer = child.stdin.getWriter();
    // Once all is written, at most a pipe's 64 KiB are not read.
    await writer.write(new TextEncoder().encode(RECORD.repeat(3000)));
    child.kill(signal);
    const output = await child.output();
    await writer.close().catch(() => {});
    assertEquals(output.code, code);
    const { total_requests, input } = JSON.parse(new TextDecoder().decode(output.stdout));
    assert(total_requests > 3000 - 2 * 65536 / RECORD.length, `${total_requests} were read`);
    assertEquals(input.lines, total_requests);
  });
}

Deno.test("analyzer.ts reports on Ctrl-C all that came of a long stdin, once its sender is silent", async () => {
  const child = spawnAnalyzer(["-o", "json"]);
  const writer = child.stdin.getWriter(), encoder = new TextEncoder();
  const times = Math.ceil(2 ** 22 / RECORD.length), pause = 700;
  // In two parts, as a thread may read the second.
  for (let part = 0; part < 2; part++) {
    await writer.write(encoder.encode(RECORD.repeat(times)));
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  child.kill("SIGINT");
  const output = await child.output();
  await writer.close().catch(() => {});
  assertEquals(output.code, 130);
  const { total_requests } = JSON.parse(new TextDecoder().decode(output.stdout));
  assertEquals(total_requests, 2 * times);
});

Deno.test("analyzer.ts answers a signal within a second while input flows", async () => {
  const child = spawnAnalyzer(["-o", "json"]);
  const flood = new TextEncoder().encode(RECORD.repeat(5000));
  const writer = child.stdin.getWriter();
  await writer.write(flood);
  const feeding = (async () => {
    while (true) await writer.write(flood);
  })().catch(() => {});
  const start = performance.now();
  child.kill("SIGINT");
  const output = await child.output();
  assert(performance.now() - start < 1000);
  await feeding;
  assertEquals(output.code, 130);
  assert(JSON.parse(new TextDecoder().decode(output.stdout)).total_requests > 0);
});

Deno.test("a second Ctrl-C ends analyzer.ts at once, though nobody takes its report", async () => {
  const child = spawnAnalyzer(["-o", "json", "--window", "1ms"]);
  const lines = Array.from(
    { length: 6000 },
    (_, i) => RECORD.replace("00:00:00", `00:00:${(i / 1000 + 10).toFixed(3)}`),
  );
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(lines.join("")));
  child.kill("SIGINT");
  // The report, of thousands of windows, fills the pipe; writing the rest waits for a reader.
  const reader = child.stdout.getReader();
  await reader.read();
  child.kill("SIGINT");
  const { signal } = await child.status;
  assertEquals(signal, "SIGINT");
  await writer.close().catch(() => {});
  await Promise.all([reader.cancel(), child.stderr.cancel()]);
});

Deno.test("analyzer.ts reads files in the order given, stdin among them, like one stdin", async () => {
  await withFolder(async (folder) => {
    const [a, b] = [join(folder, "a.ndjson"), join(folder, "1")];
    await Deno.writeTextFile(a, RECORD);
    await Deno.writeTextFile(b, "rejected\n");
    const run = (args: readonly string[], stdin: string) =>
      runScript("analyzer.ts", { flags: ["-R"], args: ["-o", "json", ...args], stdin });

    const parted = await run([a, "-", b], RECORD.repeat(2).trimEnd());
    const whole = await run([], `${RECORD.repeat(3)}rejected\n`);
    assertEquals([parted.code, whole.code], [0, 0]);
    assertEquals(parted.stderr, `analyzer: Rejected 1 of 4 lines: 1 not JSON (at ${b}:1)\n`);
    const report = JSON.parse(parted.stdout);
    // The terminator that its middle input lacks.
    report.input.bytes += 1;
    assertEquals(report, JSON.parse(whole.stdout));
  });
});

Deno.test("analyzer.ts names an input that cannot be read before it reads any, exit 1", async () => {
  await withFolder(async (folder) => {
    const [good, missing, closed] = ["good", "missing", "closed"].map((n) => join(folder, n)) as [
      string,
      string,
      string,
    ];
    await Deno.writeTextFile(good, RECORD);
    await Deno.writeTextFile(closed, RECORD, { mode: 0 });
    const cases = [[missing, "there is no such file"], [folder, "it is a directory, not a file"]];
    if (Deno.uid() !== 0) cases.push([closed, "permission is denied"]);
    for (const [path, why] of cases) {
      const result = await runScript("analyzer.ts", { flags: ["-R"], args: [good, path!] });
      assertEquals(result, {
        code: 1,
        stdout: "",
        stderr: `analyzer: Cannot read ${path}: ${why}\n`,
      });
    }
  });
});

Deno.test("analyzer.ts reads compressed logs from stdin and from files, without a flag", async () => {
  const log = (await runScript("generator.ts", { args: ["--count", "2000"] })).stdout;
  const expected = await runScript("analyzer.ts", { args: ["-o", "json"], stdin: log });
  const half = Math.floor(log.length / 2);
  const gzip = Buffer.concat([gzipSync(log.slice(0, half)), gzipSync(log.slice(half))]);
  for (const data of [gzip, zstdCompressSync(log)]) {
    const stdin = new Uint8Array(data);
    assertEquals(await runScript("analyzer.ts", { args: ["-o", "json"], stdin }), expected);
    await withFolder(async (folder) => {
      const file = join(folder, "access.log");
      await Deno.writeFile(file, data);
      const args = ["-o", "json", file];
      assertEquals(await runScript("analyzer.ts", { flags: ["-R"], args }), expected);
    });
  }
});

Deno.test("analyzer.ts reports what a damaged compressed log still holds, exit 1", async () => {
  const log = (await runScript("generator.ts", { args: ["--count", "2000"] })).stdout;
  const data = gzipSync(log);
  const whole = data.subarray(0, -1000);
  const result = await runScript("analyzer.ts", {
    args: ["-o", "json"],
    stdin: new Uint8Array(whole),
  });
  assertEquals(result.code, 1);
  assertStringIncludes(
    result.stderr,
    "analyzer: Cannot read <stdin>: the compressed data ends too early\n",
  );
  assert(JSON.parse(result.stdout).total_requests > 1800);

  const trailing: readonly (readonly [tail: string, code: number, message: string])[] = [
    ["garbage", 0, "Rejected 1 of 2001 lines: 1 not JSON (at <stdin>:2001)"],
    ["\0\0", 0, "Reading <stdin>: ignored zero padding of 2 bytes after the compressed data"],
    [
      "\x01\x02\x03",
      1,
      "Cannot read <stdin>: the last 3 bytes, after the compressed data, are neither compressed data " +
      "nor text",
    ],
  ];
  for (const [tail, code, message] of trailing) {
    const stdin = new Uint8Array(Buffer.concat([data, Buffer.from(tail)]));
    const told = await runScript("analyzer.ts", { args: ["-o", "json"], stdin });
    assertEquals([told.code, told.stderr], [code, `analyzer: ${message}\n`]);
    assertEquals(JSON.parse(told.stdout).total_requests, 2000);
    const state = await runScript("analyzer.ts", { args: ["--partial"], stdin });
    assertEquals([state.code, state.stdout === ""], [code, code === 1]);
  }
});

Deno.test("analyzer.ts tells that stdin is a directory, and reports nothing read, exit 1", async () => {
  const said = await shell('"$deno" run analyzer.ts -o json 2>&1 >/dev/null <lib; echo "exit $?"');
  assertEquals(said, "analyzer: Cannot read <stdin>: it is a directory, not a file\nexit 1\n");
});

Deno.test("analyzer.ts hints on a terminal that it waits for input", async () => {
  const said = await shell(
    `printf '\\004' | script -qec '"$deno" run analyzer.ts --top 1' /dev/null`,
  );
  assertStringIncludes(said, "analyzer: Reading from the terminal; end with Ctrl-D");
  assertStringIncludes(said, "Requests  0");
});

Deno.test("analyzer.ts has colours on a terminal, and none under NO_COLOR or off it", async () => {
  const onTerminal = (environment: string) =>
    shell(`script -qec 'echo "" | ${environment} "$deno" run analyzer.ts' /dev/null`);
  assertStringIncludes(await onTerminal("env -u NO_COLOR"), "\x1b[1mHTTP log report");
  assert(!(await onTerminal("NO_COLOR=1")).includes("\x1b[1m"));
  assert(!(await shell('env -u NO_COLOR "$deno" run analyzer.ts </dev/null')).includes("\x1b["));
});

Deno.test("generator.ts --rate keeps to the clock, and holds no record back", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "generator.ts", "--count", "31", "--rate", "20"],
    cwd: PROJECT,
    stdout: "piped",
  }).spawn();
  const arrivals: number[] = [];
  for await (const chunk of child.stdout) {
    const lines = chunk.filter((byte) => byte === 0x0A).length;
    for (let i = 0; i < lines; i++) arrivals.push(performance.now());
  }
  await child.status;
  assertEquals(arrivals.length, 31);
  const span = arrivals.at(-1)! - arrivals[0]!;
  assert(span > 1350 && span < 3000, `31 records at 20 a second took ${span} ms`);
  const batches = new Set(arrivals.map((arrival) => Math.round(arrival / 10)));
  assert(batches.size > 10, "records come one by one, not when a buffer is full");
});

Deno.test("generator.ts --count inf takes no more memory as it goes on", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "generator.ts", "--count", "inf"],
    cwd: PROJECT,
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const peakAfter = async (bytes: number) => {
    for (let left = bytes; left > 0;) left -= (await reader.read()).value?.length ?? Infinity;
    const status = await Deno.readTextFile(`/proc/${child.pid}/status`);
    return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]);
  };
  const [early, late] = [await peakAfter(30_000_000), await peakAfter(400_000_000)];
  await reader.cancel();
  assertEquals((await child.status).code, 0);
  // The collector takes its time when the machine is busy; a tenth of what was written is a leak.
  assert(late - early < 40_000, `peak memory grew from ${early} to ${late} kB`);
});
