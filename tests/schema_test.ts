import { assert, assertEquals } from "@std/assert";
import {
  encodeRecord,
  formatTimestamp,
  parseRecord,
  parseTimestamp,
  Rejection,
  REJECTION_REASONS,
} from "../schema.ts";
import { lineOf } from "./support/schema_cases.ts";

Deno.test("parseTimestamp() takes every form of an instant", () => {
  const forms: readonly (readonly [text: string, us: number])[] = [
    ["1970-01-01T00:00:00", 0],
    ["1970-01-01t00:00:00z", 0],
    ["1970-01-01 00:00:00Z", 0],
    ["1970-01-01T00:00:00.1", 100_000],
    ["1970-01-01T00:00:00.000001", 1],
    ["1970-01-01T00:00:00.0000019", 1],
    ["1970-01-01T00:00:00.999999999", 999_999],
    ["1969-12-31T23:59:59.9999999", -1],
    ["1970-01-01T01:30:00+01:30", 0],
    ["1970-01-01T01:30:00+0130", 0],
    ["1969-12-31T19:00:00-05:00", 0],
    ["1970-01-01T23:59:00+23:59", 0],
    ["1969-12-31T00:01:00-23:59", 0],
    ["1969-12-31T23:59:60", 0],
    ["1969-12-31T23:59:60.5Z", 500_000],
    ["2000-02-29T00:00:00", Date.UTC(2000, 1, 29) * 1000],
    ["2024-02-29T00:00:00", Date.UTC(2024, 1, 29) * 1000],
    ["1684-07-29T00:00:00", Date.UTC(1684, 6, 29) * 1000],
    ["2255-06-04T23:59:59.999999", Date.UTC(2255, 5, 5) * 1000 - 1],
    ["1684-07-28T23:30:00-00:30", Date.UTC(1684, 6, 29) * 1000],
  ];
  for (const [text, us] of forms) {
    assertEquals(parseTimestamp(text), us, text);
    assert(Number.isSafeInteger(us));
  }
});

Deno.test("parseTimestamp() rejects every other", () => {
  for (
    const text of [
      "",
      "2025-12-24",
      "2025-12-24T00:00",
      "2025-12-24T00:00:00.",
      "2025-12-24T00:00:00.1234567890",
      "2025-12-24T00:00:00,5",
      "2025-12-24T00:00:00 Z",
      "2025-12-24T00:00:00+1",
      "2025-12-24T00:00:00+01",
      "2025-12-24T00:00:00+24:00",
      "2025-12-24T00:00:00+23:60",
      "2025-12-24T00:00:00Z\n",
      " 2025-12-24T00:00:00",
      "2025-12-24_00:00:00",
      "25-12-24T00:00:00",
      "+002025-12-24T00:00:00",
      "2025-1-24T00:00:00",
      "2025-12-24T0:00:00",
      "2025-00-24T00:00:00",
      "2025-13-24T00:00:00",
      "2025-12-00T00:00:00",
      "2025-12-32T00:00:00",
      "2025-04-31T00:00:00",
      "2023-02-29T00:00:00",
      "2100-02-29T00:00:00",
      "2025-12-24T24:00:00",
      "2025-12-24T00:60:00",
      "2025-12-24T00:00:61",
      "0001-01-01T00:00:00",
      "0099-12-24T00:00:00",
      "9999-12-31T23:59:59",
      "1684-07-28T23:59:59.999999",
      "2255-06-05T00:00:00",
      "2255-06-04T23:59:60",
      "1684-07-29T00:00:00+00:01",
      "2255-06-04T23:59:59-00:01",
      "２０２５-12-24T00:00:00",
      "1766534400",
      "24/Dec/2025:00:00:00 +0000",
    ]
  ) assertEquals(parseTimestamp(text), undefined, text);
});

Deno.test("formatTimestamp() writes all digits, before the epoch too", () => {
  assertEquals(formatTimestamp(-1), "1969-12-31T23:59:59.999999");
  assertEquals(formatTimestamp(1_000_001), "1970-01-01T00:00:01.000001");
  assertEquals(formatTimestamp(-62_135_596_800_000_000), "0001-01-01T00:00:00.000000");
});

Deno.test("parseRecord() reads a status from three digits or a number", () => {
  const statusOf = (status_code: unknown) => {
    const outcome = parseRecord(lineOf({ status_code }));
    return outcome instanceof Rejection ? outcome.reason : outcome.statusCode;
  };
  for (let code = 100; code <= 999; code++) {
    assertEquals([statusOf(code), statusOf(String(code))], [code, code]);
  }
  for (
    const status of [
      "99",
      "099",
      "1000",
      "",
      "2OO",
      "+20",
      "2e2",
      " 200",
      "200 ",
      "20.",
      "２００",
      "-20",
      99,
      1000,
      -200,
      0,
      200.5,
      1e21,
    ]
  ) assertEquals(statusOf(status), "bad_status", String(status));
  for (const status of [null, true, [], ["200"], {}]) assertEquals(statusOf(status), "bad_type");
});

Deno.test("parseRecord() rounds a response time to a microsecond, and knows its range", () => {
  const timeOf = (json: string) => {
    const outcome = parseRecord(lineOf({}).replace("{", `{"response_time":${json},`));
    return outcome instanceof Rejection ? outcome.reason : outcome.responseTimeUs;
  };
  const times: readonly (readonly [json: string, us: number | undefined])[] = [
    ["0", 0],
    ["-0", 0],
    ["0.0004", 0],
    ["0.0005", 1],
    ["12.3456", 12_346],
    ["1e3", 1_000_000],
    ["1e-9", 0],
    ["1000000000000", 1e15],
    ["null", undefined],
  ];
  for (const [json, us] of times) assert(Object.is(timeOf(json), us), `${json}: ${timeOf(json)}`);
  for (const json of ["-1", "-0.001", "-1e-300", "1000000000000.5", "1e13", "1e999", "-1e999"]) {
    assertEquals(timeOf(json), "bad_response_time", json);
  }
  for (const json of ['"5"', "true", "[]", "{}"]) assertEquals(timeOf(json), "bad_type", json);
  for (const json of ["NaN", "Infinity", "+1", ".5", "1.", "01"]) {
    assertEquals(timeOf(json), "not_json", json);
  }
});

Deno.test("parseRecord() names the first fault, in the order of reasons and of fields", () => {
  const faults: readonly (readonly [line: string, reason: string, field: string | undefined])[] = [
    ["", "not_json", undefined],
    ['{"method":"GET"', "not_json", undefined],
    [`${lineOf({})}${lineOf({})}`, "not_json", undefined],
    ["null", "not_object", undefined],
    ["[]", "not_object", undefined],
    ['"GET"', "not_object", undefined],
    ["200", "not_object", undefined],
    ["{}", "missing_field", "method"],
    [lineOf({ endpoint: undefined, ip: undefined, method: 1 }), "missing_field", "endpoint"],
    [lineOf({ status_code: undefined, timestamp: undefined }), "missing_field", "status_code"],
    [lineOf({ ip: undefined, timestamp: 1 }), "missing_field", "ip"],
    [lineOf({ timestamp: undefined, status_code: "x" }), "missing_field", "timestamp"],
    [lineOf({ method: null, endpoint: 1 }), "bad_type", "method"],
    [lineOf({ endpoint: 1, status_code: null }), "bad_type", "endpoint"],
    [lineOf({ status_code: null, ip: 1 }), "bad_type", "status_code"],
    [lineOf({ ip: {}, response_time: "1" }), "bad_type", "ip"],
    [lineOf({ response_time: "1", user_agent: 1 }), "bad_type", "response_time"],
    [lineOf({ user_agent: 1, timestamp: 1 }), "bad_type", "user_agent"],
    [lineOf({ timestamp: 1, status_code: "x" }), "bad_type", "timestamp"],
    [lineOf({ status_code: "x", timestamp: "x" }), "bad_status", "status_code"],
    [lineOf({ timestamp: "x", response_time: -1 }), "bad_timestamp", "timestamp"],
    [lineOf({ response_time: -1 }), "bad_response_time", "response_time"],
  ];
  for (const [line, reason, field] of faults) {
    const outcome = parseRecord(line);
    if (!(outcome instanceof Rejection)) throw new TypeError(`a record: ${line}`);
    assertEquals([outcome.reason, outcome.field], [reason, field], line);
  }
  // Its length is found out before a line comes here; the last two are those of other formats.
  assertEquals(REJECTION_REASONS[0], "line_too_long");
  assertEquals(REJECTION_REASONS.slice(-2), ["no_match", "not_a_request"]);
  assertEquals([...new Set(faults.map(([, reason]) => reason))], REJECTION_REASONS.slice(1, -2));
});

Deno.test("parseRecord() ignores what the schema does not name, and takes the last of a key twice", () => {
  const plain = parseRecord(lineOf({}));
  for (
    const line of [
      lineOf({ level: "info", nested: { method: 1 } }),
      lineOf({ user_agent: null, response_time: null }),
      lineOf({}).replace("{", '{"__proto__":{"method":1},"constructor":1,'),
      lineOf({}).replace("{", '{"method":7,"ip":null,'),
      ` \t${lineOf({})}\r `,
    ]
  ) assertEquals(parseRecord(line), plain, line);
});

Deno.test("parseRecord() makes text well-formed", () => {
  const line = lineOf({}).replace('"GET"', '"\\ud800"').replace('"/a"', '"\\udc00/\\ud83d\\ude00"')
    .replace('"192.0.2.1"', '"\\ude00"').replace("{", '{"user_agent":"a\\udfffb",');
  const outcome = parseRecord(line);
  if (outcome instanceof Rejection) throw outcome;
  assertEquals([outcome.method, outcome.endpoint, outcome.ip, outcome.userAgent], [
    "\uFFFD",
    "\uFFFD/\u{1F600}",
    "\uFFFD",
    "a\uFFFDb",
  ]);
});

Deno.test("encodeRecord() writes all fields in their order, and leaves out what is not there", () => {
  const record = {
    method: 'P"T',
    endpoint: "/é\n",
    statusCode: 204,
    ip: "::1",
    responseTimeUs: 1_500,
    userAgent: "\u{1F600}",
    timestampUs: 1,
  };
  assertEquals(
    encodeRecord(record),
    '{"method":"P\\"T","endpoint":"/é\\n","status_code":"204","ip":"::1","response_time":1.5,' +
      '"user_agent":"\u{1F600}","timestamp":"1970-01-01T00:00:00.000001"}',
  );
  assertEquals(
    encodeRecord({ ...record, responseTimeUs: undefined, userAgent: undefined }),
    '{"method":"P\\"T","endpoint":"/é\\n","status_code":"204","ip":"::1",' +
      '"timestamp":"1970-01-01T00:00:00.000001"}',
  );
});
