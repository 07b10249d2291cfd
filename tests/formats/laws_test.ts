import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Format } from "../../lib/formats/description/format.ts";
import { FormatReader } from "../../lib/formats/format_reader.ts";
import { detect, FORMATS } from "../../lib/formats/known_formats.ts";
import { LineReader } from "../../lib/scan/line_reader.ts";
import { analyzeBytes, cutInto } from "../support/analyze_bytes.ts";
import { logRecord } from "../support/arbitraries.ts";

const ENCODER = new TextEncoder();
const byte = fc.constantFrom(...'"\\,:{}[]019eE.+-ZT u/\u0000\t', "\u00e9");

/** A line of a format, often with a character that is another, missing or too much. */
function lineOf({ write, samples }: Pick<Format, "write" | "samples">): fc.Arbitrary<string> {
  // Two in three as servers write them most, half of these as the sample is.
  const usual = fc.record({
    endpoint: fc.constantFrom("/", "/a b?c=1", "/é"),
    ip: fc.constantFrom("192.0.2.7", "::1"),
  });
  const record = fc.oneof(
    logRecord,
    fc.tuple(logRecord, usual).map(([record, fields]) => ({ ...record, method: "GET", ...fields })),
    usual.map((fields) => ({ ...samples[0][1], userAgent: undefined, ...fields })),
  );
  const changed = fc.tuple(record, fc.nat(), byte, fc.constantFrom(0, 1, 1, 2)).map(
    ([record, place, byte, removed]) => {
      const line = write(record), at = place % line.length;
      return line.slice(0, at) + byte + line.slice(at + removed);
    },
  );
  return fc.oneof({ weight: 2, arbitrary: record.map(write) }, { weight: 1, arbitrary: changed });
}

Deno.test("a line is read in the format that it is detected to have", () => {
  const line = fc.oneof(...FORMATS.map(lineOf));
  fc.assert(
    fc.property(line, (line) => {
      const outcome = new FormatReader().read(line), format = detect(line)?.format;
      if (format !== undefined) assertEquals(outcome, format.read(line));
    }),
    { numRuns: 1000 },
  );
});

for (const format of FORMATS) {
  const { name, read, write, carried, learn, samples } = format, line = lineOf(format);

  Deno.test(`${name}: its samples are what they say`, () => {
    for (const [line, record] of samples) {
      assertEquals(read(line), record);
      assertEquals(read(write(record)), carried(record));
    }
  });

  Deno.test(`${name}: reading what was written gives back what it carries`, () => {
    fc.assert(
      fc.property(logRecord, (record) => assertEquals(read(write(record)), carried(record))),
    );
  });

  Deno.test(`${name}: compiled code reads what the reference reads, and nothing else`, async () => {
    // What is usual is learned first.
    const usual = [0, 1].map(() => write({ ...samples[0][1], userAgent: undefined }));
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.nat(), async (lines, size) => {
        const bytes = ENCODER.encode([...usual, ...lines].map((line) => `${line}\n`).join(""));
        const chunks = [...cutInto(bytes, 1 + size % 500)];
        const compiled = await analyzeBytes(chunks, { isScanning: true });
        const reference = await analyzeBytes(chunks, { isScanning: false });
        assertEquals(JSON.stringify(compiled.report), JSON.stringify(reference.report));
        assertEquals(compiled.rejected, reference.rejected);
        taken += compiled.taken;
      }),
      { numRuns: 100 },
    );
    assert(taken >= 100, `${taken} lines were taken`);
  });

  Deno.test(`${name}: a line that a layout takes has the format of the layout`, () => {
    const reader = new LineReader();
    for (const [line] of samples) {
      const layout = learn(line);
      if (layout !== undefined) reader.learn(layout);
    }
    reader.learn(learn(write({ ...samples[0][1], userAgent: undefined }))!);
    let taken = 0;
    fc.assert(
      fc.property(line, (line) => {
        reader.open(ENCODER.encode(`${line}\n`));
        const isTaken = reader.read(0) > 0 || reader.irregularEnd !== -1;
        reader.batch.size = 0;
        if (!isTaken) return;
        taken++;
        assertEquals(detect(line)?.format.name, name);
      }),
      { numRuns: 1000 },
    );
    assert(taken >= 40, `${taken} lines were taken`);
  });
}
