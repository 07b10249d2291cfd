import { assertEquals, assertObjectMatch, assertThrows } from "@std/assert";
import { fieldFormat } from "../../../lib/formats/json/field_format.ts";

const REST = { time: "2026-11-25T18:00:00Z", method: "GET", uri: "/a", status: 200 };

Deno.test("fieldFormat() reads response times in the unit that is named", () => {
  for (const [unit, value] of [["s", 0.012], ["ms", 12], ["us", 12_000], ["ns", 12_000_000]]) {
    const { read } = fieldFormat([`response_time=took:${unit}`]);
    const line = JSON.stringify({ ...REST, took: value });
    assertObjectMatch(read(line)!, { responseTimeUs: 12_000, endpoint: "/a", method: "GET" });
  }
  const { read } = fieldFormat(["response_time=took"]);
  assertObjectMatch(read(JSON.stringify({ ...REST, took: 12 }))!, { responseTimeUs: undefined });
  assertObjectMatch(read(JSON.stringify({ ...REST, took: "1m2s" }))!, { responseTimeUs: 62e6 });
});

Deno.test("fieldFormat() reads times in the form that is named", () => {
  for (
    const [form, value] of [
      ["iso", "2026-11-25T19:00:00+01:00"],
      ["clf", "25/Nov/2026:18:00:00 +0000"],
      ["epoch", 1_795_629_600],
      ["epoch_ms", 1_795_629_600_000],
      ["epoch_us", 1_795_629_600_000_000],
      ["epoch_ns", "1795629600000000999"],
    ]
  ) {
    const { read } = fieldFormat([`timestamp=at.x:${form}`]);
    const line = JSON.stringify({ ...REST, at: { x: value }, time: "2020-01-01T00:00:00Z" });
    assertObjectMatch(read(line)!, { timestampUs: 1_795_629_600_000_000 });
  }
});

Deno.test("fieldFormat() takes the first path of a target that can be used, and no other keys", () => {
  const { read } = fieldFormat(["ip=a.b", 'ip="c.d"', "status_code=code"]);
  const line = (more: object) => JSON.stringify({ ...REST, code: 404, ip: "192.0.2.1", ...more });
  assertObjectMatch(read(line({ a: { b: "192.0.2.2" } }))!, { ip: "192.0.2.2", statusCode: 404 });
  assertObjectMatch(read(line({ a: { b: 1 }, "c.d": "192.0.2.3" }))!, { ip: "192.0.2.3" });
  assertObjectMatch(read(line({}))!, { ip: "-" });
  assertEquals(read('{"status":200}'), undefined);
  assertEquals(read("GET /"), undefined);
});

Deno.test("fieldFormat() says what is wrong with a field", () => {
  for (
    const [field, ...said] of [
      ["latency", "target=path"],
      ["latency=a", '"latency"', "response_time", "status_code"],
      ["response_time=a:min", '":min"', "s, ms, us, ns"],
      ["timestamp=a:ms", '":ms"', "epoch_ms"],
      ["endpoint=a:ms", '":ms"', "only response_time and timestamp"],
      ["endpoint=a..b", '"a..b"', "is no path"],
      ['endpoint="a', "is no path"],
    ] as const
  ) {
    for (const text of said) assertThrows(() => fieldFormat([field]), SyntaxError, text);
  }
});
