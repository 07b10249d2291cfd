/**
 * One record on its way from bytes to the report, stage by stage: what each joint takes, and what it gives.
 * `docs/architecture.md` tells the same as text.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import { LineWriter } from "../../lib/formats/line_writer.ts";
import { FormatReader } from "../../lib/formats/format_reader.ts";
import { OWN_FORMAT } from "../../lib/formats/json/own_format.ts";
import { cutLines } from "../../lib/lines/cut_lines.ts";
import { decompress } from "../../lib/lines/decompress.ts";
import { readLines } from "../../lib/lines/read_lines.ts";
import { UNCOUNTED } from "../../lib/records/key_column.ts";
import { decodeText, RecordBatch } from "../../lib/records/record_batch.ts";
import { RecordGatherer } from "../../lib/records/record_gatherer.ts";
import { renderJson } from "../../lib/report/renderers/render_json.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { LineReader } from "../../lib/scan/line_reader.ts";
import { Scan } from "../../lib/scan/scan.ts";
import { decodeState, mergeState } from "../../lib/states/decode_state.ts";
import { encodeState } from "../../lib/states/encode_state.ts";
import { toOptions } from "../../lib/states/settings.ts";
import type { LogRecord } from "../../schema.ts";

const LINE = '{"method":"GET","endpoint":"/health","status_code":"503","ip":"192.0.2.1",' +
  '"response_time":57.25,"timestamp":"2025-12-24T00:00:01.000000"}';
const RECORD: LogRecord = {
  method: "GET",
  endpoint: "/health",
  statusCode: 503,
  ip: "192.0.2.1",
  responseTimeUs: 57_250,
  userAgent: undefined,
  timestampUs: Date.UTC(2025, 11, 24, 0, 0, 1) * 1000,
};
const OPTIONS = { windowUs: 60_000_000, suspiciousOver: 25 };
const BYTES = new TextEncoder().encode(`${LINE}\n`);

/** The batch that holds the record. */
function batchOf(record: LogRecord): RecordBatch {
  const batch = new RecordBatch(4);
  batch.append(record);
  return batch;
}

Deno.test("1. the generator writes a record as a line", () => {
  const lines = new LineWriter(1024);
  lines.add(RECORD);
  assertEquals(lines.take(), BYTES);
});

Deno.test("2. bytes, compressed or not, are cut into whole lines", async () => {
  const gzipped = new Blob([BYTES]).stream().pipeThrough(new CompressionStream("gzip"));
  const plain = decompress(gzipped, () => {});
  const [cut] = await Array.fromAsync(
    cutLines(plain, 1024),
    (cut) => "lines" in cut ? new TextDecoder().decode(cut.lines) : undefined,
  );
  assertEquals(cut, `${LINE}\n`);
});

Deno.test("3. a line is read as a record: by the parser, the reference", () => {
  assertEquals(new FormatReader().read(LINE), RECORD);
});

Deno.test("4. records flow in batches: numbers in columns, texts as places in bytes", () => {
  const { size, bytes, endpoints, statusCodes, responseTimesUs } = batchOf(RECORD);
  assertEquals([size, statusCodes[0], responseTimesUs[0]], [1, 503, 57_250]);
  assertEquals(decodeText(bytes, endpoints.starts[0]!, endpoints.ends[0]!), "/health");
  assertEquals(endpoints.slots[0], UNCOUNTED, "nobody knows its slot yet");
});

Deno.test("5. or compiled code reads the line in place, into the same batch", () => {
  const layout = OWN_FORMAT.learn(LINE)!;
  assertEquals(layout.slots.map(({ to, as }) => `${to} as ${as}`), [
    "method as text",
    "endpoint as text",
    "status as status",
    "ip as text",
    "responseTime as milliseconds",
    "timestamp as iso",
  ]);
  const reader = new LineReader();
  reader.learn(layout);
  reader.open(BYTES);
  assertEquals(reader.read(0), BYTES.length, "all of the line was read");
  const { size, bytes, endpoints, timestampsUs } = reader.batch;
  assertEquals([size, timestampsUs[0]], [1, RECORD.timestampUs]);
  assertEquals(decodeText(bytes, endpoints.starts[0]!, endpoints.ends[0]!), "/health");
});

Deno.test("6. scan and parser give their records to one sink, in the order of the lines", async () => {
  const seen: number[] = [];
  const records = new RecordGatherer({ addBatch: ({ size }) => seen.push(size) });
  const reader = new FormatReader();
  const stage = new Scan(records, reader);
  // The first line goes to the parser, and the scan learns from it; the others are taken by the scan.
  await readLines(new Blob([BYTES, BYTES, BYTES]).stream(), { maxLineBytes: 1024, stage }, {
    line: (text) => records.add(reader.read(text) as LogRecord),
    tooLong: () => {},
    bytes: () => {},
    warning: () => {},
  });
  records.flush();
  assertEquals([seen, stage.taken], [[1, 1, 1], 2]);
});

Deno.test("7. an analysis resolves keys to slots, then asks each question", () => {
  const analysis = new Analysis(OPTIONS), batch = batchOf(RECORD);
  analysis.addBatch(batch);
  assertEquals(batch.endpoints.slots[0], 0, "the first endpoint has slot 0 now");
  const { outcomes, endpoints, windows } = analysis.answers;
  assertEquals(outcomes.result(), {
    requests: 1,
    failed4xx: 0,
    failed5xx: 1,
    failedOther: 0,
    slow: 0,
  });
  const [busiest] = endpoints.result([50]);
  assertEquals([busiest?.endpoint, busiest?.times().all?.percentilesUs], ["/health", [57_250]]);
  assertEquals(windows.worst()?.startUs, Date.UTC(2025, 11, 24) * 1000);
});

Deno.test("8. a state carries the analysis to another process, where it is merged", () => {
  const analysis = new Analysis(OPTIONS);
  analysis.addBatch(batchOf(RECORD));
  const state = decodeState(encodeState(analysis, { id: "logs/1" }).subarray(0, -1));
  const merged = new Analysis(toOptions(state.settings, [1, 2]));
  mergeState(merged, state);
  mergeState(merged, state);
  assertEquals(merged.answers.outcomes.result().requests, 2);
});

Deno.test("9. the report is data, and rendering it is a pure function", () => {
  const analysis = new Analysis(OPTIONS);
  analysis.addBatch(batchOf(RECORD));
  const report = toReport(analysis);
  assertEquals([report.total_requests, report.failed_requests_5xx], [1, 1]);
  assert([...renderJson(report)].join("").includes('"endpoint": "/health"'));
});
