import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { detect } from "../../../lib/formats/known_formats.ts";
import { CLF_VARIANTS } from "../../../lib/formats/text/clf_variants.ts";
import { classicTraffic } from "../../../lib/traffic/profiles/classic.ts";
import { LineReader } from "../../../lib/scan/line_reader.ts";
import { logRecord } from "../../support/arbitraries.ts";

const RECORDS = [
  ...classicTraffic({ count: 1000, seed: 7, startUs: Date.UTC(2025, 11, 24) * 1000 }),
];

for (const { name, read, write, carried, learn, samples: [[sample, record]] } of CLF_VARIANTS) {
  Deno.test(`${name}: a line is detected as combined, and read the same`, () => {
    assertEquals(detect(sample)?.format.name, "combined");
    assertEquals(detect(sample)?.outcome, record);
  });

  Deno.test(`${name}: reading what was written gives back what it carries`, () => {
    fc.assert(
      fc.property(logRecord, (record) => assertEquals(read(write(record)), carried(record))),
      { numRuns: 200 },
    );
  });

  Deno.test(`${name}: at least 99 % of the lines that it writes are read in place`, () => {
    const reader = new LineReader();
    const lines = RECORDS.map(write), layout = learn(lines[0]!)!;
    assertEquals(layout.format, name);
    reader.learn(layout);
    let taken = 0;
    for (const [i, line] of lines.entries()) {
      reader.open(new TextEncoder().encode(`${line}\n`));
      if (reader.read(0) === 0) continue;
      taken++;
      assertEquals(reader.batch.responseTimesUs[0], carried(RECORDS[i]!).responseTimeUs ?? -1);
      reader.batch.size = 0;
    }
    assert(taken >= 0.99 * lines.length, `${taken} lines`);
  });
}

Deno.test("the second of two addresses is the client, in place and not", () => {
  const [variant] = CLF_VARIANTS.filter(({ name }) => name === "vhost-combined");
  const { samples: [[line]], learn, read } = variant!;
  const reader = new LineReader();
  reader.learn(learn(line)!);
  const other = line.replace("example.com:443", "192.0.2.1");
  reader.open(new TextEncoder().encode(`${other}\n`));
  assertEquals(reader.read(0), 0);
  assertEquals((read(other) as { ip: string }).ip, "192.0.2.7");
  assertEquals(learn(line.replace("example.com:443", "fe80::1")), undefined);
});
