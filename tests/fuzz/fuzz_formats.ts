/**
 * Looks for lines of formats that break the analyzer: lines of every format in one log, whole and damaged, and
 * long ones that would cost a careless pattern a time that grows with the square of their length.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { COLUMN_FORMATS } from "../../lib/formats/columns/column_formats.ts";
import { FormatReader } from "../../lib/formats/format_reader.ts";
import { FORMATS } from "../../lib/formats/known_formats.ts";
import { analyzeBytes, type Analyzed, cutInto } from "../support/analyze_bytes.ts";
import { logRecord } from "../support/arbitraries.ts";
import { jsonOf } from "../support/json_of.ts";

const encoder = new TextEncoder();
const WRITTEN = [...FORMATS, ...COLUMN_FORMATS];
const SAMPLES = WRITTEN.flatMap(({ samples }) => samples.map(([line]) => line));
const HEADERS = WRITTEN.flatMap(({ header = [] }) => header);

/** Records as servers write most of them, so that code compiled for one line reads others. */
const usualRecord = fc.tuple(
  logRecord,
  fc.record({
    method: fc.constantFrom("GET", "POST"),
    endpoint: fc.constantFrom("/", "/a?b=1"),
    ip: fc.constantFrom("192.0.2.7", "198.51.100.23", "2001:db8::7"),
  }),
).map(([record, fields]) => ({ ...record, ...fields }));

const written = fc.tuple(
  fc.constantFrom(...WRITTEN),
  fc.oneof(usualRecord, usualRecord, logRecord),
).map(([{ write }, record]) => write(record));

/** What is put into lines: what separates, stands for nothing or ends, and words of other formats. */
const piece = fc.oneof(
  fc.constantFrom(...'"\\{}[]:,;= \t019-.+eETZ/|%?<>\r\x00\x7F\u00E9\u2028'),
  fc.constantFrom("-", '"-"', "::ffff:", ":80", ", ", "null", '""', "\\x22", '\\"', "-1", "000"),
  fc.constantFrom(...SAMPLES.flatMap((line) => line.match(/[^\s",]+/g) ?? [])),
);
const edit = fc.record({ at: fc.nat(), drop: fc.nat(4), insert: piece });

const line = fc.tuple(
  fc.oneof(
    { weight: 6, arbitrary: written },
    { weight: 2, arbitrary: fc.constantFrom(...SAMPLES) },
    { weight: 1, arbitrary: fc.constantFrom("", ...HEADERS) },
  ),
  fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(edit, { maxLength: 3 }) },
  ),
).map(([line, edits]) => edits.reduce(apply, line));

function apply(
  line: string,
  { at, drop, insert }: { readonly at: number; readonly drop: number; readonly insert: string },
): string {
  const place = at % (line.length + 1);
  return line.slice(0, place) + insert + line.slice(place + drop);
}

/** A log with a header, most of whose lines are in its columns, some damaged, among lines of other formats. */
const columns = fc.constantFrom(...COLUMN_FORMATS).chain(({ header = [], write, samples }) =>
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: usualRecord.map(write) },
      { weight: 2, arbitrary: fc.tuple(usualRecord.map(write), edit).map(([a, b]) => apply(a, b)) },
      { weight: 1, arbitrary: line },
    ),
    { maxLength: 40, size: "max" },
  ).map((lines) => [...header, samples[0][0], ...lines])
);

/** Asserts that lines read in place count as they do if none is; as part of a log, or as a log with its header. */
async function assertScanMakesNoDifference(
  lines: readonly string[],
  chunkBytes: number,
  isWhole: boolean,
): Promise<void> {
  const chunks = [
    ...cutInto(encoder.encode(lines.map((line) => `${line}\n`).join("")), chunkBytes),
  ];
  const scanned = await analyzeBytes(chunks, { isWhole });
  const parsed = await analyzeBytes(chunks, { isWhole, isScanning: false });
  const facts = ({ report, rejected, tally }: Analyzed) => ({
    report: jsonOf(report),
    rejected,
    lines: [...tally.lines].toSorted(),
    assumedZones: tally.assumedZones,
  });
  assertEquals(facts(scanned), facts(parsed));
}

/** A sample with a piece of it, or of another, repeated until the line is long. */
const longLine = fc.record({
  sample: fc.constantFrom(...SAMPLES),
  at: fc.nat(),
  repeated: fc.oneof(
    piece,
    fc.constantFrom('" ', "a, ", "[{", '{"a":', "%20", '" "', '\\"', "\\\\"),
  ),
  hasRest: fc.boolean(),
});

const LONG_BYTES = 2 ** 17;
/** Many times what a long line takes, and far below what the square of its length would. */
const LONG_MS = 2000;

/** Asserts that a long line is read in a time that is in keeping with its length. */
function assertReadsFast(line: string): void {
  const start = performance.now();
  new FormatReader().read(line);
  new FormatReader().learn(line);
  const tookMs = performance.now() - start;
  assert(tookMs < LONG_MS, `${Math.round(tookMs)} ms for ${line.length} characters`);
}

/**
 * Tries lines until some break a law, or all have been tried.
 *
 * @param options How many logs, and where chance starts.
 * @throws {Error} With the smallest lines found that break a law.
 */
export async function fuzzFormats(
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<void> {
  const lines = fc.array(line, { minLength: 1, maxLength: 40, size: "max" });
  const chunkBytes = fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 500, max: 9000 }));
  const isPart = fc.asyncProperty(lines, chunkBytes, fc.boolean(), assertScanMakesNoDifference);
  await fc.assert(isPart, { numRuns: runs, seed });
  const isLog = fc.asyncProperty(
    columns,
    chunkBytes,
    fc.constant(true),
    assertScanMakesNoDifference,
  );
  await fc.assert(isLog, { numRuns: Math.ceil(runs / 2), seed });
  const isFast = fc.property(longLine, ({ sample, at, repeated, hasRest }) => {
    const place = at % (sample.length + 1);
    const middle = repeated.repeat(Math.ceil(LONG_BYTES / repeated.length));
    assertReadsFast(sample.slice(0, place) + middle + (hasRest ? sample.slice(place) : ""));
  });
  fc.assert(isFast, { numRuns: Math.ceil(runs / 5), seed });
}
