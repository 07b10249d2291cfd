import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { findInputs } from "../../lib/cli/reading/inputs.ts";
import { Problems } from "../../lib/cli/reading/problems.ts";
import { analyzeInParallel } from "../../lib/cli/threads/analyze_in_parallel.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { makeStop } from "../support/make_stop.ts";
import { PROJECT, runScript, startScript } from "../support/run_script.ts";
import { lineOf } from "../support/schema_cases.ts";
import { withFolder } from "../support/with_folder.ts";

const RECORD = `${lineOf({})}\n`;
const SETTINGS = {
  windowUs: 60_000_000,
  suspiciousOver: 25,
  maxLineBytes: 2 ** 20,
  isScanning: true,
  jobs: 2,
};

/** Runs a line of shell in a folder, with `$deno` and `$project`; gives what it wrote to both streams. */
async function shell(line: string, folder = PROJECT): Promise<string> {
  const { stdout } = await new Deno.Command("bash", {
    args: ["-c", `{ ${line}; } 2>&1`],
    cwd: folder,
    env: { deno: Deno.execPath(), project: PROJECT, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout);
}

function manyEndpoints(): string {
  return Array.from({ length: 5000 }, (_, i) => `${lineOf({ endpoint: `/${i}` })}\n`).join("");
}

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
  Deno.test(`a first ${signal} while the report is written lets it end, exit ${code}`, async () => {
    const child = startScript("analyzer.ts", { args: ["-o", "json"] });
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(manyEndpoints()));
    await writer.close();
    const reader = child.stdout.getReader();
    const first = await reader.read();
    child.kill(signal);
    // The report of 5,000 endpoints does not fit into a pipe: it is being written until it is read on.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const chunks = [first.value!];
    for (let next; (next = await reader.read()).done === false;) chunks.push(next.value);
    const report = JSON.parse(await new Blob(chunks).text());
    assertEquals(report.endpoints.length, 5000);
    assertEquals((await child.status).code, code);
    await child.stderr.cancel();
  });
}

Deno.test("two SIGHUPs of one hangup do not cut the report", async () => {
  const child = startScript("analyzer.ts", { args: ["-o", "json"] });
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(manyEndpoints()));
  child.kill("SIGHUP");
  child.kill("SIGHUP");
  const { code, stdout } = await child.output();
  assertEquals(code, 129);
  assert(JSON.parse(new TextDecoder().decode(stdout)).total_requests > 0);
  await writer.close().catch(() => {});
});

Deno.test("a report after a signal adds up while input flows", async () => {
  const child = startScript("analyzer.ts", { args: ["-o", "json"] });
  const lines = new TextEncoder().encode(manyEndpoints());
  const writer = child.stdin.getWriter();
  const feeding = (async () => {
    while (true) await writer.write(lines);
  })().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 700));
  child.kill("SIGTERM");
  const { code, stdout } = await child.output();
  await feeding;
  assertEquals(code, 143);
  const report = JSON.parse(new TextDecoder().decode(stdout));
  const sum = (rows: Record<string, number>[], name: string) =>
    rows.reduce((sum, row) => sum + row[name]!, 0);
  assertEquals(sum(report.endpoints, "requests"), report.total_requests);
  assertEquals(sum(report.timeline, "total_requests"), report.total_requests);
  assertEquals(report.statuses["200"], report.total_requests);
});

Deno.test("--rejects refuses the file that is stdin, stdout or stderr, and leaves it as it is", () =>
  withFolder(async (folder) => {
    const log = `${RECORD}oops\n`, file = join(folder, "log");
    const run = '"$deno" run -W "$project/analyzer.ts" --rejects';
    await Deno.writeTextFile(file, log);
    await Deno.link(file, join(folder, "linked"));
    for (const name of ["log", "linked"]) {
      const said = await shell(`${run} ${name} < log; echo "exit $?"`, folder);
      assertEquals(said, `analyzer: Cannot write ${name}: it is stdin\nexit 1\n`);
      assertEquals(await Deno.readTextFile(file), log);
    }
    assertStringIncludes(
      await shell(`${run} out < log > out; echo "exit $?"`, folder),
      "analyzer: Cannot write out: it is stdout\nexit 1\n",
    );
    await shell(`${run} err < log 2> err`, folder);
    assertEquals(
      await Deno.readTextFile(join(folder, "err")),
      "analyzer: Cannot write err: it is stderr\n",
    );
    assertStringIncludes(await shell(`${run} other < log; cat other`, folder), '"oops"');
  }));

Deno.test("a reader who leaves early changes neither messages nor exit code", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "log"), `${manyEndpoints()}oops\n`);
    const run = '"$deno" run -R "$project/analyzer.ts" --strict -o json log';
    const whole = await shell(`${run} > /dev/null; echo "exit $?"`, folder);
    assertStringIncludes(whole, "exit 1");
    const early = await shell(
      `${run} | head -1 > /dev/null; echo "exit \${PIPESTATUS[0]}"`,
      folder,
    );
    assertEquals(early, whole);
  }));

Deno.test("a full stderr costs neither the report nor the exit code", async () => {
  const run = `printf 'oops\\n${RECORD.trimEnd()}\\n' | "$deno" run analyzer.ts`;
  for (const [options, code] of [["", 0], ["--strict", 1]] as const) {
    const said = await shell(`${run} ${options} 2> /dev/full; echo "exit $?"`);
    assertStringIncludes(said, "Requests  1    ok");
    assertStringIncludes(said, `exit ${code}\n`);
  }
  assertStringIncludes(await shell(`${run} --partial 2> /dev/full`), '{"state":"http-log-state/2"');
});

Deno.test("what the system refuses is one line", () =>
  withFolder(async (folder) => {
    const socket = Deno.listen({ transport: "unix", path: join(folder, "socket") });
    const cases: readonly (readonly [name: string, message: string])[] = [
      ["", 'Cannot read "": expected the path of a file, or - for stdin'],
      [join(folder, "socket"), "it is a socket, not a file"],
      [folder, "it is a directory, not a file"],
      [join(folder, "none"), "there is no such file"],
      ["x".repeat(300), "File name too long (os error 36)"],
      ["/proc/cpuinfo", "run with -A, or use < /proc/cpuinfo"],
    ];
    for (const [name, message] of cases) {
      const { code, stderr } = await runScript("analyzer.ts", { flags: ["-R"], args: [name] });
      assertEquals([code, stderr.endsWith(`${message}\n`)], [1, true], stderr);
      assertEquals(stderr.split("\n").length, 2);
    }
    socket.close();
    // A limit on the size of files whose signal is ignored, as Python and others have it.
    const limited = "trap '' XFSZ; ulimit -f 10;";
    const said = await shell(`${limited} "$deno" run generator.ts > ${folder}/log; echo "exit $?"`);
    assertEquals(said, "generator: Cannot write to stdout: File too large (os error 27)\nexit 1\n");
  }));

Deno.test("with threads a file that was replaced is read as it was opened", () =>
  withFolder(async (folder) => {
    const path = join(folder, "log");
    const [input] = await writeLog(path, "/old");
    const stop = makeStop(), problems = new Problems(undefined);
    // The file is replaced once it was cut, before its ranges are read.
    const restore = replaceWhenCut(async () => {
      await Deno.rename(path, join(folder, "log.1"));
      await writeLog(path, "/new-and-longer");
    });
    try {
      const analysis = await analyzeInParallel([input!], SETTINGS, { problems, stop });
      assertEquals([analysis.lines.records(), analysis.lines.rejected()], [40_000, 0]);
      assertEquals(problems.toParts().failures, []);
      // All of them are of the file as it was opened.
      const [endpoint] = toReport(analysis).endpoints;
      assertEquals([endpoint!.endpoint, endpoint!.requests], ["/old", 40_000]);
    } finally {
      restore();
    }
  }));

Deno.test("with threads a file that was cut is read whole, or what is missing is told", () =>
  withFolder(async (folder) => {
    const path = join(folder, "log");
    const [input] = await writeLog(path, "/old");
    const stop = makeStop(), problems = new Problems(undefined);
    const restore = replaceWhenCut(() => Deno.writeTextFile(path, RECORD));
    try {
      const analysis = await analyzeInParallel([input!], SETTINGS, { problems, stop });
      const { failures } = problems.toParts(), { lines } = analysis;
      // Whether some of it was read by then is for the system to decide.
      if (failures.length === 0) assertEquals([lines.records(), lines.rejected()], [1, 0]);
      else assert(failures.every((failure) => failure.includes("it was cut while it was read")));
    } finally {
      restore();
    }
  }));

/** Does something once a file was cut into ranges, before a worker gets the one that it is to read. */
function replaceWhenCut(replace: () => Promise<unknown>): () => void {
  const post = Worker.prototype.postMessage;
  let isDone = false;
  Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
    const message = args[0] as { kind: string };
    if (message.kind === "task" && !isDone) {
      isDone = true;
      replace().then(() => Reflect.apply(post, this, args));
    } else if (message.kind === "finish" && isDone) {
      // Behind the task.
      setTimeout(() => Reflect.apply(post, this, args), 300);
    } else {
      Reflect.apply(post, this, args);
    }
  } as typeof post;
  return () => {
    Worker.prototype.postMessage = post;
  };
}

async function writeLog(path: string, endpoint: string) {
  await Deno.writeTextFile(path, `${lineOf({ endpoint })}\n`.repeat(40_000));
  return await findInputs([path]);
}
