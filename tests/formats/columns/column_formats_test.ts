import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { COLUMN_FORMATS } from "../../../lib/formats/columns/column_formats.ts";
import { FormatReader } from "../../../lib/formats/format_reader.ts";
import { logRecord } from "../../support/arbitraries.ts";

for (const format of COLUMN_FORMATS) {
  const { name, read, write, carried, samples, header = [] } = format;

  Deno.test(`${name}: its samples are what they say`, () => {
    for (const [line, record] of samples) assertEquals(read(line), record);
    for (const line of header) assertEquals(read(line), "context");
    assertEquals(read("GET /"), undefined);
  });

  Deno.test(`${name}: reading what was written gives back what it carries`, () => {
    fc.assert(
      fc.property(logRecord, (record) => assertEquals(read(write(record)), carried(record))),
    );
  });

  Deno.test(`${name}: what was written is read by its header alone, too`, () => {
    fc.assert(
      fc.property(fc.array(logRecord, { minLength: 1 }), (records) => {
        const reader = new FormatReader();
        reader.open(true);
        for (const line of header) assertEquals(reader.read(line), "context");
        for (const record of records) assertEquals(reader.read(write(record)), carried(record));
        assertEquals(reader.tally.lines, new Map([[name, records.length]]));
      }),
    );
  });

  Deno.test(`${name}: hostile lines cost little`, () => {
    for (const piece of ['"', '" ', '"a ', "\t", " ", '"" ""', ' "a""b']) {
      const start = performance.now();
      const reader = new FormatReader({ formats: [format] });
      reader.open(true);
      for (const line of header) reader.read(line);
      reader.read(piece.repeat(100_000));
      assertEquals(performance.now() - start < 1000, true, JSON.stringify(piece));
    }
  });
}
