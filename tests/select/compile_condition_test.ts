import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { RecordBatch } from "../../lib/records/record_batch.ts";
import { compileCondition } from "../../lib/select/compile_condition.ts";
import { RecordView } from "../../lib/select/record_view.ts";
import type { LogRecord } from "../../schema.ts";
import { makeRecord } from "../support/make_record.ts";

const UTC = { assumedOffsetUs: 0 };

function holds(condition: string, fields: Partial<LogRecord>, options = UTC): boolean {
  const batch = new RecordBatch(4, { keepsAgents: true });
  batch.append(makeRecord(fields));
  return compileCondition(condition, options)(new RecordView(batch));
}

/** For each condition, a record for which it holds, and one for which it does not. */
const BOTH_SIDES: readonly (readonly [string, Partial<LogRecord>, Partial<LogRecord>])[] = [
  ["status==404", { statusCode: 404 }, { statusCode: 403 }],
  ["status!=404", { statusCode: 403 }, { statusCode: 404 }],
  ["status<400", { statusCode: 399 }, { statusCode: 400 }],
  ["status<=400", { statusCode: 400 }, { statusCode: 401 }],
  ["status>400", { statusCode: 401 }, { statusCode: 400 }],
  ["status>=400", { statusCode: 400 }, { statusCode: 399 }],
  ["status==5xx", { statusCode: 599 }, { statusCode: 600 }],
  ["status==5xx", { statusCode: 500 }, { statusCode: 499 }],
  ["status<=4xx", { statusCode: 499 }, { statusCode: 500 }],
  ["status>4xx", { statusCode: 500 }, { statusCode: 499 }],
  ["status in (404, 5xx)", { statusCode: 404 }, { statusCode: 400 }],
  ["response_time>500ms", { responseTimeUs: 500_001 }, { responseTimeUs: 500_000 }],
  ["response_time>=1.5s", { responseTimeUs: 1_500_000 }, { responseTimeUs: 1_499_999 }],
  ["response_time<2m", { responseTimeUs: 119_999_999 }, { responseTimeUs: 120_000_000 }],
  ["response_time==7us", { responseTimeUs: 7 }, { responseTimeUs: 8 }],
  ["response_time!=7us", { responseTimeUs: undefined }, { responseTimeUs: 7 }],
  ["response_time>0s || response_time<=0s", { responseTimeUs: 0 }, { responseTimeUs: undefined }],
  ["timestamp>=1970-01-02", { timestampUs: 86_400e6 }, { timestampUs: 86_400e6 - 1 }],
  ["timestamp<'1970-01-01 00:01'", { timestampUs: 59e6 }, { timestampUs: 60e6 }],
  ["timestamp==1970-01-01T01:00:00+01:00", { timestampUs: 0 }, { timestampUs: 1 }],
  ["method==GET", { method: "GET" }, { method: "get" }],
  ["method in (GET, HEAD)", { method: "HEAD" }, { method: "POST" }],
  ["endpoint=='/a?b=1'", { endpoint: "/a?b=1" }, { endpoint: "/a" }],
  ["path==/a", { endpoint: "/a?b=1" }, { endpoint: "/a/?b=1" }],
  ["query=='b=1?c'", { endpoint: "/a?b=1?c" }, { endpoint: "/b=1?c" }],
  ['query==""', { endpoint: "/a" }, { endpoint: "/a?b" }],
  ['endpoint~"^/api/\\d+$"', { endpoint: "/api/7" }, { endpoint: "/api/x" }],
  ["path!~\\.php$", { endpoint: "/b?x.php" }, { endpoint: "/a.php?x" }],
  ['endpoint=="/say\\"hi\\""', { endpoint: '/say"hi"' }, { endpoint: "/say" }],
  ["ip==192.0.2.7", { ip: "192.0.2.7" }, { ip: "192.0.2.8" }],
  ["ip!=192.0.2.7", { ip: "client-7" }, { ip: "::ffff:192.0.2.7" }],
  ["ip in 10.0.0.0/8", { ip: "10.255.0.1" }, { ip: "11.0.0.1" }],
  ["ip in 10.0.0.0/8", { ip: "::ffff:a01:203" }, { ip: "::a01:203" }],
  ["ip in 2001:db8::/33", { ip: "2001:db8:7fff::1" }, { ip: "2001:db8:8000::1" }],
  ["ip in (192.0.2.0/25, ::1)", { ip: "0:0:0:0:0:0:0:1" }, { ip: "192.0.2.128" }],
  ["ip in 0.0.0.0/0", { ip: "203.0.113.9" }, { ip: "2001:db8::1" }],
  ["ip in ::/0", { ip: "2001:db8::1" }, { ip: "no address" }],
  ["ip in ::/0", { ip: "fe80::1%eth0" }, { ip: "192.0.2.7" }],
  ["ip in ::ffff:c000:200/120", { ip: "192.0.2.7" }, { ip: "::c000:207" }],
  ["method==-", { method: "-" }, { method: "GET" }],
  ["user_agent~'(?i:CURL)'", { userAgent: "Curl/8" }, { userAgent: "wget" }],
  ["query==a\\", { endpoint: "/?a\\" }, { endpoint: "/?a" }],
  ["user_agent==curl/8", { userAgent: "curl/8" }, { userAgent: "curl/8.9" }],
  ['user_agent~"Chrome/1[0-4]"', { userAgent: "Mozilla/5.0 Chrome/140.0" }, {
    userAgent: "Mozilla/5.0 Firefox/140.0",
  }],
  ['user_agent==""', { userAgent: undefined }, { userAgent: "curl/8" }],
  ["user_agent in ('', curl/8)", { userAgent: "-" }, { userAgent: "--" }],
  ["user_agent!~bot", { userAgent: undefined }, { userAgent: "robot" }],
  ["ip~^192", { ip: "192.0.2.1" }, { ip: "10.192.0.1" }],
  ["!status==404", { statusCode: 200 }, { statusCode: 404 }],
  ["status==200 && method==GET || status==500", { statusCode: 500 }, {
    method: "PUT",
    statusCode: 200,
  }],
  ["status==200 && (method==GET || method==PUT)", { method: "PUT", statusCode: 200 }, {
    statusCode: 500,
  }],
];

for (const [condition, on, off] of BOTH_SIDES) {
  Deno.test(`${condition} holds on one side alone`, () => {
    assert(holds(condition, on), "it does not hold");
    assert(!holds(condition, off), "it holds on the other side");
    assert(!holds(`!(${condition})`, on) && holds(`!(${condition})`, off));
  });
}

Deno.test("A time without a zone has the assumed one", () => {
  const east = { assumedOffsetUs: 3_600e6 };
  assert(holds("timestamp<1970-01-02", { timestampUs: 82_800e6 - 1 }, east));
  assert(!holds("timestamp<1970-01-02", { timestampUs: 82_800e6 }, east));
  assert(holds("timestamp<1970-01-02T00:00:00Z", { timestampUs: 82_800e6 }, east));
});

Deno.test("A condition that cannot be read is pointed at, with what was expected", () => {
  const wrong: Readonly<Record<string, readonly [carets: string, found: string, wanted: string]>> =
    {
      "": ["^", "It ends here", "A field was expected"],
      "staus==404": ["^^^^^", "Unknown field staus", "Fields are method"],
      "status": ["      ^", "It ends here", "status is compared with =="],
      "status=404": ["      ^", "There is no operator =", "Did you mean ==?"],
      "status==404 & path==/": ["            ^", "There is no operator &", "Did you mean &&?"],
      "status==404 $": ["            ^", "Found $", "&&, || or the end"],
      "status==404 AND path==/": ["            ^^^", "Found AND", "Did you mean &&?"],
      "status==404 or path==/": ["            ^^", "Found or", "Did you mean ||?"],
      "not status==404": ["^^^", "Unknown field not", "Did you mean !?"],
      "status = 404": ["       ^", "There is no operator =", "Did you mean ==?"],
      "status==": ["        ^", "It ends here", "A value was expected"],
      "status==&&": ["        ^^", "Found &&", "A value was expected"],
      "status==twohundred": [
        "        ^^^^^^^^^^",
        "status cannot be compared with twohundred",
        "A status was expected",
      ],
      "status~4": ["      ^", "Found ~", "status is compared with"],
      "method<GET": ["      ^", "Found <", "method is compared with"],
      "response_time>500": [
        "              ^^^",
        "response_time cannot be compared with 500",
        "A time with its unit",
      ],
      "timestamp>noon": [
        "          ^^^^",
        "timestamp cannot be compared with noon",
        "A date or an ISO",
      ],
      "ip in 10.0.0.0/33": ["      ^^^^^^^^^^^", "ip cannot be compared", "An address or a range"],
      "ip in (10.0.0.1": ["               ^", "It ends here", ", or ) was expected"],
      "(status==404": ["            ^", "It ends here", "&&, || or ) was expected"],
      "status==404)": ["           ^", "Found )", "&&, || or the end"],
      "status==404 status==500": ["            ^^^^^^", "Found status", "&&, || or the end"],
      "path=='/a": ["      ^^^", "The quote is not closed", "' was expected"],
      "path~'('": ["     ^^^", "The pattern cannot be used", "A regular expression"],
      "path~'(?=a)'": ["     ^^^^^^^", "The pattern cannot be used", "A regular expression"],
    };
  for (const [condition, [carets, found, wanted]] of Object.entries(wrong)) {
    const { message } = assertThrows(() => compileCondition(condition, UTC), SyntaxError);
    const [, , line, ...rest] = message.split("\n");
    assertEquals(line, `  ${carets}`, message);
    assert(rest[0]!.startsWith(found), message);
    assert(rest[1]!.startsWith(wanted), message);
  }
  assertThrows(() => compileCondition("!".repeat(101) + "status==1", UTC), SyntaxError, "100 deep");
});

Deno.test("Of a condition and its negation exactly one holds, whatever the record", () => {
  const condition = fc.constantFrom(...BOTH_SIDES.map(([text]) => text));
  fc.assert(fc.property(
    condition,
    condition,
    fc.constantFrom("&&", "||"),
    fc.record({
      statusCode: fc.integer({ min: 100, max: 999 }),
      ip: fc.constantFrom("10.0.0.1", "::1", "x", "-", ""),
      responseTimeUs: fc.option(fc.nat(2e6), { nil: undefined }),
      endpoint: fc.constantFrom("/a", "/a?b", "-", "/api/7"),
    }),
    (left, right, join, fields) => {
      const whole = `(${left}) ${join} (${right})`;
      const [a, b] = [holds(left, fields), holds(right, fields)];
      assertEquals(holds(whole, fields), join === "&&" ? a && b : a || b);
      assertEquals(holds(`!(${whole})`, fields), !holds(whole, fields));
    },
  ));
});
