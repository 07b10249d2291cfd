import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { benchPeers } from "./peers.ts";
import { contestants } from "./peers/contestants.ts";
import { type Measured, median, ratios, renderTable } from "./peers/render_table.ts";
import { assertSameAnswers } from "./peers/same_answers.ts";

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
