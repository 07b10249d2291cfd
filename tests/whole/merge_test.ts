import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { Random } from "../../lib/traffic/random.ts";
import { PROJECT, runScript, startScript } from "../support/run_script.ts";
import { signText } from "../support/states.ts";

async function generate(seed: number, count = 2000): Promise<string[]> {
  const args = ["--count", String(count), "--seed", String(seed)];
  return (await runScript("generator.ts", { args })).stdout.trimEnd().split("\n");
}

function analyzer(line: string, stdin: string, flags: readonly string[] = []) {
  return runScript("analyzer.ts", { args: line === "" ? [] : line.split(" "), stdin, flags });
}

async function stateOf(lines: readonly string[], line = ""): Promise<string> {
  const { code, stdout, stderr } = await analyzer(
    `--partial ${line}`.trim(),
    lines.map((text) => `${text}\n`).join(""),
  );
  assertEquals([code, stderr], [0, ""]);
  return stdout;
}

async function refuse(states: string, message: string, line = "--merge"): Promise<void> {
  const { code, stdout, stderr } = await analyzer(line, states);
  assertEquals([code, stdout], [1, ""], message);
  assertStringIncludes(stderr, message);
}

Deno.test("--merge gives the bytes of a single pass, however the log was split and states merged", async () => {
  const random = Random.fromSeed(2);
  const lines = [...await generate(1), "oops", "", ...await generate(2, 500)];
  const log = lines.map((line) => `${line}\n`).join("");
  for (const settings of ["", "--window 5m --suspicious 3"]) {
    const parts = Array.from({ length: 5 }, (): string[] => []);
    for (const line of lines) parts[random.below(parts.length)]!.push(line);
    const states = await Promise.all(
      parts.map(async (part) => {
        const text = part.map((line) => `${line}\n`).join("");
        return (await analyzer(`--partial ${settings}`.trim(), text)).stdout;
      }),
    );
    assertEquals(states.map((state) => state.split("\n").length), parts.map(() => 2));
    while (states.length > 2) {
      const [one] = states.splice(random.below(states.length), 1);
      const [other] = states.splice(random.below(states.length), 1);
      const merged = await analyzer("--merge --partial", one! + other!);
      states.push(merged.stdout);
    }
    for (const output of ["-o json", "--top 3"]) {
      const single = await analyzer(`${settings} ${output}`.trim(), log);
      const merged = await analyzer(`--merge ${output}`, states.reverse().join(""));
      assertEquals(merged.stdout, single.stdout);
      assertEquals([merged.code, merged.stderr], [0, "analyzer: Rejected 1 of 2502 lines\n"]);
    }
  }
});

Deno.test("--merge counts a shard once, and refuses another of its name", async () => {
  const [some, more] = [await generate(1, 50), await generate(2, 50)];
  const [a, b] = [await stateOf(some, "--shard a"), await stateOf(more, "--shard b")];
  const single = await analyzer("-o json", [...some, ...more].join("\n") + "\n");
  const merged = await analyzer("--merge -o json", a + b + a + b.trimEnd());
  assertEquals(merged.stdout, single.stdout);
  const both = (await analyzer("--merge --partial", b + a)).stdout;
  assertEquals((await analyzer("--merge --partial", a + b)).stdout, both);
  assertEquals((await analyzer("--merge -o json", both + both)).stdout, single.stdout);
  const other = await stateOf(more, "--shard a");
  await refuse(a + other, '<stdin>:2: shard "a" was there before');
  await refuse(both + a, '<stdin>:2: shard "a" was there before');
  const unnamed = await stateOf(some);
  const twice = await analyzer("--merge -o json", unnamed + unnamed);
  assertEquals(JSON.parse(twice.stdout).total_requests, 100);
});

Deno.test("--merge accepts what nothing was read from, and what engines add", async () => {
  const [full, empty] = [await stateOf(await generate(1, 50)), await stateOf([])];
  const merged = await analyzer("--merge -o json", `${empty.trimEnd()}\t\r\n${full}${empty}`);
  assertEquals(merged.stdout, (await analyzer("--merge -o json", full)).stdout);
  const nothing = await analyzer("--merge -o json", empty);
  assertEquals(nothing, await analyzer("-o json", ""));
});

Deno.test("--merge prints nothing if a state is cut, changed, of another kind, or not there", async () => {
  const state = await stateOf(await generate(1, 50));
  const cases: readonly (readonly [states: string, message: string])[] = [
    ["", "no state was read, expected one a line"],
    [`${state}\n${state}`, "<stdin>:2: it is empty"],
    [state + state.slice(0, 500), "<stdin>:2: it is cut off"],
    [state + state.replace('"records":50', '"records":51'), "<stdin>:2: its checksum is wrong"],
    [state.replace("state/2", "state/1"), "<stdin>:1: it is of format http-log-state/1, and only"],
    [`{"method":"GET"}\n`, "<stdin>:1: it is no state"],
    [
      state + await stateOf([], "--window 5m"),
      "<stdin>:2: its window is 5m, that of the states before 1m; only states of equal",
    ],
    [
      state + await stateOf([], "--max-pairs 7"),
      "<stdin>:2: its max_pairs is 7, that of the states before 1000000",
    ],
    [
      state + await stateOf([], "--client last"),
      "<stdin>:2: its client is last, that of the states before first",
    ],
  ];
  await Promise.all(cases.map(([states, message]) => refuse(states, message)));
});

Deno.test("--merge prints nothing if a state says what no log does, whatever its checksum", async () => {
  const state = await stateOf(await generate(1, 50));
  const sign = (text: string) => {
    const { checksum: _, ...members } = JSON.parse(text);
    return `${new TextDecoder().decode(signText(JSON.stringify(members).slice(0, -1)))}\n`;
  };
  assertEquals(sign(state), state);
  const cases: readonly (readonly [part: RegExp, other: string, message: string])[] = [
    [
      /"worst":\{"missing":0,"numbers":\[\d+/,
      '"worst":{"missing":0,"numbers":[9e15',
      "windows.worst",
    ],
    [
      /("timeline":.*"indexes":\[)\d+/,
      "$19e15",
      "timeline: expected windows within the span, not 9000",
    ],
    [/"records":50/, '"records":51', "outcomes: expected 51 requests, one a record, not 50"],
    [/"span":\[\d+/, '"span":[-9007199254740991', "span: expected times within all dates"],
  ];
  await Promise.all(cases.map(async ([part, other, message]) => {
    const changed = state.replace(part, other);
    await refuse(state + sign(changed), `analyzer: Cannot merge <stdin>:2: Cannot read ${message}`);
  }));
});

Deno.test("--expect fails where a shard is missing, short or not expected", async () => {
  const log = await generate(1, 50);
  const bytes = log.join("\n").length + 1;
  const [a, b] = [await stateOf(log, "--shard a"), await stateOf(log, "--shard b/2")];
  assertEquals((await analyzer("--merge --expect 2", a + b)).code, 0);
  assertEquals((await analyzer("--merge --expect 2", a + await stateOf(log))).code, 0);
  await refuse(a + b, "expected 3 shards, found 2", "--merge --expect 3");
  await refuse(a + a, "expected 2 shards, found 1", "--merge --partial --expect 2");

  const manifest = await Deno.makeTempFile();
  try {
    const check = async (text: string, states: string) => {
      await Deno.writeTextFile(manifest, text);
      return await analyzer(`--merge --expect ${manifest}`, states, ["-R"]);
    };
    const listed = `a\t${bytes}\r\nb/2\n`;
    assertEquals((await check(listed, b + a)).code, 0);
    const cases: readonly (readonly [manifest: string, states: string, message: string])[] = [
      [listed, a, 'Cannot merge: shard "b/2" is missing'],
      [`a\t${bytes + 1}\nb/2\n`, a + b, `shard "a" has ${bytes} bytes instead of ${bytes + 1}`],
      [`a\n`, a + b, 'shard "b/2" was not expected'],
      [listed, a + b + await stateOf(log), "1 without a name were not expected"],
      ["a\tmany\n", a, ":1: expected ID, or ID, TAB and bytes"],
      ["a\nb\na\n", a, `:3: shard "a" is there twice`],
      ["\n", a, "it names no shard"],
    ];
    for (const [text, states, message] of cases) {
      const { code, stdout, stderr } = await check(text, states);
      assertEquals([code, stdout], [1, ""], message);
      assertStringIncludes(stderr, message);
    }
  } finally {
    await Deno.remove(manifest);
  }
  await refuse(a, "run with -R=gone.tsv", "--merge --expect gone.tsv");
});

Deno.test("--partial prints nothing after an input that cannot be read to its end", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const log = new TextEncoder().encode((await generate(1, 5000)).join("\n"));
    const stream = new Blob([log]).stream().pipeThrough(new CompressionStream("gzip"));
    const whole = new Uint8Array(await new Response(stream).arrayBuffer());
    const path = join(folder, "cut.gz");
    await Deno.writeFile(path, whole.subarray(0, whole.length - 100));
    const { code, stdout, stderr } = await analyzer(`--partial ${path}`, "", ["-R"]);
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, "ends too early");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("--partial with too many rejected lines prints nothing, with few or all rejected a state", async () => {
  const strict = await analyzer("--partial --strict", "oops\n");
  assertEquals([strict.code, strict.stdout], [1, ""]);
  const all = await analyzer("--partial", "oops\n");
  assertEquals(all.code, 0);
  const merged = await analyzer("--merge", all.stdout);
  assertEquals(merged.code, 1);
  assertStringIncludes(merged.stderr, "Rejected 1 of 1 line");
  assertEquals((await analyzer("--merge --strict", all.stdout)).code, 1);
});

Deno.test("options that would do nothing are refused", async () => {
  const cases: readonly (readonly [line: string, message: string])[] = [
    ["--partial -o json", "Cannot use --output with --partial: it prints a state"],
    ["--partial --percentiles 50", "Cannot use --percentiles with --partial"],
    ["--merge --window 5m", "Cannot use --window with --merge: it is for reading logs"],
    ["--merge --partial --shard a", "Cannot use --shard with --merge"],
    ["--expect 3", "Cannot use --expect without --merge"],
    ["--shard a", "Cannot use --shard without --partial"],
    ["--partial --shard=", "Cannot use --shard without a value: expected a name"],
    ["--merge --expect 0", 'Cannot use --expect "0": expected a positive integer'],
  ];
  for (const [line, message] of cases) {
    const { code, stdout, stderr } = await analyzer(line, "");
    assertEquals([code, stdout], [2, ""], line);
    assertStringIncludes(stderr, message);
  }
});

for (const mode of ["--partial", "--merge", "--merge --partial"]) {
  Deno.test({
    name: `${mode} prints nothing when it is ended by a signal`,
    ignore: Deno.build.os === "windows",
    async fn() {
      const child = startScript("analyzer.ts", { args: mode.split(" ") });
      const writer = child.stdin.getWriter();
      const first = mode === "--partial" ? await generate(1, 100) : [(await stateOf([])).trimEnd()];
      await writer.write(new TextEncoder().encode(`${first.join("\n")}\n`));
      // Longer than it takes to start and to read that.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      child.kill("SIGTERM");
      const { code, stdout } = await child.output();
      await writer.close().catch(() => {});
      assertEquals([code, stdout.length], [143, 0]);
    },
  });
}

Deno.test("--partial fails if nobody reads the state", async () => {
  const log = (await generate(1, 5000)).join("\n");
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, log);
    const script = `"$0" run analyzer.ts --partial < "$1" | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await new Deno.Command("bash", {
      args: ["-c", script, Deno.execPath(), path],
      cwd: PROJECT,
    }).output();
    const decoder = new TextDecoder();
    assertEquals(decoder.decode(stdout), "1\n");
    assertStringIncludes(decoder.decode(stderr), "Cannot write to stdout: its reader has gone");
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("yesterday's state and today's log give today's state", async () => {
  const [yesterday, today] = [await generate(1, 300), await generate(2, 300)];
  const before = await stateOf(yesterday);
  const after = await analyzer("--merge --partial", before + await stateOf(today));
  const report = await analyzer("--merge -o json", after.stdout);
  const single = await analyzer("-o json", [...yesterday, ...today].join("\n") + "\n");
  assertEquals(report.stdout, single.stdout);
  assert(after.stdout.length < 2 * single.stdout.length + before.length);
});
