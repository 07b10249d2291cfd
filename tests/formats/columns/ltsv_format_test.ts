import { assertEquals } from "@std/assert";
import { LTSV_FORMAT } from "../../../lib/formats/columns/ltsv_format.ts";
import { Rejection } from "../../../schema.ts";

/** What a line is, in short. */
function read(...fields: readonly string[]): unknown {
  const outcome = LTSV_FORMAT.read(fields.join("\t"));
  if (outcome instanceof Rejection) return outcome.reason;
  if (outcome === undefined || outcome === "context") return outcome;
  const { method, endpoint, statusCode, ip, responseTimeUs } = outcome;
  return [method, endpoint, statusCode, ip, responseTimeUs];
}

const TIME = "time:[25/Nov/2026:18:00:00 +0100]";

Deno.test("labels come in any order, in brackets or not, with others between", () => {
  const expected = ["GET", "/a:b", 200, "192.0.2.7", 57_000];
  assertEquals(
    read("status:200", "x:y", "uri:/a:b", "method:GET", "host:192.0.2.7", "apptime:0.057", TIME),
    expected,
  );
  assertEquals(
    read(
      TIME,
      "req:GET /a:b HTTP/1.1",
      "status:200",
      "forwardedfor:192.0.2.7, 192.0.2.1",
      "reqtime:-",
      "reqtime_microsec:57000",
    ),
    expected,
  );
});

Deno.test("lines without a status or a time are rejected, lines of other kinds left", () => {
  assertEquals(read(TIME, "uri:/a", "status:-"), "bad_status");
  assertEquals(read("time:yesterday", "uri:/a", "status:200"), "bad_timestamp");
  assertEquals(read("uri:/a", "status:200"), "missing_field");
  assertEquals(read(TIME, "uri:/a"), undefined);
  assertEquals(read(TIME, "status:200"), undefined);
  assertEquals(read("uri:/a status:200"), undefined);
});

Deno.test("a line that tells a fact twice is not learned", () => {
  const [[line]] = LTSV_FORMAT.samples;
  assertEquals(LTSV_FORMAT.learn(line)?.slots.length, 7);
  assertEquals(LTSV_FORMAT.learn(`${line}\treqtime:0.1`), undefined);
});
