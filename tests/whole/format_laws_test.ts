import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { familyLogs } from "../support/families.ts";
import { runScript, type ScriptResult } from "../support/run_script.ts";
import { withFolder } from "../support/with_folder.ts";

/** So many requests make more than one part for threads, where lines do not depend on those before. */
const REQUESTS = 24_000;
const SEQUENTIAL_REQUESTS = 4000;

function analyze(
  args: readonly string[],
  stdin: string | Uint8Array<ArrayBuffer> = "",
): Promise<ScriptResult> {
  return runScript("analyzer.ts", { args: ["-o", "json", ...args], stdin, flags: ["-R"] });
}

/** What a run says, without the messages that name where a line stands. */
function told({ stdout, code }: ScriptResult): unknown {
  return { report: JSON.parse(stdout), code };
}

const LOGS = [
  ...familyLogs(REQUESTS).filter(({ isSequential }) => !isSequential),
  ...familyLogs(SEQUENTIAL_REQUESTS).filter(({ isSequential }) => isSequential),
];

for (const { name, lines, requests, isSequential } of LOGS) {
  Deno.test(`${name}: threads, pipes, plain reading and merged parts make no difference`, () =>
    withFolder(async (folder) => {
      const write = async (file: string, part: readonly string[]) => {
        const path = join(folder, file);
        await Deno.writeTextFile(path, part.map((line) => `${line}\n`).join(""));
        return path;
      };
      const path = await write("access.log", lines);
      const alone = await analyze(["-j", "1", path]);
      const { input } = JSON.parse(alone.stdout);
      assertEquals(input.records, requests);
      assert(isSequential || input.bytes > 2 ** 21, "it is more than one part");

      for (const jobs of ["2", "4"]) {
        assertEquals(await analyze(["-j", jobs, path]), alone);
        assertEquals(await analyze(["-j", jobs, "--no-scan", path]), alone);
      }
      const bytes = await Deno.readFile(path);
      for (const args of [[], ["-j", "2"], ["-j", "1", "--no-scan"]]) {
        assertEquals(told(await analyze(args, bytes)), told(alone));
      }

      // A log whose lines depend on those before is merged with another, others are cut anywhere.
      const middle = isSequential ? lines.length : Math.floor(lines.length / 3);
      const parts = [lines.slice(0, middle), isSequential ? lines : lines.slice(middle)];
      const paths: readonly string[] = await Promise.all(
        parts.map((part, i) => write(`${i}.log`, part)),
      );
      const states = await Promise.all(
        paths.map((path, i) =>
          runScript("analyzer.ts", { args: ["--partial", "--shard", `${i}`, path], flags: ["-R"] })
        ),
      );
      const merged = await analyze(["--merge"], states.map(({ stdout }) => stdout).join(""));
      assertEquals(told(merged), told(await analyze(["-j", "1", ...paths])));
    }));
}

Deno.test("--client first and last, and --assume-tz, count as a naive reading does", async () => {
  const minutes = Array.from({ length: 300 }, (_, i) => i);
  const clientsOf = (i: number) => [`203.0.113.${i % 7}`, `192.0.2.${i % 5}`] as const;
  const lines = minutes.map((i) => {
    const clock = `${String(Math.floor(i / 60)).padStart(2, "0")}:${
      String(i % 60).padStart(2, "0")
    }`;
    return `${clientsOf(i).join(", ")} - - [25/Nov/2026:${clock}:00] "GET /a HTTP/1.1" 200 5`;
  });
  const naive = (place: 0 | 1) => {
    const counts = new Map<string, number>();
    for (const i of minutes) {
      const client = clientsOf(i)[place];
      counts.set(client, (counts.get(client) ?? 0) + 1);
    }
    return Object.fromEntries([...counts].toSorted());
  };
  const log = lines.map((line) => `${line}\n`).join("");
  for (const [args, place] of [[[], 0], [["--client", "last"], 1]] as const) {
    for (const [zone, first] of [["Z", "00:00"], ["+02:00", "-02:00"], ["-05:30", "05:30"]]) {
      const { stdout } = await analyze([...args, `--assume-tz=${zone}`], log);
      const { clients, input } = JSON.parse(stdout);
      const found = clients.top.map(({ ip, requests }: { ip: string; requests: number }) => [
        ip,
        requests,
      ]);
      assertEquals(Object.fromEntries(found.toSorted()), naive(place));
      assertEquals(input.assumed_zone, minutes.length);
      const expected = first!.startsWith("-") ? "2026-11-24T22:00" : `2026-11-25T${first}`;
      assertEquals(input.first_timestamp, `${expected}:00.000000Z`);
    }
  }
});
