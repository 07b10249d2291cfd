import { assert, assertEquals } from "@std/assert";
import { Analysis } from "../../../lib/aggregates/analysis.ts";
import { Dates } from "../../../lib/report/renderers/dates.ts";
import { drawGraph, MOST_COLUMNS } from "../../../lib/report/renderers/graph.ts";
import { overTime } from "../../../lib/report/renderers/over_time.ts";
import { selectEndpoints, selectIps } from "../../../lib/report/renderers/selection.ts";
import { toReport } from "../../../lib/report/to_report.ts";
import type { LogRecord } from "../../../schema.ts";
import { addLines } from "../../support/add_lines.ts";
import { makeRecord } from "../../support/make_record.ts";

const MINUTE = 60_000_000, DAY = 1440 * MINUTE, START = Date.UTC(2025, 11, 24) * 1000;
const same = (text: string) => text;

function draw(records: readonly Partial<LogRecord>[], isCompact = false): string[] {
  const analysis = new Analysis({ windowUs: MINUTE, suspiciousOver: 25 });
  addLines(analysis, records.map((fields) => makeRecord(fields)));
  const report = toReport(analysis);
  const style = { title: same, quiet: same, alarm: same, warning: same };
  return overTime({
    ...{ report, style, dates: Dates.of(report), width: 80, isCompact, top: 10, mostFindings: 10 },
    graph: drawGraph(report, style, 80),
    endpoints: selectEndpoints(report, "failed", 10),
    ips: selectIps(report, 10),
  });
}

function at(minute: number, fields: Partial<LogRecord> = {}): Partial<LogRecord> {
  return { timestampUs: START + minute * MINUTE, ...fields };
}

Deno.test("overTime() draws requests, the share that failed, and the highest percentile", () => {
  const lines = draw([
    ...Array.from({ length: 8 }, () => at(0, { responseTimeUs: 1000 })),
    ...Array.from({ length: 4 }, (_, i) => at(1, { statusCode: i === 0 ? 500 : 200 })),
    at(3, { responseTimeUs: 8000 }),
  ]);
  assertEquals(lines.map((line) => line.trimEnd()), [
    "Over time  1m a column                                                      most",
    "requests   █▅ ▂                                                                8",
    "failed     ▁█ ▁                                                           25.0 %",
    "p95        ▂  █                                                             8 ms",
    "           12-24 00:00",
  ]);
});

Deno.test("overTime() has at most 60 columns, each of as many windows, and dates its axis", () => {
  for (const minutes of [2, 60, 61, 500, 10_000, 1_000_000]) {
    const lines = draw(Array.from({ length: 100 }, (_, i) => at(Math.floor(i * minutes / 100))));
    const bars = /^requests {3}([▁▂▃▄▅▆▇█ ]*?) {2,}\d+$/m.exec(lines.join("\n"))?.[1] ?? "";
    assert(bars.length <= MOST_COLUMNS && bars.length >= 1, `${minutes}: ${lines[1]}`);
    assert(/^ {11}(\d{4}-)?\d\d-\d\d/.test(lines.at(-1)!), lines.at(-1));
  }
  const days = draw([at(0), at(3 * 1440), at(4 * 1440 - 1)]);
  assertEquals(days.at(-1)!.trim().split(/ +/), ["12-24", "12-25", "12-26", "12-27"]);
});

Deno.test("overTime() draws no times where there are none, and no failures where nothing failed", () => {
  const lines = draw([at(0), at(1)]);
  assertEquals(lines.map((line) => line.split(" ")[0]), ["Over", "requests", ""]);
});

Deno.test("overTime() says nothing of one column, and is not ruined by one wild time", () => {
  assertEquals(draw([at(0), at(0)]), []);
  assertEquals(draw([]), []);
  const lines = draw([at(0), at(1), { timestampUs: START - 20_000 * DAY }]);
  assertEquals(lines.length, 3);
});

Deno.test("overTime() has no title where there is little room", () => {
  const [requests, axis] = draw([at(0), at(1)], true);
  assert(requests!.startsWith("requests"));
  assert(axis!.endsWith("1m a column"));
});
