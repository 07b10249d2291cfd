import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeRecord } from "../../schema.ts";
import { analyzeBytes, cutInto } from "../support/analyze_bytes.ts";
import { logRecord } from "../support/arbitraries.ts";
import { jsonOf } from "../support/json_of.ts";
import { makeStop } from "../support/make_stop.ts";

/** A log, cut into chunks, and before which of them it is stopped. */
const stopped = fc.record({
  records: fc.array(logRecord, { maxLength: 40 }),
  chunkBytes: fc.integer({ min: 1, max: 2000 }),
  stopAt: fc.nat(30),
  isScanning: fc.boolean(),
});

/**
 * Asserts that a report of what was read until a stop is that of the whole lines read by then, and stays as it
 * is though there is more to read.
 */
export async function fuzzStops(
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<void> {
  const encoder = new TextEncoder();
  const property = fc.asyncProperty(
    stopped,
    async ({ records, chunkBytes, stopAt, isScanning }) => {
      const log = encoder.encode(records.map((record) => `${encodeRecord(record)}\n`).join(""));
      const chunks = [...cutInto(log, chunkBytes)], stop = makeStop();
      function* given() {
        for (const [i, chunk] of chunks.entries()) {
          if (i === stopAt) stop.now();
          yield chunk.slice();
        }
      }
      const { report } = await analyzeBytes(given(), { isScanning, stop });
      const before = jsonOf(report);
      await new Promise((resolve) => setTimeout(resolve));
      assertEquals(jsonOf(report), before);
      // Bytes are counted as they are read, lines when they are whole.
      const text = new TextDecoder().decode(log.subarray(0, report.input.bytes));
      const lines = encoder.encode(text.slice(0, text.lastIndexOf("\n") + 1));
      const expected = await analyzeBytes([lines]);
      const { bytes: _, ...input } = report.input, { bytes: __, ...its } = expected.report.input;
      if (stop.isStopped) assertEquals(input, its);
      assertEquals(
        jsonOf({ ...report, input: { ...report.input, bytes: lines.length } }),
        jsonOf(expected.report),
      );
    },
  );
  await fc.assert(property, { numRuns: runs, seed });
}
