/**
 * Looks for input that breaks the analyzer: `deno task fuzz --runs 10000 --seed 1`.
 *
 * Inputs are logs of records, some mutated, of bytes, and of both, perhaps compressed and damaged,
 * in chunks of any size; lines of all formats, some damaged, some long; files put together, reading that
 * is stopped, and states, some changed. It is seeded: the same options try the same inputs.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { parseArgs } from "@std/cli/parse-args";
import { Ajv2020 } from "ajv/2020";
import fc from "fast-check";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { COMBINED_FORMAT } from "../../lib/formats/text/text_formats.ts";
import { displayWidth } from "../../lib/report/renderers/display_width.ts";
import { renderText } from "../../lib/report/renderers/render_text.ts";
import { REPORT_SCHEMA } from "../../lib/report/report_schema.ts";
import { ALL, type SelectionSettings } from "../../lib/select/selection_settings.ts";
import { encodeRecord } from "../../schema.ts";
import { analyzeBytes, cutInto } from "../support/analyze_bytes.ts";
import { logRecord } from "../support/arbitraries.ts";
import { jsonOf } from "../support/json_of.ts";
import { wireValue } from "../support/schema_cases.ts";
import { fuzzFormats } from "./fuzz_formats.ts";
import { fuzzPieces } from "./fuzz_pieces.ts";
import { fuzzStates } from "./fuzz_states.ts";
import { fuzzStops } from "./fuzz_stops.ts";
import { lineOfOneLayout } from "./one_layout.ts";

type Bytes = Uint8Array<ArrayBuffer>;

interface Input {
  readonly log: Bytes;
  readonly chunkBytes: number;
  readonly maxLineBytes: number;
  readonly windowUs: number;
  readonly suspiciousOver: number;
  readonly maxEndpoints: number;
  readonly maxClients: number;
  readonly maxWindows: number;
  readonly maxPairs: number;
  readonly selected: SelectionSettings | undefined;
}

const encoder = new TextEncoder();

/** A line that looks real: a record, or a thing close to one, some of its text cut, doubled or changed. */
const line = fc.tuple(
  fc.oneof(
    logRecord.map(encodeRecord),
    logRecord.map(COMBINED_FORMAT.write),
    logRecord.map((record) => COMBINED_FORMAT.write({ ...record, method: "GET", ip: "192.0.2.7" })),
    wireValue.map((value) => JSON.stringify(value)),
    fc.json({ maxDepth: 2 }),
  ),
  fc.option(
    fc.record({
      at: fc.nat(250),
      drop: fc.nat(4),
      insert: fc.constantFrom(
        "",
        "\0",
        '"',
        "\\",
        "{",
        "}",
        "\r",
        "\u001b[2J",
        "\uFEFF",
        "\u2028",
        "9",
      ),
    }),
    { freq: 3 },
  ),
).map(([text, edit]) =>
  encoder.encode(
    edit === null ? text : text.slice(0, edit.at) + edit.insert + text.slice(edit.at + edit.drop),
  )
);

const anyBytes = fc.uint8Array({ maxLength: 40 });
const end = fc.constantFrom("\n", "\n", "\n", "\r\n", "\n\n", "\r", "").map((text) =>
  encoder.encode(text)
);

const plain: fc.Arbitrary<Bytes> = fc.tuple(
  fc.constantFrom("", "", "", "\uFEFF", "\x1f", "(\xb5/").map((text) => encoder.encode(text)),
  fc.array(fc.tuple(fc.oneof({ weight: 9, arbitrary: line }, anyBytes), end), { maxLength: 30 }),
).map(([start, lines]) => join([start, ...lines.flat()]));

/** Mostly whole, sometimes cut, with a byte changed, or with something behind it. */
const compressed: fc.Arbitrary<Bytes> = fc.tuple(
  fc.constantFrom(gzipSync, zstdCompressSync),
  fc.array(plain, { minLength: 1, maxLength: 3 }),
  fc.option(fc.tuple(fc.nat(400), fc.nat(255))),
  fc.option(fc.nat(30)),
  fc.option(anyBytes),
).map(([compress, parts, change, cut, tail]) => {
  const bytes = join(parts.map((part) => compress(part)));
  if (change !== null) bytes[change[0] % bytes.length] = change[1];
  return join([cut === null ? bytes : bytes.subarray(0, -cut), tail ?? new Uint8Array()]);
});

/** Lines of one layout, which are read as bytes from the second on. */
const alike: fc.Arbitrary<Bytes> = fc.array(lineOfOneLayout, { maxLength: 12 })
  .map((lines) => encoder.encode(lines.map((line) => `${line}\n`).join("")));

const cap = fc.constantFrom(2, 4, 1000);

const selected: fc.Arbitrary<SelectionSettings> = fc.record({
  sinceUs: fc.option(fc.constantFrom(0, 1_766_534_400e6), { nil: undefined }),
  conditions: fc.subarray([
    "status>=400",
    'endpoint~"^/[a-c]|\\p{Cc}"',
    "!(ip in 192.0.2.0/25) || method!=GET",
    "response_time>1us",
    'user_agent~"[a-m]|^$"',
  ], { maxLength: 2 }),
  bots: fc.constantFrom("count", "count", "exclude", "only"),
  stripsQuery: fc.boolean(),
  isGrouping: fc.boolean(),
}).map((chosen) => ({ ...ALL, ...chosen }));

const input: fc.Arbitrary<Input> = fc.record({
  log: fc.oneof(
    { weight: 5, arbitrary: plain },
    { weight: 3, arbitrary: alike },
    { weight: 1, arbitrary: compressed },
  ),
  chunkBytes: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5000 })),
  maxLineBytes: fc.constantFrom(1, 40, 150, 200, 2 ** 20),
  windowUs: fc.constantFrom(1000, 1_000_000, 60_000_000),
  suspiciousOver: fc.nat(3),
  maxEndpoints: cap,
  maxClients: cap,
  maxWindows: cap,
  maxPairs: cap,
  selected: fc.option(selected, { nil: undefined }),
});

const isReport = new Ajv2020({ strict: true }).compile(REPORT_SCHEMA);

/** Asserts all that holds of whatever was read. */
async function check({ log, chunkBytes, ...settings }: Input): Promise<void> {
  const { report, rejected } = await analyzeBytes(cutInto(log, chunkBytes), settings);
  const whole = await analyzeBytes([log], settings);
  // Lines taken as bytes count as if they had been parsed, whatever limits they are beyond.
  const parsed = await analyzeBytes(cutInto(log, chunkBytes), { ...settings, isScanning: false });
  assertEquals(jsonOf(report), jsonOf(parsed.report));
  assertEquals(rejected, parsed.rejected);
  // What a decoder gives before it meets a fault depends on how much it was given at once.
  if (whole.messages.length === 0) assertEquals(jsonOf(report), jsonOf(whole.report));

  const { lines, records, blank, context, filtered, rejected_by_reason } = report.input;
  assertEquals(lines, records + report.input.rejected + blank + context + filtered);
  assertEquals(report.input.rejected, rejected.length);
  assertEquals(Object.values(rejected_by_reason).reduce((a, b) => a + b, 0), rejected.length);
  if (settings.selected !== undefined) {
    const { report: all } = await analyzeBytes([log], { ...settings, selected: undefined });
    if (whole.messages.length === 0) assertEquals(records + filtered, all.input.records);
  }
  assertEquals(report.total_requests, records);
  assertEquals(report.successful_requests + report.failed_requests, records);
  const named = [...report.endpoints]
    .reduce((sum, { requests, requests_error = 0 }) => sum + requests - requests_error, 0);
  assertEquals(named + report.endpoints_other.requests + report.input.without_endpoint, records);
  const inTime = [...report.timeline].reduce((sum, { total_requests }) => sum + total_requests, 0);
  assertEquals(inTime, records);

  assert(isReport(JSON.parse(jsonOf(report))), JSON.stringify(isReport.errors));
  const text = renderText(report, {
    top: 3,
    style: { title: String, quiet: String, alarm: String, warning: String },
  });
  for (const shown of text.split("\n")) {
    assert(displayWidth(shown) <= 80 && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(shown), shown);
  }
}

function join(parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * Tries inputs until one breaks a law, or all have been tried.
 *
 * @param options How many, and where chance starts.
 * @throws {Error} With the smallest input found that breaks a law.
 */
export async function fuzz(
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<void> {
  await fc.assert(fc.asyncProperty(input, check), { numRuns: runs, seed });
  await fuzzFormats({ runs, seed });
  await fuzzPieces({ runs, seed });
  await fuzzStops({ runs, seed });
  fuzzStates({ runs, seed });
}

if (import.meta.main) {
  const { runs, seed } = parseArgs(Deno.args, { default: { runs: 5000, seed: 1 } });
  const start = performance.now();
  await fuzz({ runs, seed });
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(`${runs} inputs from seed ${seed} in ${seconds} s: every law holds`);
}
