import { assert, assertEquals } from "@std/assert";
import { BLOCK_BYTES } from "../../lib/scan/code/reader_memory.ts";
import { LineReader } from "../../lib/scan/line_reader.ts";
import { classicTraffic } from "../../lib/traffic/profiles/classic.ts";
import { encodeRecord, type LogRecord } from "../../schema.ts";
import { analyzeBytes, cutInto } from "../support/analyze_bytes.ts";
import { jsonOf } from "../support/json_of.ts";
import { SHAPES } from "../support/shapes.ts";

const encoder = new TextEncoder();
const COUNT = 5000;

function traffic(
  options: { readonly endpoints?: number; readonly clients?: number } = {},
): LogRecord[] {
  return [
    ...classicTraffic({
      count: COUNT,
      seed: 7,
      startUs: Date.UTC(2025, 11, 24) * 1000,
      ...options,
    }),
  ];
}

/** Asserts that at least 99 % of the lines are taken, and that it makes no difference. */
async function assertTaken(lines: readonly string[], of: string): Promise<void> {
  const log = encoder.encode(lines.map((line) => `${line}\n`).join(""));
  const chunks = [...cutInto(log, 65_536)];
  const scanned = await analyzeBytes(chunks);
  const parsed = await analyzeBytes(chunks, { isScanning: false });
  assertEquals(parsed.report.total_requests, lines.length, of);
  assertEquals(jsonOf(scanned.report), jsonOf(parsed.report), of);
  assertEquals(parsed.taken, 0);
  assert(scanned.taken >= 0.99 * lines.length, `${of}: took ${scanned.taken} of ${lines.length}`);
}

for (const [name, write] of Object.entries(SHAPES)) {
  Deno.test(`Scan takes at least 99 % of the lines: ${name}`, async () => {
    await assertTaken(traffic().map(write), name);
  });
}

Deno.test("Scan takes at least 99 % of lines with many endpoints and clients", async () => {
  const lines = traffic({ endpoints: 10_000, clients: 100_000 }).map(encodeRecord);
  await assertTaken(lines, "10,000 endpoints, 100,000 clients");
});

Deno.test("Scan learns the layouts of several servers side by side", async () => {
  const writers = Object.values(SHAPES).slice(0, 8);
  await assertTaken(
    traffic().map((record, i) => writers[i % 2]!(record, i)),
    "two servers in turn",
  );
  await assertTaken(traffic().map((record, i) => writers[i % 8]!(record, i)), "eight in turn");
  const half = COUNT / 2;
  await assertTaken(
    traffic().map((record, i) => writers[i < half ? 0 : 2]!(record, i)),
    "another from the middle on",
  );
});

Deno.test("Scan takes lines in which escapes begin late", async () => {
  const late = SHAPES["escapes in user agents"]!, own = SHAPES["the generator's own"]!;
  await assertTaken(
    traffic().map((record, i) => (i < 0.9 * COUNT ? own : late)(record, i)),
    "escapes in the last tenth",
  );
});

Deno.test("Scan leaves what it cannot take, and takes it up again", async () => {
  const good = traffic().map(encodeRecord);
  // Nested values, garbage, blank lines, exponents, second 60, days at the ends of the range.
  const others = [
    '{"method":"GET","endpoint":"/","status_code":"200","ip":"::1","timestamp":"2025-12-24T00:00:60"}',
    '{"a":{"b":[1]},"method":"GET","endpoint":"/","status_code":"200","ip":"::1",' +
    '"timestamp":"2255-06-04T23:59:59.999999"}',
    "",
    " \t",
    "nonsense",
    '{"method":"GET","endpoint":"/","status_code":"200","ip":"::1","response_time":1.5e2,' +
    '"timestamp":"1684-07-29T00:00:00"}',
  ];
  const lines = good.flatMap((line, i) =>
    i % 50 === 0 ? [others[i / 50 % others.length]!, line] : [line]
  );
  const log = encoder.encode(lines.join("\n"));
  const scanned = await analyzeBytes(cutInto(log, 4096));
  const parsed = await analyzeBytes(cutInto(log, 4096), { isScanning: false });
  assertEquals(jsonOf(scanned.report), jsonOf(parsed.report));
  assertEquals(scanned.rejected, parsed.rejected);
  assert(scanned.taken >= 0.99 * good.length, `took ${scanned.taken}`);
});

Deno.test("Scan takes lines of as many layouts as it may know, however long their keys are", async () => {
  const keys = Array.from({ length: 16 }, (_, i) => "長".repeat(3800) + i);
  await assertTaken(
    traffic().map((record, i) => encodeRecord(record).replace("{", `{"${keys[i % 16]}":null,`)),
    "long keys",
  );
});

Deno.test("Scan keeps a layout of which many lines come, whatever comes between them", async () => {
  const plain = traffic().map(encodeRecord);
  const lines = neverTwice().map((line, i) => i % 20 < 2 ? line : plain[i]!);
  const { taken, report } = await analyzeBytes(
    cutInto(encoder.encode(lines.join("\n")), 65_536),
  );
  assertEquals(report.total_requests, lines.length);
  assert(taken >= 0.8 * lines.length, `took ${taken} of ${lines.length}`);
});

Deno.test("Scan rests where it can take nothing, and wakes where it can", async () => {
  // Compiled code reads no exponents.
  const odd = traffic().map((record) => encodeRecord(record).replace("{", '{"a":1e5,'));
  const lines = [...odd, ...odd, ...odd, ...traffic().map(encodeRecord)];
  const log = encoder.encode(lines.join("\n"));
  const { taken, report } = await analyzeBytes(cutInto(log, 65_536));
  assertEquals(report.total_requests, lines.length);
  // It may sleep for as long as it has slept before, and as the lines took that it could not take.
  assert(taken > 0.2 * COUNT && taken <= COUNT, `took ${taken}`);
});

/** The generator's lines, each with a key that no other has. */
const neverTwice = () =>
  traffic().map((record, i) => encodeRecord(record).replace("}", `,"k${i}":1}`));

Deno.test("Scan is not busy learning layouts that never come again", async () => {
  const plain = traffic().map(encodeRecord);
  const lines = neverTwice().flatMap((line, i) => [plain[i]!, line]);
  const learn = LineReader.prototype.learn;
  let compiled = 0;
  LineReader.prototype.learn = function (layout) {
    compiled++;
    return learn.call(this, layout);
  };
  try {
    const { report, taken } = await analyzeBytes(
      cutInto(encoder.encode(lines.join("\n")), 65_536),
    );
    assertEquals(report.total_requests, lines.length);
    assert(taken > 0);
    assert(compiled > 1 && compiled <= 16 + lines.length / 1024, `compiled ${compiled}`);
  } finally {
    LineReader.prototype.learn = learn;
  }
});

Deno.test("Scan learns the layout of a log whose first lines are all of others", async () => {
  const lines = [...neverTwice().slice(0, 40), ...traffic().map(encodeRecord)];
  const { taken } = await analyzeBytes(cutInto(encoder.encode(lines.join("\n")), 65_536));
  assert(taken >= 0.5 * COUNT, `took ${taken}`);
});

Deno.test("Scan takes lines around one that is longer than a block", async () => {
  const lines = traffic().map(encodeRecord);
  const long = encodeRecord({ ...traffic()[0]!, userAgent: "x".repeat(2 * BLOCK_BYTES) });
  lines.splice(COUNT / 2, 0, long);
  const log = encoder.encode(lines.join("\n"));
  const scanned = await analyzeBytes([log]);
  const parsed = await analyzeBytes([log], { isScanning: false });
  assertEquals(jsonOf(scanned.report), jsonOf(parsed.report));
  assertEquals(scanned.report.total_requests, COUNT + 1);
  assert(scanned.taken >= 0.99 * COUNT, `took ${scanned.taken}`);
});

Deno.test("Scan leaves all where the engine cannot run compiled layouts", async () => {
  const validate = WebAssembly.validate;
  WebAssembly.validate = () => false;
  try {
    const log = encoder.encode(traffic().map(encodeRecord).join("\n"));
    const { taken, report } = await analyzeBytes(cutInto(log, 65_536));
    assertEquals([taken, report.total_requests], [0, COUNT]);
  } finally {
    WebAssembly.validate = validate;
  }
});
