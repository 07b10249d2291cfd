import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { COLUMN_FORMATS } from "../../lib/formats/columns/column_formats.ts";
import type { Format } from "../../lib/formats/description/format.ts";
import { FORMATS } from "../../lib/formats/known_formats.ts";
import { ALL } from "../../lib/select/selection_settings.ts";
import { classicTraffic } from "../../lib/traffic/profiles/classic.ts";
import { analyzeBytes, type Analyzed, cutInto } from "../support/analyze_bytes.ts";
import { logRecord } from "../support/arbitraries.ts";
import { jsonOf } from "../support/json_of.ts";

const encoder = new TextEncoder();
const RECORDS = [
  ...classicTraffic({ count: 3000, seed: 7, startUs: Date.UTC(2025, 11, 24) * 1000 }),
];
const ADDRESS = "192.0.2.7";

/** Formats whose lines are written without user agents. */
const AGENTLESS: ReadonlySet<string> = new Set([
  ...["traefik", "cloudflare", "azure-gateway-v1", "azure-gateway", "express-bunyan", "fastify"],
  ...["serilog", "ss4o", "otel", "akamai", "api-gateway", "lograge", "haproxy", "squid"],
]);
/** Patterns that tell user agents apart that differ by a few characters. */
const AGENTS = ["^$", "^.{0,9}$", "[a-m]$", "[0-9]", "[\\\\/]", " ", "[^ -~]", '^"', "-", "c.*l"];

/** The lines of records in a format, from its header on. */
function write({ header = [], write }: Format, records = RECORDS): readonly string[] {
  return [...header, ...records.map((record) => write(record))];
}

/** Reads lines with the scan and without; asserts that it makes no difference. */
async function compare(
  log: Uint8Array<ArrayBuffer>,
  { isWhole, chunkBytes = 65_536, conditions = [] }: {
    readonly isWhole: boolean;
    readonly chunkBytes?: number;
    readonly conditions?: readonly string[];
  },
): Promise<Analyzed> {
  const chunks = [...cutInto(log, chunkBytes)], selected = { ...ALL, conditions };
  const scanned = await analyzeBytes(chunks, { isWhole, selected });
  const parsed = await analyzeBytes(chunks, { isWhole, selected, isScanning: false });
  assertEquals(jsonOf(scanned.report), jsonOf(parsed.report));
  assertEquals(scanned.rejected, parsed.rejected);
  const counts = ({ tally }: Analyzed) => [[...tally.lines].toSorted(), tally.assumedZones];
  assertEquals(counts(scanned), counts(parsed));
  return scanned;
}

for (const format of [...FORMATS, ...COLUMN_FORMATS]) {
  const { header = [] } = format, isWhole = header.length > 0;

  Deno.test(`Scan takes at least 99 % of the lines that ${format.name} writes`, async () => {
    const lines = write(format);
    for (const conditions of [[], ['user_agent=="Chrome"']]) {
      const log = encoder.encode(lines.join("\n"));
      const { taken, tally } = await compare(log, { isWhole, conditions });
      assertEquals(tally.lines, new Map([[format.name, RECORDS.length]]));
      assert(taken >= 0.99 * lines.length, `took ${taken} of ${lines.length}, ${conditions}`);
    }
  });

  Deno.test(`A condition finds the user agents of ${format.name}`, async () => {
    const log = encoder.encode(write(format).join("\n"));
    const { report } = await compare(log, { isWhole, conditions: ['user_agent=="Chrome"'] });
    const wanted = RECORDS.filter(({ userAgent }) => userAgent === "Chrome").length;
    assertEquals(report.total_requests, AGENTLESS.has(format.name) ? 0 : wanted);
  });

  Deno.test(`Scan makes no difference, whatever is in lines of ${format.name}`, async () => {
    const samples = format.samples.map(([line]) => line);
    const piece = fc.oneof(
      fc.constantFrom(...'"\\{}[]:,; \t019-.+eETZ/|%=?\r\x00\x7Fé'),
      fc.constantFrom("-", '"-"', "::ffff:", ":80", ", ", "null", '""', "HTTP/2", "0.5", "e3"),
      fc.constantFrom(
        "%20",
        " - ",
        "\t-\t",
        ",%20",
        "+",
        "\n#Fields: time date\n",
        "\n#\n",
        '"a b"',
      ),
      fc.constantFrom(...(samples.flatMap((line) => line.match(/[^\s",]+/g) ?? []))),
    );
    const edit = fc.record({ at: fc.nat(600), drop: fc.nat(3), insert: piece });
    const line = fc.record({
      line: fc.oneof(logRecord.map((record) => format.write(record)), fc.constantFrom(...samples)),
      edits: fc.array(edit, { maxLength: 2 }),
    }).map(({ line, edits }) =>
      edits.reduce((text, { at, drop, insert }) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + insert + text.slice(place + drop);
      }, line)
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 5, maxLength: 40, size: "max" }),
        fc.integer({ min: 50, max: 5000 }),
        fc.option(fc.constantFrom(...AGENTS).map((pattern) => `user_agent~'${pattern}'`)),
        async (lines, chunkBytes, condition) => {
          // What is usual is learned first.
          const usual = write(format, RECORDS.slice(0, 2));
          await compare(
            encoder.encode([...usual, ...samples, ...lines, ""].join("\n")),
            { isWhole, chunkBytes, conditions: condition === null ? [] : [condition] },
          );
        },
      ),
      { numRuns: 150 },
    );
  });
}

Deno.test("Scan counts the lines of each format, whether it takes them or not", async () => {
  const lines = RECORDS.flatMap((record, i) => {
    const { write } = FORMATS[i % 2]!;
    const key = `"k${i % 40 === 3 ? i : ""}":1}`;
    // Irregular, of another layout each, and of another client.
    if (i % 17 === 0) return write({ ...record, ip: ADDRESS.repeat(20) });
    if (i % 20 === 0) return write(record).replace("}", `,${key}`);
    return [write(record), ...i % 50 === 0 ? ["", "nonsense"] : []];
  });
  const { taken } = await compare(encoder.encode(lines.join("\n")), {
    isWhole: false,
    chunkBytes: 5000,
  });
  assert(taken >= 0.8 * RECORDS.length, `took ${taken}`);
});
