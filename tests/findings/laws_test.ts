import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import { findAll } from "../../lib/findings/find.ts";
import type { LogRecord } from "../../schema.ts";
import { analyze, findIn, OPTIONS, requests } from "./make_logs.ts";

/** Equal requests of one minute: few endpoints and clients, many failures. */
const run: fc.Arbitrary<LogRecord[]> = fc.record({
  count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 70 })),
  minute: fc.oneof(fc.nat(4), fc.nat(4), fc.nat(60)),
  method: fc.constantFrom("GET", "GET", "POST"),
  endpoint: fc.constantFrom("/a", "/a", "/b", "/c", "/d", "-"),
  statusCode: fc.constantFrom(200, 200, 200, 404, 500, 503, 600),
  ip: fc.constantFrom("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "-"),
  responseTimeUs: fc.constantFrom(undefined, 1000, 1000, 2_000_000),
}).map(({ count, minute, ...fields }) => requests(count, minute, fields));

const log: fc.Arbitrary<LogRecord[]> = fc.array(run, { minLength: 1, maxLength: 20 })
  .map((runs) => runs.flat());

/** Choices for as many records as there may be, used over and over. */
const choices: fc.Arbitrary<number[]> = fc.array(fc.nat(1000), { minLength: 1, maxLength: 101 });

function shuffled(records: readonly LogRecord[], places: readonly number[]): LogRecord[] {
  const keyed = records.map((record, i) => [places[i % places.length]! * (i % 7 + 1), record]);
  return (keyed as [number, LogRecord][]).sort(([a], [b]) => a - b).map(([, record]) => record);
}

/** Splits records into parts, of which some may be empty. */
function split(records: readonly LogRecord[], places: readonly number[], size: number) {
  return Array.from(
    { length: size },
    (_, part) => records.filter((_, i) => places[i % places.length]! % size === part),
  );
}

Deno.test("findAll gives the same for every order of the records", () => {
  fc.assert(fc.property(log, choices, (records, places) => {
    const found = findIn(records);
    assertEquals(findIn(shuffled(records, places)), found);
    assertEquals(findIn(records.toReversed()), found);
  }));
});

Deno.test("findAll gives the same for analyses merged, for every split and either way round", () => {
  fc.assert(fc.property(log, choices, (records, places) => {
    const found = findIn(records);
    for (const [one, other] of [[0, 1], [1, 0]] as const) {
      const parts = split(records, places, 2).map((part) => analyze(part));
      parts[one]!.merge(parts[other]!);
      assertEquals(findAll(parts[one]!), found);
    }
  }));
});

Deno.test("findAll gives the same for analyses of many parts, some of them from their JSON form", () => {
  fc.assert(fc.property(log, choices, fc.integer({ min: 3, max: 6 }), (records, places, size) => {
    const whole = new Analysis({ ...OPTIONS, hashKey: [places[0]!, size] });
    for (const [i, part] of split(records, places, size).entries()) {
      const analysis = analyze(part);
      if (i % 2 === 0) whole.merge(analysis);
      else whole.mergeJSON(JSON.parse(JSON.stringify(analysis)));
    }
    assertEquals(findAll(whole), findIn(records));
  }));
});

Deno.test("findAll gives ten findings at most, the most severe first, and texts and numbers only", () => {
  const ranks = ["error", "warning", "info"];
  fc.assert(fc.property(log, (records) => {
    const found = findIn(records);
    assert(found.length <= 10);
    const order = found.map(({ severity }) => ranks.indexOf(severity));
    assertEquals(order, order.toSorted());
    assert(found.every(({ subject }) => subject !== ""));
    // NaN and infinity would be null in JSON.
    assertEquals(JSON.parse(JSON.stringify(found)), found);
  }));
});

Deno.test("findAll finds something by every rule in the logs of these tests", () => {
  const rules = new Set(
    fc.sample(log, { numRuns: 500, seed: 7 }).flatMap((records) =>
      findIn(records).map(({ rule }) => rule)
    ),
  );
  assertEquals([...rules].sort(), [
    "failing_endpoint",
    "failure_burst",
    "never_succeeds",
    "noisy_client",
    "silence",
    "slow_burst",
    "sparse_windows",
    "steady_failures",
    "threshold_parts_nobody",
  ]);
});
