import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { classicTraffic } from "../../lib/traffic/profiles/classic.ts";
import { encodeRecord } from "../../schema.ts";
import { benchPeers } from "./peers.ts";
import { contestants } from "./peers/contestants.ts";
import { judge } from "./peers/formats.ts";
import { type Measured, median, ratios, renderTable } from "./peers/render_table.ts";
import { assertSameAnswers } from "./peers/same_answers.ts";
import { writeCaddy } from "./peers/write_caddy.ts";

function measured(name: string, seconds: readonly number[], records = 100): Measured {
  const all = contestants({ deno: "deno", compiled: "c", duckdb: "d", records: 1 });
  const contestant = all.find((each) => each.name === name && each.input === "pipe")!;
  return { contestant, records, seconds, peakBytes: 3 * 2 ** 20 };
}

Deno.test("median() is the middle value", () => {
  assertEquals([median([3]), median([9, 1, 2]), median([4, 1, 2, 9])], [3, 2, 3]);
});

Deno.test("renderTable() compares round by round with DuckDB on the same kind of input", () => {
  const [own, duckdb] = [measured("analyzer", [1, 4]), measured("DuckDB, 2 threads", [2, 2], 200)];
  assertEquals(ratios(own, duckdb), [1, 0.25]);
  const [, , first, second] = renderTable([own, duckdb]).split("\n");
  assertEquals(first, "| analyzer | pipe | 40 | 0.63 (0.25–1.00) | 1.0 | 3 MiB | all |");
  assertStringIncludes(second!, "1.00 (1.00–1.00)");
  assertStringIncludes(renderTable([own]), "| – |");
});

Deno.test("renderTable() compares the analyzer with whoever had as many records", () => {
  const rows = [
    measured("analyzer", [1], 1000),
    measured("analyzer, fewer records", [2]),
    measured("jq", [50]),
  ];
  const [, , , , jq] = renderTable(rows).split("\n");
  assertStringIncludes(jq!, "| 2 | – | 25.0 |");
});

Deno.test("judge() says whether the analyzer is as fast as it must be, and nothing of who was missing", () => {
  const rows = [measured("analyzer", [2, 3, 2]), measured("DuckDB, 2 threads", [3, 3, 3])];
  const must = { one: "analyzer", other: "DuckDB, 2 threads", input: "pipe", what: "it" } as const;
  assertEquals(judge([{ ...must, least: 1.5 }, { ...must, least: 1.6 }], rows), [
    "- it: 1.50, must be 1.5: holds",
    "- it: 1.50, must be 1.6: MISSED",
  ]);
  assertEquals(judge([{ ...must, other: "nobody", least: 1 }], rows), []);
});

Deno.test("writeCaddy() writes a request as Caddy does", () => {
  const [record] = classicTraffic({ count: 1, seed: 1, startUs: 1_766_534_400_000_000 });
  const line = JSON.parse(writeCaddy(encodeRecord(record!), 2));
  assertEquals(line.request.uri, record!.endpoint);
  assertEquals(line.request.client_ip, record!.ip);
  assertEquals(line.status, record!.statusCode);
  assertEquals(Math.round(line.ts * 1e6), record!.timestampUs);
});

Deno.test("assertSameAnswers() fails where a figure differs", () => {
  assertThrows(() => assertSameAnswers("{}", "{}"));
});

Deno.test("benchPeers() prints a row for whoever takes part, and says who does not", async () => {
  const only = ["analyzer --jobs 1", "wc", "mawk", "nobody"];
  const table = await benchPeers({ records: 2000, rounds: 1, only });
  const rows = table.split("\n").filter((line) =>
    line.startsWith("| analyzer") || line.startsWith("| wc")
  );
  assertEquals(rows.length, 2);
  for (const row of rows) {
    const [, , , perSecond] = row.split("|");
    const figure = Number(perSecond!.replaceAll(",", ""));
    assert(figure > 100, row);
    assertAlmostEquals(figure, Math.round(figure));
  }
  assertStringIncludes(table, "Missing: compiled binaries, DuckDB");
});
