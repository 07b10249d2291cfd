import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { runScript } from "../support/run_script.ts";
import { withFolder } from "../support/with_folder.ts";

const RECORD = '{"method":"GET","endpoint":"/a","status_code":"200","ip":"192.0.2.1",' +
  '"response_time":5,"timestamp":"2025-12-24T00:00:00"}';

Deno.test("--rejects writes every rejected line, in order, and the counts agree everywhere", async () => {
  await withFolder(async (folder) => {
    const [log, rejects] = [join(folder, "a.ndjson"), join(folder, "rejects.ndjson")];
    await Deno.writeTextFile(log, `${RECORD}\nnot JSON \u2028\n\n${"x".repeat(5000)}\n[]\n`);
    const stdin = Uint8Array.of(0x7B, 0xFF, 0x7D, 0x0D, 0x0A, 0x22, 0x00, 0x22);
    await Deno.writeTextFile(rejects, "what was there before\n".repeat(100));

    const { code, stdout, stderr } = await runScript("analyzer.ts", {
      flags: ["-R", `-W=${rejects}`],
      args: ["-o", "json", "--rejects", rejects, log, "-"],
      stdin,
    });
    assertEquals(code, 0);
    const written = (await Deno.readTextFile(rejects)).trimEnd().split("\n")
      .map((line) => JSON.parse(line));
    assertEquals(written, [
      {
        input: log,
        line: 2,
        reason: "not_json",
        bytes: 12,
        text: "not JSON \u2028",
        truncated: false,
      },
      {
        input: log,
        line: 4,
        reason: "not_json",
        bytes: 5000,
        text: "x".repeat(4096),
        truncated: true,
      },
      { input: log, line: 5, reason: "not_object", bytes: 2, text: "[]", truncated: false },
      {
        input: "<stdin>",
        line: 1,
        reason: "not_json",
        bytes: 3,
        text: "{\uFFFD}",
        truncated: false,
      },
      {
        input: "<stdin>",
        line: 2,
        reason: "not_json",
        bytes: 3,
        text: '"\0"',
        truncated: false,
      },
    ]);
    const { rejected, rejected_by_reason } = JSON.parse(stdout).input;
    assertEquals(rejected, written.length);
    assertEquals(rejected_by_reason, { not_json: 4, not_object: 1 });
    assert(stderr.startsWith("analyzer: Rejected 5 of 7 lines: 4 not JSON"), stderr);
  });
});

Deno.test("--rejects writes long lines and many of them", async () => {
  await withFolder(async (folder) => {
    const rejects = join(folder, "rejects.ndjson");
    const lines = Array.from({ length: 3000 }, (_, i) => `${i} ${"é".repeat(i % 90)}`);
    const { stdout } = await runScript("analyzer.ts", {
      flags: [`-W=${rejects}`],
      args: ["-o", "json", "--max-line", "150", "--rejects", rejects],
      stdin: lines.join("\n"),
    });
    const written = (await Deno.readTextFile(rejects)).trimEnd().split("\n")
      .map((line) => JSON.parse(line));
    assertEquals(written.map(({ text }) => text), lines);
    assertEquals(written.map(({ line }) => line), lines.map((_, i) => i + 1));
    const tooLong = written.filter(({ reason }) => reason === "line_too_long");
    assert(tooLong.length > 100 && tooLong.every(({ bytes }) => bytes > 150));
    assertEquals(JSON.parse(stdout).input.rejected_by_reason.line_too_long, tooLong.length);
  });
});

Deno.test("--rejects is empty when no line was rejected", async () => {
  await withFolder(async (folder) => {
    const rejects = join(folder, "rejects.ndjson");
    await Deno.writeTextFile(rejects, "old\n");
    const flags = [`-W=${rejects}`];
    await runScript("analyzer.ts", { flags, args: ["--rejects", rejects], stdin: RECORD });
    assertEquals(await Deno.readTextFile(rejects), "");
  });
});

Deno.test("--rejects does not overwrite what is to be read", async () => {
  await withFolder(async (folder) => {
    const log = join(folder, "a.ndjson");
    await Deno.writeTextFile(log, RECORD);
    const link = join(folder, "link");
    await Deno.symlink(log, link);
    for (const rejects of [log, link]) {
      const result = await runScript("analyzer.ts", {
        flags: ["-R", "-W"],
        args: ["--rejects", rejects, log],
      });
      const stderr = `analyzer: Cannot write ${rejects}: it is one of the inputs\n`;
      assertEquals(result, { code: 1, stdout: "", stderr });
    }
    assertEquals(await Deno.readTextFile(log), RECORD);
  });
});

Deno.test("--rejects that cannot be written is told before any work, or after the report", async () => {
  const run = (flags: readonly string[], path: string) =>
    runScript("analyzer.ts", { flags, args: ["--rejects", path], stdin: `${RECORD}\noops\n` });
  const denied = await run([], "rejects.ndjson");
  assertEquals(denied, {
    code: 1,
    stdout: "",
    stderr: "analyzer: Cannot write rejects.ndjson: run with -W=rejects.ndjson\n",
  });
  const missing = await run(["-W"], "/no/such/folder/rejects");
  assertEquals([missing.code, missing.stdout], [1, ""]);
  const full = await run(["-A"], "/dev/full");
  assertEquals(full.code, 1);
  assert(full.stdout.includes("Requests  1    ok"));
  assert(full.stderr.startsWith("analyzer: Cannot write /dev/full: No space left on device"));
});

Deno.test("--max-rejected and --strict let so many pass, and fail after the report on more", async () => {
  const stdin = `${RECORD}\n`.repeat(97) + "oops\n".repeat(3);
  const cases: readonly (readonly [args: readonly string[], code: number])[] = [
    [[], 0],
    [["--strict"], 1],
    [["--max-rejected", "0"], 1],
    [["--max-rejected", "2"], 1],
    [["--max-rejected", "3"], 0],
    [["--max-rejected", "2.9%"], 1],
    [["--max-rejected", "3%"], 0],
    [["--max-rejected", "50%", "--strict"], 1],
  ];
  for (const [args, expected] of cases) {
    const { code, stdout, stderr } = await runScript("analyzer.ts", { args, stdin });
    assertEquals(code, expected, args.join(" "));
    assert(stdout.includes("Requests  97    ok"));
    assertEquals(stderr.includes("Rejected more lines than"), expected === 1);
  }
  const clean = await runScript("analyzer.ts", { args: ["--strict"], stdin: `${RECORD}\n` });
  assertEquals([clean.code, clean.stderr], [0, ""]);
});
