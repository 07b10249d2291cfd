import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { FORMATS } from "../../lib/formats/known_formats.ts";
import { runScript } from "../support/run_script.ts";

function analyzer(args: readonly string[], stdin = "") {
  return runScript("analyzer.ts", { args, stdin });
}

async function generate(format: string, count = 50): Promise<string> {
  return (await runScript("generator.ts", { args: ["-n", `${count}`, "-f", format] })).stdout;
}

Deno.test("--format list prints every format, who writes it and a line of it", async () => {
  const { code, stdout } = await analyzer(["-f", "list"]);
  assertEquals(code, 0);
  for (const { name, of, samples: [[line]] } of FORMATS) {
    assertStringIncludes(stdout, `${name} `);
    assertStringIncludes(stdout, `${of}\n`);
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

for (const { name } of FORMATS) {
  Deno.test(`generator.ts --format ${name} writes what --format auto reads`, async () => {
    const log = await generate(name);
    const { stdout, stderr, code } = await analyzer(["-o", "json"], log);
    const { input } = JSON.parse(stdout);
    assertEquals([code, input.records, input.rejected], [0, 50, 0], stderr);
    assert(log.startsWith(FORMATS.find((format) => format.name === name)!.header?.[0] ?? ""));
  });
}
