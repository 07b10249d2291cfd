import { assertEquals } from "@std/assert";
import { readClf } from "../../../lib/formats/text/clf.ts";
import { type LogRecord, Rejection } from "../../../schema.ts";

const TIME = "[25/Nov/2026:18:00:00 +0000]";
const TIME_US = Date.UTC(2026, 10, 25, 18) * 1000;

/** What counts of a line: method, endpoint, status, client. */
function read(line: string): unknown {
  const outcome = readClf(line);
  if (outcome === undefined || outcome instanceof Rejection) return outcome;
  return [outcome.method, outcome.endpoint, outcome.statusCode, outcome.ip];
}

Deno.test("readClf() reads what servers write by default, and more behind it", () => {
  const cases: readonly (readonly [line: string, expected: readonly unknown[]])[] = [
    [`192.0.2.7 - - ${TIME} "GET /a?b=1 HTTP/1.1" 200 512`, ["GET", "/a?b=1", 200, "192.0.2.7"]],
    [`192.0.2.7 - - ${TIME} "GET /a HTTP/2.0" 304 - "-" "x" 0.015`, [
      "GET",
      "/a",
      304,
      "192.0.2.7",
    ]],
    [`192.0.2.7 - jane doe ${TIME} "GET /a HTTP/1.1" 401 0`, ["GET", "/a", 401, "192.0.2.7"]],
    [`::ffff:192.0.2.7 - - ${TIME} "PUT /a HTTP/1.1" 201 5`, ["PUT", "/a", 201, "192.0.2.7"]],
    [`host.example - - ${TIME} "GET / HTTP/1.0" 200 5`, ["GET", "/", 200, "host.example"]],
    [`www.example:443 192.0.2.7 - - ${TIME} "GET / HTTP/1.1" 200 5`, [
      "GET",
      "/",
      200,
      "192.0.2.7",
    ]],
    [`www.example ::1 - - ${TIME} "GET / HTTP/1.1" 200 5`, ["GET", "/", 200, "::1"]],
    [`192.0.2.7, 192.0.2.1 - - ${TIME} "GET / HTTP/1.1" 200 5`, ["GET", "/", 200, "192.0.2.7"]],
    [`192.0.2.7 - - ${TIME} example.com "GET / HTTP/1.1" 200 5 0.1`, [
      "GET",
      "/",
      200,
      "192.0.2.7",
    ]],
    [`192.0.2.7 - - ${TIME} 250 "GET / HTTP/1.1" 404 26`, ["GET", "/", 404, "192.0.2.7"]],
    [`192.0.2.7 - - ${TIME} "CONNECT a:443 HTTP/1.1" 405 5`, [
      "CONNECT",
      "a:443",
      405,
      "192.0.2.7",
    ]],
    [`192.0.2.7 - - ${TIME} "GET /noproto" 200 5`, ["GET", "/noproto", 200, "192.0.2.7"]],
    [`192.0.2.7 - - ${TIME} "GET /a b c HTTP/1.1" 404 5`, ["GET", "/a b c", 404, "192.0.2.7"]],
  ];
  for (const [line, expected] of cases) assertEquals(read(line), expected, line);
});

Deno.test("readClf() counts what was no request without an endpoint", () => {
  for (
    const request of ["-", "", "\\x16\\x03\\x01 \\x22", "MGLNDD_198.51.100.5_443", "GET", "GET "]
  ) {
    const line = `192.0.2.7 - - ${TIME} "${request}" 400 0 "-" "-"`;
    assertEquals(read(line), ["-", "-", 400, "192.0.2.7"], request);
  }
});

Deno.test("readClf() finds the end of a request that has quotes", () => {
  const requests: readonly (readonly [request: string, endpoint: string])[] = [
    ['GET /\\"a\\" HTTP/1.1', '/\\"a\\"'],
    ['GET /"a" HTTP/1.1', '/"a"'],
    ["GET /a\\\\ HTTP/1.1", "/a\\\\"],
    ['GET /" 20 HTTP/1.1', '/" 20'],
  ];
  for (const [request, endpoint] of requests) {
    const line = `192.0.2.7 - - ${TIME} "${request}" 404 0 "-" "a \\"b\\""`;
    assertEquals(read(line), ["GET", endpoint, 404, "192.0.2.7"], request);
  }
});

Deno.test("readClf() reads times of any zone, and those without one as UTC", () => {
  const times: readonly (readonly [time: string, us: number])[] = [
    ["25/Nov/2026:18:00:00 +0000", TIME_US],
    ["25/Nov/2026:18:00:00", TIME_US],
    ["25/Nov/2026:18:00:00 -0000", TIME_US],
    ["25/Nov/2026:23:30:00 +0530", TIME_US],
    ["25/Nov/2026:12:00:00 -06", TIME_US],
    ["25/Nov/2026:19:00:00 +01:00", TIME_US],
    ["01/Jan/1970:00:00:00 +0000", 0],
  ];
  for (const [time, us] of times) {
    const line = `192.0.2.7 - - [${time}] "GET / HTTP/1.1" 200 5`;
    assertEquals((readClf(line) as LogRecord).timestampUs, us, time);
  }
});

Deno.test("readClf() rejects a line without a status or with an impossible time, and says why", () => {
  const rest = '"GET / HTTP/1.1"';
  for (const status of ["-", "000", "099", "0"]) {
    const line = `192.0.2.7 - - ${TIME} ${rest} ${status} 5`;
    assertEquals(readClf(line), new Rejection("bad_status", "status"), status);
  }
  for (
    const time of [
      "31/Feb/2026:18:00:00 +0000",
      "01/Foo/2026:18:00:00 +0000",
      "01/Jan/2026:24:00:00 +0000",
    ]
  ) {
    const line = `192.0.2.7 - - [${time}] ${rest} 200 5`;
    assertEquals(readClf(line), new Rejection("bad_timestamp", "timestamp"), time);
  }
});

Deno.test("readClf() leaves lines of other forms", () => {
  for (
    const line of [
      "",
      "hello",
      `${TIME} "GET / HTTP/1.1" 200 5`,
      `192.0.2.7 - - ${TIME} GET / 200`,
      `192.0.2.7 - - ${TIME} "GET / HTTP/1.1`,
      `192.0.2.7 - - ${TIME} "GET / HTTP/1.1" x`,
      `{"a":"b"} - - ${TIME} "GET / HTTP/1.1" 200 5`,
      `2026/02/12 - ${TIME} "GET / HTTP/1.1" 200 5`,
      '2021/12/01 13:53:33 [error] 31#31: *46 "/a" is not found, client: 192.0.2.7, request: "GET / HTTP/1.1"',
    ]
  ) assertEquals(readClf(line), undefined, line);
});
