import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { withFolder } from "../support/with_folder.ts";
import { compare } from "./compare.ts";

const LOG = '192.0.2.7 - - [24/Dec/2025:00:00:00 +0000] "GET /a HTTP/1.1" 200 5\n' +
  '192.0.2.8 - - [24/Dec/2025:00:00:05 +0000] "GET /b HTTP/1.1" 503 5\nneither\n';

const ANSWER = {
  parsed_records: 2,
  rejected_lines: 1,
  failures_4xx: 0,
  failures_5xx: 1,
  busiest_path: { path: "/b", count: 1, tied: true },
  worst_window_60s: { start_epoch: 1_766_534_400, failed: 1 },
  ips_over_25_in_one_window: [],
  first_time: "2025-12-24T00:00:00Z",
  last_time: "2025-12-24T00:00:05Z",
};
const ALL = { logs: 1, cases: 1 };

function withLog(
  files: Readonly<Record<string, unknown>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "family"));
    for (const [name, content] of Object.entries(files)) {
      const text = typeof content === "string" ? content : JSON.stringify(content);
      await Deno.writeTextFile(join(folder, "family", name), text);
    }
    await use(folder);
  });
}

Deno.test("compare() agrees where every fact is the same", async () => {
  await withLog({ "a.log": LOG, "a.log.oracle.json": ANSWER }, async (folder) => {
    const { lines, isRight } = await compare(folder, { expected: [], least: ALL });
    assert(isRight);
    assertEquals(lines.length, 1);
    assertStringIncludes(lines[0]!, "1 of 1 logs agree");
  });
});

Deno.test("compare() names each fact that differs, and fails", async () => {
  const changes = {
    parsed_records: 3,
    rejected_lines: 0,
    failures_4xx: 1,
    failures_5xx: 0,
    busiest_path: { path: "/b", count: 1, tied: false },
    worst_window_60s: null,
    ips_over_25_in_one_window: [{ ip: "192.0.2.7", max: 26, windows: 1 }],
    first_time: null,
    last_time: "2025-12-24T00:00:06Z",
  };
  for (const [name, value] of Object.entries(changes)) {
    const answer = { ...ANSWER, [name]: value };
    await withLog({ "a.log": LOG, "a.log.oracle.json": answer }, async (folder) => {
      const { lines, isRight } = await compare(folder, { expected: [], least: ALL });
      assert(!isRight, name);
      assertStringIncludes(lines[0]!, "a.log: ");
      assert(!lines[0]!.includes("192.0.2.7"), "no address is shown");
    });
  }
});

Deno.test("compare() takes more requests as agreement where that is expected, and only then", async () => {
  const answer = { ...ANSWER, parsed_records: 1, rejected_lines: 2, failures_5xx: 0 };
  const rule = { log: "a.log", isMore: true, reason: "it is a request" };
  await withLog({ "a.log": LOG, "a.log.oracle.json": answer }, async (folder) => {
    assert((await compare(folder, { expected: [rule], least: ALL })).isRight);
    assert(!(await compare(folder, { expected: [], least: ALL })).isRight);
  });
  await withLog(
    { "a.log": LOG, "a.log.oracle.json": { ...answer, failures_4xx: 1 } },
    async (at) => {
      assert(!(await compare(at, { expected: [rule], least: ALL })).isRight);
    },
  );
});

Deno.test("compare() fails where an expected difference is gone", async () => {
  const expected = [{ log: "a.log", reason: "none any more" }];
  await withLog({ "a.log": LOG, "a.log.oracle.json": ANSWER }, async (folder) => {
    const { lines, isRight } = await compare(folder, { expected, least: ALL });
    assert(!isRight);
    assertStringIncludes(lines[0]!, "agrees, but a difference is expected");
  });
});

Deno.test("compare() asks for all of a small case but what is debatable", async () => {
  const wanted = {
    lines: 3,
    records: 2,
    statuses: { 503: 1, 200: 1 },
    rejected_lines: [{ line: 3 }],
    last_timestamp: "2025-12-24T00:00:05Z",
    client_list: ["192.0.2.8", "192.0.2.7"],
    debatable_fields: ["blank"],
    blank: 7,
  };
  await withLog({ "a.log": LOG, "a.expected.json": wanted }, async (folder) => {
    assert((await compare(folder, { expected: [], least: ALL })).isRight);
  });
  await withLog(
    { "a.log": LOG, "a.expected.json": { ...wanted, blank: 7, debatable_fields: [] } },
    async (at) => {
      const { lines, isRight } = await compare(at, { expected: [], least: ALL });
      assert(!isRight);
      assertEquals(lines[0], "a.log: blank 0, not 7");
    },
  );
});

Deno.test("compare() fails where there is nothing to compare", async () => {
  await withFolder(async (folder) => {
    assert(!(await compare(folder, { expected: [], least: ALL })).isRight);
  });
});
