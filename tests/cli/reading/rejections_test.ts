import { assertEquals } from "@std/assert";
import { Rejections } from "../../../lib/cli/reading/rejections.ts";
import { RawLine } from "../../../lib/lines/cut_lines.ts";
import { parseRecord, Rejection } from "../../../schema.ts";

function rejectionsOf(lines: readonly string[], input = "access.log"): Rejections {
  const rejections = new Rejections();
  for (const [i, text] of lines.entries()) {
    const outcome = parseRecord(text);
    const bytes = new TextEncoder().encode(text);
    const line = { input, number: i + 1, raw: new RawLine(bytes.length, bytes) };
    if (outcome instanceof Rejection) rejections.add(outcome, line, text);
  }
  return rejections;
}

Deno.test("Rejections summary() counts each kind and names its first line", () => {
  const rejections = rejectionsOf(["x", "{}", "[]", "y", '{"method":1}', '{"method":"GET"}']);
  assertEquals(
    rejections.summary(9),
    "Rejected 6 of 9 lines: 2 not JSON (first at access.log:1), " +
      '1 without "method" (at access.log:2), 1 not a JSON object (at access.log:3), ' +
      '2 without "endpoint" (first at access.log:5)',
  );
  assertEquals(rejections.count(), 6);
});

Deno.test("Rejections tells all reasons apart", () => {
  const good = {
    method: "GET",
    endpoint: "/",
    status_code: "200",
    ip: "192.0.2.1",
    timestamp: "2025-12-24T00:00:00",
  };
  const bad = [{ ip: 1 }, { status_code: "99" }, { timestamp: "now" }, { response_time: -1 }];
  const rejections = rejectionsOf(bad.map((fields) => JSON.stringify({ ...good, ...fields })));
  assertEquals(
    rejections.summary(4),
    'Rejected 4 of 4 lines: 1 with "ip" of the wrong type (at access.log:1), ' +
      '1 with a bad "status_code" (at access.log:2), 1 with a bad "timestamp" (at access.log:3), ' +
      '1 with a bad "response_time" (at access.log:4)',
  );
});

Deno.test("Rejections explanation() shows the first line, safe for a terminal", () => {
  assertEquals(rejectionsOf([]).explanation(), []);
  const [where, found, expected] = rejectionsOf(['{"\u001B[2J":"' + "x".repeat(99)], "a\nb")
    .explanation();
  assertEquals(where, `  at a\\x0ab:1: {"\\x1b[2J":"${"x".repeat(21)}…`);
  assertEquals(
    found,
    "  found: it is no JSON, it looks like JSON that is cut off or spread over several lines",
  );
  assertEquals(parseRecord(expected!.slice(expected!.indexOf("{"))) instanceof Rejection, false);
});

Deno.test("Rejections explanation() of a line that was not decoded gives its size", () => {
  const rejections = new Rejections();
  const raw = new RawLine(10_000, new TextEncoder().encode("x".repeat(4096)));
  rejections.add(new Rejection("line_too_long"), { input: "access.log", number: 3, raw });
  assertEquals(
    rejections.summary(5),
    "Rejected 1 of 5 lines: 1 longer than --max-line (at access.log:3)",
  );
  assertEquals(rejections.explanation().slice(0, 2), [
    `  at access.log:3: ${"x".repeat(30)}…`,
    "  found: it has 10000 bytes",
  ]);
});
