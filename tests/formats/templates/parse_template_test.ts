import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { importTemplate } from "../../../lib/formats/templates/import_template.ts";
import { parseTemplate } from "../../../lib/formats/templates/parse_template.ts";
import type { LogRecord } from "../../../schema.ts";

/** Templates that cannot be read, and the lines of the message below the first. */
const FAULTS: readonly (readonly [template: string, message: readonly string[]])[] = [
  ["combined", [
    "  combined",
    "It has no token of nginx ($status), Apache (%>s), HAProxy (%ST) or Envoy (%RESPONSE_CODE%)",
    "Give the text of log_format, LogFormat, log-format or text_format as it stands",
  ]],
  ['$remote_addr [$time_local] "$request"', [
    '  $remote_addr [$time_local] "$request"',
    "It has no token for the status",
    "A record needs one: $status (nginx), %>s (Apache), %ST (HAProxy) or %RESPONSE_CODE% (Envoy)",
  ]],
  ['%h "%r" %>s', [
    '  %h "%r" %>s',
    "It has no token for the time",
    "A record needs one: $time_local or $msec (nginx), %t (Apache), %tr (HAProxy) or %START_TIME% (Envoy)",
  ]],
  ["$time_local $status", [
    "  $time_local $status",
    "It has no token for the request",
    "A record needs one: $request (nginx), %r (Apache), %r (HAProxy) or %REQ(:METHOD)% (Envoy)",
  ]],
  ['$time_local "$request" $status$request_time', [
    '  $time_local "$request" $status$request_time',
    "                         ^^^^^^^^^^^^^^^^^^^^",
    "Nothing stands between $status and $request_time: where one ends is unknown",
    "Put a space or another character between them in the configuration",
  ]],
  ['%h %t "%r" %>s %Z', [
    '  %h %t "%r" %>s %Z',
    "                 ^^",
    "Unknown token of Apache: %Z",
    "Did you mean %h or %a or %l?",
  ]],
  ['%h %{%d/%m/%y}t "%r" %>s', [
    '  %h %{%d/%m/%y}t "%r" %>s',
    "     ^^^^^^^^^^^^",
    "Unknown form of time of Apache: %{%d/%m/%y}t",
    "Known are %Y-%m-%dT%H:%M:%S%z, %Y-%m-%d %H:%M:%S, %d/%b/%Y:%H:%M:%S %z, sec, msec, usec, and fractions msec_frac, usec_frac",
  ]],
];

Deno.test("parseTemplate() tells what of a template cannot be read", () => {
  for (const [template, message] of FAULTS) {
    const error = assertThrows(() => parseTemplate(template), SyntaxError);
    assertEquals(error.message.split("\n"), ["Cannot read the template:", ...message]);
  }
});

Deno.test("parseTemplate() suggests the name that a misspelt one is like", () => {
  const error = assertThrows(() => parseTemplate("$time_local $request $stats"), SyntaxError);
  assertEquals(error.message.split("\n").at(-1), "Did you mean $status?");
});

/** Tokens of a language: what each writes, by the record. */
type Tokens = Readonly<Record<string, (record: LogRecord) => string>>;

const TIME = "25/Nov/2026:18:00:00 +0000";
const request = ({ method, endpoint }: LogRecord) => `${method} ${endpoint} HTTP/1.1`;
const status = ({ statusCode }: LogRecord) => String(statusCode);

const LANGUAGES: readonly Tokens[] = [
  {
    "$remote_addr": ({ ip }) => ip,
    "[$time_local]": () => `[${TIME}]`,
    '"$request"': (record) => `"${request(record)}"`,
    "$status": status,
    "$request_time": ({ responseTimeUs }) => (responseTimeUs! / 1e6).toFixed(3),
    '"$http_user_agent"': () => '"a \\x22b"',
    "$upstream_status": () => "502, 200",
    "$some_variable": () => "x",
  },
  {
    "%h": ({ ip }) => ip,
    "%t": () => `[${TIME}]`,
    '"%r"': (record) => `"${request(record)}"`,
    "%>s": status,
    "%D": ({ responseTimeUs }) => String(responseTimeUs),
    '"%{User-Agent}i"': () => '"a \\"b"',
    "%b": () => "-",
  },
  {
    "%ci": ({ ip }) => ip,
    "[%trg]": () => `[${TIME}]`,
    "%{+Q}r": (record) => `"${request(record)}"`,
    "%ST": status,
    "%Ta": ({ responseTimeUs }) => String(responseTimeUs! / 1000),
    "%b/%s": () => "app/<NOSRV>",
  },
];

Deno.test("a line that a server makes of a template is read back, whatever its order", () => {
  const record = fc.record({
    method: fc.constantFrom("GET", "POST"),
    endpoint: fc.constantFrom("/", "/a?b=1", "/é"),
    statusCode: fc.integer({ min: 100, max: 999 }),
    ip: fc.constantFrom("192.0.2.7", "2001:db8::1"),
    responseTimeUs: fc.nat(1_000_000).map((ms) => ms * 1000),
  });
  const template = fc.constantFrom(...LANGUAGES).chain((tokens) =>
    fc.tuple(
      fc.constant(tokens),
      fc.shuffledSubarray(Object.keys(tokens), { minLength: Object.keys(tokens).length }),
      fc.constantFrom(" ", " - ", " | ", "\t", " ; "),
    )
  );
  fc.assert(fc.property(template, record, ([tokens, order, separator], fields) => {
    const record: LogRecord = {
      ...fields,
      userAgent: undefined,
      timestampUs: Date.UTC(2026, 10, 25, 18) * 1000,
    };
    const line = order.map((token) => tokens[token]!(record)).join(separator);
    assertEquals(importTemplate(order.join(separator)).read(line), record, line);
  }));
});

Deno.test("hostile lines cost no more than they are long", () => {
  const format = importTemplate(
    '$remote_addr - $remote_user [$time_local] "$request" $status $upstream_addr $upstream_response_time $upstream_status',
  );
  const head = '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET / HTTP/1.1" 200 ';
  const start = performance.now();
  for (const text of ["a, ", " : ", "[", " [", '"', '\\"', "1, ", "- "]) {
    const many = text.repeat(1 << 18);
    for (const line of [many, `192.0.2.7 - ${many}`, head + many, head.slice(0, -6) + many]) {
      format.read(line);
    }
  }
  const ms = performance.now() - start;
  assertEquals(ms < 5000, true, `${ms} ms`);
});
