import { addLines } from "../support/add_lines.ts";

/**
 * What a line costs on its way: parsed, read in place, counted; and what a report costs to render.
 * `deno task bench`
 *
 * @module
 */

import { Analysis } from "../../lib/aggregates/analysis.ts";
import { renderJson } from "../../lib/report/renderers/render_json.ts";
import { renderText } from "../../lib/report/renderers/render_text.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { FormatReader } from "../../lib/formats/format_reader.ts";
import { OWN_FORMAT } from "../../lib/formats/json/own_format.ts";
import { LineReader } from "../../lib/scan/line_reader.ts";
import { Scan } from "../../lib/scan/scan.ts";
import { LineWriter } from "../../lib/formats/line_writer.ts";
import { classicTraffic } from "../../lib/traffic/profiles/classic.ts";
import { encodeRecord, parseRecord } from "../../schema.ts";

const COUNT = 10_000;
const options = { windowUs: 60_000_000, suspiciousOver: 25 };
const records = [
  ...classicTraffic({ count: COUNT, seed: 1, startUs: Date.UTC(2025, 11, 24) * 1000 }),
];
const lines = records.map(encodeRecord);
const block = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));

Deno.bench("parse 10,000 lines", { group: "read" }, () => {
  for (const line of lines) parseRecord(line);
});

const BLOCK_LINES = 1000;
const blocks = Array.from({ length: COUNT / BLOCK_LINES }, (_, i) => {
  const some = lines.slice(i * BLOCK_LINES, (i + 1) * BLOCK_LINES);
  return new TextEncoder().encode(some.map((line) => `${line}\n`).join(""));
});
const reader = new LineReader();
reader.learn(OWN_FORMAT.learn(lines[0]!)!);

Deno.bench("read 10,000 lines in place", { group: "read", baseline: true }, () => {
  for (const block of blocks) {
    reader.open(block);
    for (let at = 0; at < block.length; reader.batch.size = 0) at = reader.read(at);
  }
});

const analysis = new Analysis(options);
const scan = new Scan(analysis, new FormatReader());

Deno.bench("encode and count 10,000 records", { group: "fold" }, () => {
  addLines(analysis, records);
});

Deno.bench(
  "scan: read 10,000 lines in place and count them",
  { group: "fold", baseline: true },
  () => {
    for (const _ of scan.take(block));
  },
);

const lineBuffer = new LineWriter(65_536);

Deno.bench("draw and write 10,000 records", { group: "generate" }, () => {
  for (const record of classicTraffic({ count: COUNT, seed: 1, startUs: 0 })) {
    lineBuffer.add(record);
    if (lineBuffer.isFull) lineBuffer.take();
  }
});

const found = new Analysis(options);
addLines(found, records);

Deno.bench("render a report of 10,000 records as text", { group: "render" }, () => {
  const style = { title: String, quiet: String, alarm: String, warning: String };
  renderText(toReport(found), { top: 10, style });
});

Deno.bench("render it as JSON", { group: "render" }, () => {
  for (const _ of renderJson(toReport(found)));
});
