import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { LineWriter } from "../../lib/formats/line_writer.ts";
import { encodeRecord, type LogRecord, parseTimestamp } from "../../schema.ts";
import { logRecord } from "../support/arbitraries.ts";
import { makeRecord } from "../support/make_record.ts";

const decoder = new TextDecoder();

function linesOf(records: readonly LogRecord[]): string {
  return records.map((record) => `${encodeRecord(record)}\n`).join("");
}

/** What the buffer gives, taken whenever it is full. */
function write(buffer: LineWriter, records: Iterable<LogRecord>): string {
  let text = "";
  for (const record of records) {
    buffer.add(record);
    if (buffer.isFull) text += decoder.decode(buffer.take());
  }
  return text + decoder.decode(buffer.take());
}

Deno.test("LineWriter gives the lines of encodeRecord(), for any record and size", () => {
  fc.assert(
    fc.property(fc.array(logRecord, { maxLength: 30 }), fc.integer({ min: 1, max: 3000 }), (
      records,
      size,
    ) => {
      const buffer = new LineWriter(size);
      assertEquals(write(buffer, records), linesOf(records));
      assertEquals(write(buffer, records), linesOf(records), "once more");
    }),
    { numRuns: 1000 },
  );
});

Deno.test("LineWriter writes every kind of time and duration", () => {
  const times = [
    "1684-07-29T00:00:00",
    "1969-12-31T23:59:59.999999",
    "1970-01-01T00:00:00",
    "2025-12-24T23:59:59.000001",
    "2025-12-25T00:00:00",
    "2025-12-25T09:05:59.100000",
    "2255-06-04T23:59:59.999999",
  ];
  const durations = [undefined, 0, 1, 999, 1000, 57_255, 1e6, 2 ** 31 * 1000, 1e15 - 1, 1e15];
  const records = times.flatMap((time) =>
    durations.map((responseTimeUs) =>
      makeRecord({ timestampUs: parseTimestamp(time)!, responseTimeUs })
    )
  );
  assertEquals(write(new LineWriter(1000), records), linesOf(records));
});

Deno.test("LineWriter holds what was taken until it is taken again, and what is longer than it", () => {
  const [first, second] = [makeRecord({ endpoint: "/1" }), makeRecord({ endpoint: "/2" })];
  const long = makeRecord({ endpoint: `/${"ñ".repeat(50_000)}`, userAgent: 'a"\u0001' });
  const buffer = new LineWriter(100);
  buffer.add(first);
  const taken = buffer.take();
  buffer.add(second);
  assertEquals(decoder.decode(taken), linesOf([first]));
  buffer.add(long);
  assert(buffer.isFull);
  assertEquals(decoder.decode(buffer.take()), linesOf([second, long]));
  assertEquals(decoder.decode(buffer.take()), "");
});

Deno.test("LineWriter writes more texts than it remembers", () => {
  const records = Array.from(
    { length: 30_000 },
    (_, i) => makeRecord({ endpoint: `/${i % 10_000}`, ip: `${i}`, responseTimeUs: i * 1001 }),
  );
  assertEquals(write(new LineWriter(65_536), records), linesOf(records));
});
