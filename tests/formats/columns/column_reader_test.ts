import { assertEquals } from "@std/assert";
import type { LineOutcome } from "../../../lib/formats/description/format.ts";
import { FormatReader, type FormatReaderOptions } from "../../../lib/formats/format_reader.ts";
import { Rejection } from "../../../schema.ts";

/** What lines are, in short. */
function outcomesOf(
  lines: readonly string[],
  { isWhole = true, ...options }: FormatReaderOptions & { readonly isWhole?: boolean } = {},
): unknown[] {
  const reader = new FormatReader(options);
  reader.open(isWhole);
  return lines.flatMap((line) => reader.read(line)).map(toShort);
}

function toShort(outcome: LineOutcome): unknown {
  if (outcome instanceof Rejection) return outcome.reason;
  if (typeof outcome === "string") return outcome;
  const { method, endpoint, statusCode, ip, responseTimeUs } = outcome;
  return [method, endpoint, statusCode, ip, responseTimeUs];
}

Deno.test("the header decides which column is what, and may change", () => {
  assertEquals(
    outcomesOf([
      "",
      "#Software: Microsoft Internet Information Services 10.0",
      "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip sc-status time-taken",
      "2026-11-25 18:00:00 192.0.2.1 GET /a b=1 192.0.2.7 200 57",
      "2026-11-25 18:00:00 192.0.2.1 GET /a b=1 c 192.0.2.7 200 57",
      "#Fields: date time sc-status c-ip cs-method cs-uri-stem cs-uri-query X-Forwarded-For",
      "2026-11-25 18:00:00 404 ::ffff:192.0.2.8 POST /c - 192.0.2.9,+192.0.2.1",
    ]),
    [
      "blank",
      "context",
      "context",
      ["GET", "/a?b=1", 200, "192.0.2.7", 57_000],
      "no_match",
      "context",
      ["POST", "/c", 404, "192.0.2.8", undefined],
    ],
  );
});

Deno.test("X-Forwarded-For is the client only where c-ip is missing", () => {
  const lines = [
    "#Fields: date time cs-method cs-uri-stem sc-status X-Forwarded-For",
    "2026-11-25 18:00:00 GET /a 200 192.0.2.9:33453,+192.0.2.1",
  ];
  assertEquals(outcomesOf(lines)[1], ["GET", "/a", 200, "192.0.2.9", undefined]);
  const how = { client: "last", assumedOffsetUs: 0 } as const;
  assertEquals(outcomesOf(lines, { how })[1], ["GET", "/a", 200, "192.0.2.1", undefined]);
});

Deno.test("time-taken has a unit only where the server is known", () => {
  const timeOf = (line: string, ...header: string[]) =>
    (outcomesOf([...header, line]).at(-1) as unknown[])[4];
  const fields = "#Fields: date time cs-method cs-uri-stem sc-status time-taken";
  const values = "2026-11-25 18:00:00 GET /a 200 2";
  assertEquals(timeOf(values, fields), undefined);
  assertEquals(timeOf(values, "#Software: Microsoft IIS", fields), 2000);
  assertEquals(timeOf(`${values} 0`, `${fields} sc-win32-status`), 2000);
  assertEquals(timeOf(`${values} X`, `${fields} x-edge-location`), 2_000_000);
  assertEquals(timeOf(values.replaceAll(" ", "\t"), fields), 2_000_000);
  assertEquals(timeOf(values, fields.replace("time-taken", "TimeTakenMS")), 2000);
});

Deno.test("a time without a date has the day of the header; without that it is none", () => {
  const fields = "#Fields: time c-ip cs-method cs-uri-stem sc-status";
  const line = "18:00:00 192.0.2.7 GET /a 200";
  assertEquals(outcomesOf([fields, line])[1], "missing_field");
  const reader = new FormatReader();
  reader.open(true);
  for (const text of ["#Date: 2026-11-25 00:00:00", fields]) reader.read(text);
  const outcome = reader.read(line) as { readonly timestampUs: number };
  assertEquals(outcome.timestampUs, Date.UTC(2026, 10, 25, 18) * 1000);
});

Deno.test("local times are those of the assumed zone", () => {
  const reader = new FormatReader({ how: { client: "first", assumedOffsetUs: 3_600_000_000 } });
  reader.open(true);
  reader.read("#Fields: date-local time-local cs-method cs-uri-stem sc-status");
  const outcome = reader.read('2026-11-25  18:00:00.5 "GET" "/a b" 200') as unknown;
  assertEquals(outcome, {
    method: "GET",
    endpoint: "/a b",
    statusCode: 200,
    ip: "-",
    responseTimeUs: undefined,
    userAgent: undefined,
    timestampUs: Date.UTC(2026, 10, 25, 17, 0, 0, 500) * 1000,
    isZoneAssumed: true,
  });
  assertEquals(reader.tally.assumedZones, 1);
});

Deno.test("rows without status, time or request are told apart", () => {
  const fields = "#Fields: date time c-ip cs-method cs-uri-stem sc-status";
  assertEquals(
    outcomesOf([
      fields,
      "2026-11-25 18:00:00 192.0.2.7 GET /a 000",
      "2026-11-25 18:00:00 192.0.2.7 GET /a -",
      "2026-11-32 18:00:00 192.0.2.7 GET /a 200",
      "2026-11-25 18:00:00 192.0.2.7 [2]USER anonymous 331",
      "2026-11-25 18:00:00 - - - 400",
      "#Fields: date time c-ip",
      "2026-11-25 18:00:00 192.0.2.7",
    ]).slice(1),
    [
      "bad_status",
      "bad_status",
      "bad_timestamp",
      "not_a_request",
      [
        "-",
        "-",
        400,
        "-",
        undefined,
      ],
      "context",
      "not_a_request",
    ],
  );
});

Deno.test("Zeek's http.log is read by its header", () => {
  assertEquals(
    outcomesOf([
      "#separator \\x09",
      "#unset_field\t-",
      "#fields\tts\tuid\tid.orig_h\tmethod\turi\tstatus_code",
      "1795629600.123456\tC1\t192.0.2.7\tGET\t/a b\t200",
      "#close\t2026-11-25",
    ]),
    ["context", "context", "context", ["GET", "/a b", 200, "192.0.2.7", undefined], "context"],
  );
});

Deno.test("only the first line of a whole input begins a header, and no input knows another's", () => {
  const fields = "#Fields: date time c-ip cs-method cs-uri-stem sc-status";
  const line = "2026-11-25 18:00:00 192.0.2.7 GET /a 200";
  const combined = '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 5';
  assertEquals(outcomesOf([combined, fields, line]).slice(1), ["not_json", "not_json"]);
  assertEquals(outcomesOf([fields, line], { isWhole: false }), ["not_json", "not_json"]);
  const reader = new FormatReader();
  reader.open(true);
  reader.read(fields);
  reader.open(true);
  assertEquals([reader.read(line)].flat().map(toShort), ["not_json"]);
});

Deno.test("lines of other formats are read behind a header, too", () => {
  const combined = '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 5';
  const fields = "#Fields: date time c-ip cs-method cs-uri-stem sc-status";
  assertEquals(outcomesOf([fields, combined])[1], ["GET", "/a", 200, "192.0.2.7", undefined]);
});
