import { assert, assertStringIncludes } from "@std/assert";
import { describeMisfit } from "../../lib/formats/describe_misfit.ts";

Deno.test("describeMisfit() recognises logs of other kinds", () => {
  const looks: readonly (readonly [line: string, look: string])[] = [
    ['192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0"', "Common Log Format"],
    ['{"method":"GET","endpo', "cut off"],
    ['2025-12-24T00:00:00Z stdout F {"method":"GET"}', "prefix"],
    ["<html>", "XML or HTML"],
    ["#Fields: date time cs-method", "W3C"],
    ["time:1\thost:192.0.2.1\treq:GET /", "LTSV"],
    ["method=GET path=/ status=200", "logfmt"],
    ["method,endpoint,status_code", "CSV"],
    ["hello", "it is no JSON"],
  ];
  for (const [line, look] of looks) assertStringIncludes(describeMisfit(line), look);
  assert(!describeMisfit("hello").includes("looks like"));
});

Deno.test("describeMisfit() tells which facts about a request a line of text has and lacks", () => {
  const lines: readonly (readonly [line: string, facts: string])[] = [
    ["::1 - GET /a 200 2 - 1.5 ms", "; it has a client, a request, a status, but no time"],
    ['INFO: 192.0.2.7:51234 - "GET /a HTTP/1.1" 200 OK', "a request, a status, but no time"],
    ['[2026-11-25T18:00:00] "GET /a HTTP/1.1" 200', "a request, a status, a time, but no client"],
    ["GET /a 200 1.5 ms", "; it has a request, a status, but no client and no time"],
  ];
  for (const [line, facts] of lines) assertStringIncludes(describeMisfit(line), facts);
  for (const line of ["192.0.2.7", "2026-11-25T18:00:00Z all is well", '[1,{"a":2']) {
    assert(!describeMisfit(line).includes("it has"), line);
  }
});

Deno.test("describeMisfit() tells what kind of JSON a line is", () => {
  const kinds: readonly (readonly [line: string, kind: string])[] = [
    ["[1]", "a JSON array"],
    ["null", "a JSON null"],
    ["12", "a JSON number"],
    ['"x"', "a JSON string"],
    ["{}", "an object without keys"],
    ['{"time":1,"status":2}', 'its keys are "time", "status"'],
  ];
  for (const [line, kind] of kinds) assertStringIncludes(describeMisfit(line), kind);
});

Deno.test("describeMisfit() shows at most eight keys, and of each thirty characters", () => {
  const keys = Object.fromEntries(Array.from({ length: 11 }, (_, i) => ["k".repeat(50) + i, i]));
  const said = describeMisfit(JSON.stringify(keys));
  assertStringIncludes(said, `"${"k".repeat(30)}…"`);
  assertStringIncludes(said, "and 3 more");
  assert(!said.includes("k".repeat(31)));
});
