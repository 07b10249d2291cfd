import { assert, assertEquals } from "@std/assert";
import { renderText } from "../../lib/report/renderers/render_text.ts";
import { parseRecord, Rejection } from "../../schema.ts";
import { analyzeBytes, type Analyzed } from "../support/analyze_bytes.ts";
import { jsonOf } from "../support/json_of.ts";
import { lineOf } from "../support/schema_cases.ts";

function analyze(text: string): Promise<Analyzed> {
  return analyzeBytes([new TextEncoder().encode(text)]);
}

/** A record but for some fields, whose values are given as JSON text. */
function rawLine(fields: Readonly<Record<string, string>>): string {
  const line = lineOf(Object.fromEntries(Object.keys(fields).map((name) => [name, undefined])));
  const members = Object.entries(fields).map(([name, json]) => `"${name}":${json}`).join(",");
  return line.replace("{", `{${members},`);
}

const DEPTH = 300_000;

const TRAPS: Readonly<Record<string, readonly [line: string, outcome: string]>> = {
  "an array as deep as a line is long": ["[".repeat(DEPTH), "not_json"],
  "a closed array as deep": ["[".repeat(DEPTH) + "]".repeat(DEPTH), "not_object"],
  "an object as deep": ['{"a":'.repeat(DEPTH / 2) + "1" + "}".repeat(DEPTH / 2), "missing_field"],
  "a record around depth": [rawLine({ x: "[".repeat(DEPTH) + "]".repeat(DEPTH) }), "record"],
  "a key twice": [rawLine({ method: '"PUT"' }).replace("{", '{"method":5,'), "record"],
  "a prototype as key": [lineOf({}).replace("{", '{"__proto__":{"method":1},'), "record"],
  "a prototype as endpoint": [rawLine({ endpoint: '"__proto__"' }), "record"],
  "a number of a million digits": [
    rawLine({ response_time: "9".repeat(1_000_000) }),
    "bad_response_time",
  ],
  "a million decimals": [rawLine({ response_time: `0.${"1".repeat(1_000_000)}` }), "record"],
  "an endless exponent": [rawLine({ response_time: `1e${"9".repeat(9)}` }), "bad_response_time"],
  "an endless negative exponent": [rawLine({ response_time: `1e-${"9".repeat(9)}` }), "record"],
  "infinity": [rawLine({ response_time: "1e999" }), "bad_response_time"],
  "minus zero": [rawLine({ response_time: "-0" }), "record"],
  "a negative time": [rawLine({ response_time: "-1" }), "bad_response_time"],
  "NaN": [rawLine({ response_time: "NaN" }), "not_json"],
  "a time as text": [rawLine({ response_time: '"5"' }), "bad_type"],
  "a lone surrogate": [rawLine({ endpoint: '"\\ud800"' }), "record"],
  "status 2OO": [rawLine({ status_code: '"2OO"' }), "bad_status"],
  "status 99": [rawLine({ status_code: "99" }), "bad_status"],
  "status 1000": [rawLine({ status_code: "1000" }), "bad_status"],
  "a status of a million digits": [
    rawLine({ status_code: `"${"2".repeat(1_000_000)}"` }),
    "bad_status",
  ],
  "30 February": [rawLine({ timestamp: '"2025-02-30T00:00:00"' }), "bad_timestamp"],
  "a leap second": [rawLine({ timestamp: '"2016-12-31T23:59:60Z"' }), "record"],
  "year 1": [rawLine({ timestamp: '"0001-01-01T00:00:00"' }), "bad_timestamp"],
  "year 9999": [rawLine({ timestamp: '"9999-12-31T23:59:59"' }), "bad_timestamp"],
  "nanoseconds": [rawLine({ timestamp: '"2025-12-24T00:00:00.123456789Z"' }), "record"],
  "the last offset": [rawLine({ timestamp: '"2025-12-24T00:00:00-23:59"' }), "record"],
  "a million decimals of a second": [
    rawLine({ timestamp: `"2025-12-24T00:00:00.${"1".repeat(1_000_000)}"` }),
    "bad_timestamp",
  ],
  "an endpoint of a million characters": [
    rawLine({ endpoint: `"/${"a".repeat(1_000_000)}"` }),
    "record",
  ],
  "a million escapes": [rawLine({ endpoint: `"/${"\\n".repeat(500_000)}"` }), "record"],
  "a hundred thousand keys": [
    rawLine(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [String(i * 2048), "1"]))),
    "record",
  ],
  "a million spaces": [" ".repeat(1_000_000), "blank"],
  "a million spaces and a dot": [" ".repeat(1_000_000) + ".", "not_json"],
};

for (const [name, [line, expected]] of Object.entries(TRAPS)) {
  Deno.test(`analyzer.ts takes ${name} for ${expected}, in linear time`, async () => {
    const start = performance.now();
    const { report, rejected } = await analyze(`${line}\n${lineOf({})}\n`);
    renderText(report, {
      top: 10,
      style: { title: String, quiet: String, alarm: String, warning: String },
    });
    JSON.parse(jsonOf(report));
    // The longest of these lines would take minutes in quadratic time, and milliseconds in linear.
    assert(performance.now() - start < 5000);

    const { lines, records, blank } = report.input;
    assertEquals(lines, 2);
    assertEquals(
      rejected.map(({ reason }) => reason),
      /^(record|blank)$/.test(expected) ? [] : [expected],
    );
    assertEquals(
      [records, blank],
      expected === "record" ? [2, 0] : expected === "blank" ? [1, 1] : [1, 0],
    );
  });
}

Deno.test("analyzer.ts takes names of the language for text like any other", async () => {
  const names = [
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "valueOf",
    "length",
    "0",
  ];
  const log = names.map((name) => lineOf({ method: name, endpoint: name, ip: name })).join("\n");
  const { report } = await analyze(log);
  assertEquals([...report.endpoints].map(({ endpoint }) => endpoint), names.toSorted());
  assertEquals(report.clients.top.map(({ ip }) => ip), names.toSorted());
  assertEquals([...report.methods.keys()], names.toSorted());
  const parsed = JSON.parse(jsonOf(report));
  assertEquals(Object.keys(parsed.methods).length, names.length);
});

Deno.test("parseRecord() reads what a key twice said last", () => {
  const outcome = parseRecord(lineOf({}).replace("{", '{"ip":7,"ip":null,'));
  assert(!(outcome instanceof Rejection));
});

Deno.test("analyzer.ts is not slowed down by a log whose keys collide", async () => {
  const collidingKeys = Array.from({ length: 4000 }, (_, i) => String(1_001_472 + 2048 * i));
  const timeOf = async (keys: readonly string[]) => {
    const lines = keys.map((key) => lineOf({ endpoint: key, ip: key, method: key }));
    const log = new TextEncoder().encode(`${lines.join("\n")}\n`.repeat(10));
    const times: number[] = [];
    for (let round = 0; round < 4; round++) {
      const start = performance.now();
      await analyzeBytes([log]);
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  };
  const usual = await timeOf(collidingKeys.map((key) => `/${key}`));
  const flooded = await timeOf(collidingKeys);
  assert(flooded < 4 * usual, `${flooded} ms instead of ${usual} ms`);
});
