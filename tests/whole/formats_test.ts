import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { COLUMN_FORMATS } from "../../lib/formats/columns/column_formats.ts";
import { NAMED_FORMATS } from "../../lib/formats/known_formats.ts";
import { runScript } from "../support/run_script.ts";
import { withFolder } from "../support/with_folder.ts";
import { join } from "@std/path";

function analyzer(args: readonly string[], stdin = "") {
  return runScript("analyzer.ts", { args, stdin });
}

async function generate(format: string, count = 50): Promise<string> {
  return (await runScript("generator.ts", { args: ["-n", `${count}`, "-f", format] })).stdout;
}

Deno.test("--format list prints every format, who writes it and a line of it", async () => {
  const { code, stdout } = await analyzer(["-f", "list"]);
  assertEquals(code, 0);
  for (const { name, of, samples: [[line]] } of NAMED_FORMATS) {
    assertStringIncludes(stdout, `${name}: ${of}\n`);
    assertStringIncludes(stdout, `    ${line}\n`);
  }
  const ofGenerator = await runScript("generator.ts", { args: ["--format", "list"] });
  assertEquals(ofGenerator.stdout, stdout);
});

Deno.test("--format NAME reads lines of that format alone", async () => {
  const log = await generate("ndjson", 2) + await generate("combined", 3);
  const countsOf = async (...args: string[]) => {
    const { input } = JSON.parse((await analyzer(["-o", "json", ...args], log)).stdout);
    return [input.records, input.rejected, input.rejected_by_reason];
  };
  assertEquals(await countsOf(), [5, 0, {}]);
  assertEquals(await countsOf("-f", "auto"), [5, 0, {}]);
  assertEquals(await countsOf("-f", "combined"), [3, 2, { no_match: 2 }]);
  assertEquals(await countsOf("-f", "ndjson"), [2, 3, { no_match: 3 }]);
  assertEquals(await countsOf("-f", "ndjson", "-f", "combined"), [5, 0, {}]);
});

Deno.test("--format with a name that there is not is misuse, and suggests the nearest", async () => {
  const { code, stdout, stderr } = await analyzer(["-f", "combind"]);
  assertEquals([code, stdout], [2, ""]);
  assertEquals(
    stderr,
    'analyzer: Cannot use --format "combind": there is no such format, did you mean combined?\n',
  );
  const far = await runScript("generator.ts", { args: ["-f", "nothing at all"] });
  assertEquals([far.code, far.stdout], [2, ""]);
  assertStringIncludes(far.stderr, "there is no such format, --format list shows all");
});

for (const { name } of NAMED_FORMATS) {
  Deno.test(`generator.ts --format ${name} writes what --format auto reads`, async () => {
    const log = await generate(name);
    const { stdout, stderr, code } = await analyzer(["-o", "json"], log);
    const { input } = JSON.parse(stdout);
    assertEquals([code, input.records, input.rejected], [0, 50, 0], stderr);
    assert(log.startsWith(NAMED_FORMATS.find((format) => format.name === name)!.header?.[0] ?? ""));
  });
}

Deno.test("analyzer.ts --jobs counts formats and requests without client the same for any number", () =>
  withFolder(async (folder) => {
    const path = join(folder, "mixed.log");
    const own = (await generate("ndjson", 20_000)).replaceAll("142.250.72.198", "-");
    const others = (await generate("combined", 20_000)).replaceAll("142.250.72.198", "-");
    await Deno.writeTextFile(path, `${own}${others}oops\n${own}`);
    const run = (args: readonly string[], stdin: Uint8Array<ArrayBuffer> | "" = "") =>
      runScript("analyzer.ts", { args: ["-o", "json", ...args], stdin, flags: ["-R"] });
    const alone = await run(["-j", "1", path]);
    const { input, clients } = JSON.parse(alone.stdout);
    assert(input.without_client > 1000);
    assert(clients.top.every(({ ip }: { ip: string }) => ip !== "-"));
    assertEquals(
      clients.top.reduce((sum: number, { requests }: { requests: number }) => sum + requests, 0),
      input.records - input.without_client,
    );
    assertStringIncludes(
      alone.stderr,
      "analyzer: Read 40000 lines of ndjson, 20000 of combined\n" +
        "analyzer: Left out: combined has no response times\n",
    );
    const piped = await run(["-j", "1"], await Deno.readFile(path));
    for (const jobs of ["2", "4"]) {
      assertEquals(await run(["-j", jobs, path]), alone);
      assertEquals(await run(["-j", jobs, "--no-scan", path]), alone);
      assertEquals(await run(["-j", jobs], await Deno.readFile(path)), piped);
    }
  }));

Deno.test("analyzer.ts prints no page of zeros for people, but the report for programs", async () => {
  const people = await analyzer([], "oops\n");
  assertEquals([people.code, people.stdout], [1, ""]);
  assertStringIncludes(people.stderr, "Rejected 1 of 1 line");
  const programs = await analyzer(["-o", "json"], "oops\n");
  assertEquals([programs.code, JSON.parse(programs.stdout).input.rejected], [1, 1]);
  assertEquals(programs.stderr, people.stderr);
  const nothing = await analyzer([], "\n");
  assertEquals(nothing.code, 0);
  assertStringIncludes(nothing.stdout, "HTTP log report");
});

Deno.test("a report on a minority of lines begins with one line that says so", async () => {
  const { stdout, code } = await analyzer([], `${await generate("combined", 2)}a\nb\nc\n`);
  const [warning, blank, head] = stdout.split("\n", 3);
  assertEquals([warning, blank], ["Most lines were rejected: 3 of 5 lines", ""]);
  assert(head!.startsWith("HTTP log report  "));
  assertEquals(code, 0);
  const half = await analyzer([], `${await generate("combined", 2)}a\nb\n`);
  assert(half.stdout.startsWith("HTTP log report"));
});

Deno.test("lines that depend on a header are read the same by any number of threads", () =>
  withFolder(async (folder) => {
    const path = join(folder, "u_ex.log");
    const [format] = COLUMN_FORMATS;
    const [own, combined] = [await generate("ndjson", 2), await generate("combined", 2)];
    await Deno.writeTextFile(
      path,
      `\n${await generate(format!.name, 40_000)}${own}oops\n${combined}`,
    );
    const run = (args: readonly string[], stdin: Uint8Array<ArrayBuffer> | "" = "") =>
      runScript("analyzer.ts", { args: ["-o", "json", ...args], stdin, flags: ["-R"] });
    const alone = await run(["-j", "1", path]);
    const { input } = JSON.parse(alone.stdout);
    assert(input.bytes > 2 * 2 ** 20, "it is more than one block");
    assertEquals([input.records, input.rejected, input.context], [
      40_004,
      1,
      format!.header!.length,
    ]);
    assertStringIncludes(alone.stderr, `u_ex.log:${40_000 + format!.header!.length + 4})`);
    const piped = await run(["-j", "1"], await Deno.readFile(path));
    assertEquals(piped.stdout, alone.stdout);
    for (const jobs of ["2", "4"]) {
      assertEquals(await run(["-j", jobs, path]), alone);
      assertEquals(await run(["-j", jobs, path, path]), await run(["-j", "1", path, path]));
      assertEquals(await run(["-j", jobs], await Deno.readFile(path)), piped);
      assertEquals(
        await run(["-j", jobs, path, "-"], await Deno.readFile(path)),
        await run(["-j", "1", path, "-"], await Deno.readFile(path)),
      );
    }
  }));
