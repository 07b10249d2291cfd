import { assertEquals } from "@std/assert";
import { Extremes } from "../../lib/aggregates/extremes.ts";
import type { LogRecord } from "../../schema.ts";
import { makeRecord } from "../support/make_record.ts";

function extremesOf(records: readonly Partial<LogRecord>[]): Extremes {
  const extremes = new Extremes();
  for (const fields of records) extremes.add(makeRecord({ responseTimeUs: 7, ...fields }));
  return extremes;
}

Deno.test("Extremes are null without timed requests to a target", () => {
  const extremes = extremesOf([{ responseTimeUs: undefined }, { endpoint: "-" }, { endpoint: "" }]);
  assertEquals([extremes.fastest(), extremes.slowest()], [null, null]);
});

Deno.test("Extremes are single requests", () => {
  const extremes = extremesOf([
    { endpoint: "/b", responseTimeUs: 7 },
    { endpoint: "/a", responseTimeUs: 0, method: "PUT", timestampUs: 5 },
    { endpoint: "/c", responseTimeUs: 9 },
    { endpoint: "-", responseTimeUs: 99 },
  ]);
  assertEquals(extremes.fastest(), {
    endpoint: "/a",
    method: "PUT",
    responseTimeUs: 0,
    timestampUs: 5,
  });
  assertEquals(extremes.slowest()?.endpoint, "/c");
});

Deno.test("Extremes break ties by time, then endpoint, then method, by code point", () => {
  const winner = (records: readonly Partial<LogRecord>[]) => {
    const forwards = extremesOf(records), backwards = extremesOf(records.toReversed());
    assertEquals(backwards.fastest(), forwards.fastest());
    assertEquals(backwards.slowest(), forwards.slowest());
    assertEquals(forwards.slowest(), forwards.fastest());
    return forwards.fastest();
  };
  assertEquals(winner([{ timestampUs: 2 }, { timestampUs: -1, endpoint: "/z" }])?.timestampUs, -1);
  assertEquals(winner([{ endpoint: "\u{1F600}" }, { endpoint: "\uFF5E" }])?.endpoint, "\uFF5E");
  assertEquals(winner([{ method: "\u{1F600}" }, { method: "\uFF5E" }])?.method, "\uFF5E");
});
