import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeRecord, type LogRecord } from "../../schema.ts";
import { analyzeBytes, cutInto } from "../support/analyze_bytes.ts";
import { logRecord } from "../support/arbitraries.ts";
import { jsonOf } from "../support/json_of.ts";
import { SHAPES } from "../support/shapes.ts";

const encoder = new TextEncoder();

const shape = fc.constantFrom(...Object.values(SHAPES));

/** What a byte of a line may be overwritten with. */
const byte = fc.oneof(
  fc.constantFrom(...encoder.encode('"\\{}:, 019-.+eEtTzZ/\r\n')),
  fc.nat(255),
);

type Shape = typeof SHAPES[string];

/** A line of a server, perhaps with bytes that are wrong, or too many, or missing. */
const line = (shape: fc.Arbitrary<Shape>) =>
  fc.record({
    record: logRecord,
    shape,
    edit: fc.option(
      fc.record({ at: fc.nat(400), drop: fc.nat(2), insert: fc.array(byte, { maxLength: 2 }) }),
      { freq: 4 },
    ),
  }).map(({ record, shape, edit }) => {
    const bytes = encoder.encode(shape(record, record.statusCode));
    if (edit === null) return bytes;
    const at = edit.at % (bytes.length + 1);
    return Uint8Array.from([
      ...bytes.subarray(0, at),
      ...edit.insert,
      ...bytes.subarray(at + edit.drop),
    ]);
  });

/** Lines of two servers. */
const lines = fc.tuple(shape, shape).chain((shapes) =>
  fc.array(line(fc.constantFrom(...shapes)), { minLength: 25, maxLength: 80, size: "max" })
);

const limit = fc.constantFrom(2, 3, 1000);

Deno.test("Scan makes no difference: whatever the lines, the chunks and the limits", async () => {
  let taken = 0, count = 0;
  await fc.assert(
    fc.asyncProperty(
      lines,
      fc.integer({ min: 1, max: 2000 }),
      fc.record({
        maxEndpoints: limit,
        maxClients: limit,
        maxWindows: limit,
        maxPairs: limit,
        suspiciousOver: fc.nat(2),
        windowUs: fc.constantFrom(1000, 60_000_000),
        maxLineBytes: fc.constantFrom(150, 2 ** 20),
      }),
      async (parts, chunkBytes, options) => {
        const log = Uint8Array.from(parts.flatMap((part) => [...part, 0x0A]));
        const scanned = await analyzeBytes(cutInto(log, chunkBytes), options);
        const parsed = await analyzeBytes(cutInto(log, chunkBytes), {
          ...options,
          isScanning: false,
        });
        assertEquals(jsonOf(scanned.report), jsonOf(parsed.report));
        assertEquals(scanned.rejected, parsed.rejected);
        taken += scanned.taken;
        count += parts.length;
      },
    ),
    { numRuns: 600 },
  );
  assert(taken > count / 5, `took only ${taken} of ${count} lines`);
});

Deno.test("Scan reads every figure as the parser does", async () => {
  // Many values in one layout, so that nearly all are read in place.
  const response = fc.oneof(
    fc.integer({ min: 0, max: 1e13 }).map((thousandths) => String(thousandths / 1000)),
    fc.tuple(fc.nat({ max: 2e12 }), fc.nat({ max: 9999 })).map(([ms, part]) => `${ms}.${part}`),
    fc.constantFrom(
      "0",
      "00",
      "01",
      "0.0",
      "-0",
      "1.",
      ".5",
      "1e3",
      "1000000000000",
      "999999999999.999",
    ),
  );
  const time = fc.tuple(
    fc.constantFrom(
      "2025-12-24",
      "1684-07-29",
      "2255-06-04",
      "2024-02-29",
      "2023-02-29",
      "1969-12-31",
    ),
    fc.constantFrom("T", "t", " ", "_"),
    fc.constantFrom(
      "00:00:00",
      "23:59:59",
      "23:59:60",
      "24:00:00",
      "12:60:00",
      "1a:00:00",
      "09:05:07",
    ),
    fc.constantFrom("", ".", ".1", ".123456", ".123456789", ".1234567890", ".000001"),
    fc.constantFrom(
      "",
      "Z",
      "z",
      "+00:00",
      "-12:30",
      "+0530",
      "+24:00",
      "+05:60",
      "Zz",
      "+05",
      "-1:00",
    ),
  ).map((parts) => parts.join(""));
  const status = fc.constantFrom("200", "099", "999", "100", "20", "2000", "2x0");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(response, time, status), { minLength: 1, maxLength: 30 }),
      async (rows) => {
        const write = ([response, time, status]: readonly [string, string, string]) =>
          `{"method":"GET","endpoint":"/","status_code":"${status}","ip":"::1","response_time":${response},` +
          `"timestamp":"${time}"}\n`;
        const first = write(["1", "2025-12-24T00:00:00", "200"]);
        const log = encoder.encode(first + rows.map(write).join(""));
        const scanned = await analyzeBytes([log]);
        const parsed = await analyzeBytes([log], { isScanning: false });
        assertEquals(jsonOf(scanned.report), jsonOf(parsed.report));
        assertEquals(scanned.rejected, parsed.rejected);
      },
    ),
    { numRuns: 1000 },
  );
});

Deno.test("Scan adds a record exactly as it was written", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(logRecord, { minLength: 2, maxLength: 20 }), async (records) => {
      const text = (all: readonly LogRecord[]) =>
        all.map((record) => `${encodeRecord(record)}\n`).join("");
      const once = await analyzeBytes([encoder.encode(text(records))], { isScanning: false });
      const reversed = await analyzeBytes([encoder.encode(text(records.toReversed()))]);
      assertEquals({ ...reversed.report.input }, { ...once.report.input });
      assertEquals(jsonOf(reversed.report), jsonOf(once.report));
    }),
    { numRuns: 300 },
  );
});
