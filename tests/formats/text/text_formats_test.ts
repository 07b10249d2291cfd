import { assert, assertEquals } from "@std/assert";
import type { Format, FormatOutcome } from "../../../lib/formats/description/format.ts";
import { detect } from "../../../lib/formats/known_formats.ts";
import { ALB_FORMAT, ELB_FORMAT, S3_FORMAT } from "../../../lib/formats/text/aws.ts";
import { ENVOY_FORMAT, ISTIO_FORMAT } from "../../../lib/formats/text/envoy.ts";
import { HAPROXY_FORMAT } from "../../../lib/formats/text/haproxy.ts";
import {
  NGINX_PROXY_MANAGER_FORMAT,
  NPMPLUS_FORMAT,
} from "../../../lib/formats/text/nginx_proxy_manager.ts";
import { SQUID_FORMAT } from "../../../lib/formats/text/squid.ts";
import { TEXT_FORMATS } from "../../../lib/formats/text/text_formats.ts";
import { Rejection } from "../../../schema.ts";

/** What is asked of an outcome: what the record has, or why there is none. */
function tell(outcome: FormatOutcome | undefined): unknown {
  if (outcome === undefined || outcome === "context") return outcome;
  if (outcome instanceof Rejection) return outcome.reason;
  const { method, endpoint, statusCode, ip, responseTimeUs } = outcome;
  return [method, endpoint, statusCode, ip, responseTimeUs];
}

/** Asserts that a line, which `detect` takes for the format's, is what was said. */
function assertRead(format: Format, line: string, expected: unknown): void {
  const detection = detect(line);
  assertEquals(detection?.format.name, format.name, line);
  assertEquals(tell(detection?.outcome), expected, line);
}

Deno.test("haproxy: aborted requests, timers that go on, lines cut in the request", () => {
  const line = (timers: string, status: string, rest: string) =>
    `192.0.2.7:51234 [25/Nov/2026:18:00:00.123] web~ app/<NOSRV> ${timers} ${status} - - PR-- 1/1/0/0/0 0/0 ${rest}`;
  const cases = [
    [line("-1/-1/-1/-1/3", "400 0", '"<BADREQ>"'), ["-", "-", 400, "192.0.2.7", 3000]],
    [line("0/0/1/17/+18", "200 +291", '"GET /s HTTP/1.1"'), [
      "GET",
      "/s",
      200,
      "192.0.2.7",
      undefined,
    ]],
    [line("0/0/1/2/3", "200 1", '{a b|c} {|} "GET /long?q=aa'), [
      "GET",
      "/long?q=aa",
      200,
      "192.0.2.7",
      3000,
    ]],
    [line("0/0/1/2/3", "200 1", '"GET /a HTTP/1.1" 0/0/0/0 example.com/TLSv1.3/X'), [
      "GET",
      "/a",
      200,
      "192.0.2.7",
      3000,
    ]],
    [line("-1/-1/-1/-1/2", "-1 0", '"<BADREQ>"'), "bad_status"],
    ["Connect from 192.0.2.7:51234 to 198.51.100.1:80 (www/HTTP)", "not_a_request"],
    ["192.0.2.7:51234 [25/Nov/2026:18:00:00.123] fe/1: SSL handshake failure", "not_a_request"],
    [
      "192.0.2.7:51234 [25/Nov/2026:18:00:00.123] fe be/s1 1/0/5 212 -- 1/1/1/1/0 0/0",
      "not_a_request",
    ],
  ] as const;
  for (const [text, expected] of cases) assertRead(HAPROXY_FORMAT, text, expected);
  const [address] = cases[2];
  assertRead(HAPROXY_FORMAT, address.replace("192.0.2.7", "2001:db8::5"), [
    "GET",
    "/long?q=aa",
    200,
    "2001:db8::5",
    3000,
  ]);
});

Deno.test("haproxy: a time has no zone, and is as far from UTC as assumed", () => {
  const [line] = HAPROXY_FORMAT.samples[0];
  const outcome = HAPROXY_FORMAT.read(line, { client: "first", assumedOffsetUs: 3_600_000_000 });
  const timestampUs = Date.UTC(2026, 10, 25, 17) * 1000;
  assertEquals<unknown>(outcome, { ...HAPROXY_FORMAT.samples[0][1], timestampUs });
});

Deno.test("envoy and istio: the client is forwarded or a peer; TCP is no request", () => {
  const [envoy] = ENVOY_FORMAT.samples[0], [istio] = ISTIO_FORMAT.samples[0];
  const request = ["GET", "/a?b=1", 200] as const;
  assertRead(ENVOY_FORMAT, envoy.replace('"192.0.2.7"', '"-"'), [...request, "-", 12_000]);
  assertRead(ENVOY_FORMAT, envoy.replace('"192.0.2.7"', '"192.0.2.1, 192.0.2.9"'), [
    ...request,
    "192.0.2.1",
    12_000,
  ]);
  assertRead(ENVOY_FORMAT, envoy.replace(" 200 ", " 0 "), "bad_status");
  assertRead(
    ENVOY_FORMAT,
    envoy.replace("GET /a?b=1 HTTP/2", "- - -").replace(" 200 ", " 0 "),
    "not_a_request",
  );
  assertRead(ENVOY_FORMAT, envoy.replace("/a?b=1", '/"a" b'), [
    "GET",
    '/"a" b',
    200,
    "192.0.2.7",
    12_000,
  ]);
  assertRead(ISTIO_FORMAT, istio, [...request, "192.0.2.7", 12_000]);
  assertRead(ISTIO_FORMAT, istio.replace('11 "-"', '11 "192.0.2.1"'), [
    ...request,
    "192.0.2.1",
    12_000,
  ]);
  const last = ENVOY_FORMAT.read(envoy.replace('"192.0.2.7"', '"192.0.2.1, 192.0.2.9"'), {
    client: "last",
    assumedOffsetUs: 0,
  });
  assertEquals(tell(last), [...request, "192.0.2.9", 12_000]);
});

Deno.test("alb and elb: three times are summed, none if one is absent; a port is behind the last colon", () => {
  const [alb] = ALB_FORMAT.samples[0], [elb] = ELB_FORMAT.samples[0];
  const request = ["GET", "/a?b=1", 200] as const;
  const times = (first: string) => alb.replace("0.000 0.012 0.000", first);
  assertRead(ALB_FORMAT, times("0.001 0.020 0.003"), [...request, "192.0.2.7", 24_000]);
  assertRead(ALB_FORMAT, times("0.001 -1 -1"), [...request, "192.0.2.7", undefined]);
  assertRead(ALB_FORMAT, alb.replace("192.0.2.7:51234", "2001:db8::5:443"), [
    ...request,
    "2001:db8::5",
    12_000,
  ]);
  assertRead(ALB_FORMAT, `${alb} TID_1 "-" "-"`, [...request, "192.0.2.7", 12_000]);
  assertRead(ALB_FORMAT, alb.replace("GET /a?b=1 HTTP/2.0", "- http://example.com:80- -"), [
    "-",
    "-",
    200,
    "192.0.2.7",
    12_000,
  ]);
  assertRead(ALB_FORMAT, alb.replace(" 200 200 ", " - - "), "bad_status");
  assertRead(ELB_FORMAT, elb, [...request, "192.0.2.7", 12_000]);
  assertRead(ELB_FORMAT, elb.replace(/" "curl.*/, '"'), [...request, "192.0.2.7", 12_000]);
});

Deno.test("s3: raw quotes in a request, and a request that is none", () => {
  const [line] = S3_FORMAT.samples[0];
  assertRead(S3_FORMAT, line.replace("/a?b=1", '/"x" 1'), [
    "GET",
    '/"x" 1',
    200,
    "192.0.2.7",
    12_000,
  ]);
  assertRead(S3_FORMAT, line.replace('"GET /a?b=1 HTTP/1.1"', "-"), [
    "-",
    "-",
    200,
    "192.0.2.7",
    12_000,
  ]);
  assertRead(S3_FORMAT, line.replace(" 12 11 ", " - - "), [
    "GET",
    "/a?b=1",
    200,
    "192.0.2.7",
    undefined,
  ]);
});

Deno.test("squid: columns are padded, pseudo URLs are paths, 000 is no status", () => {
  const line = (elapsed: string, status: string, target: string) =>
    `1795629600.123 ${elapsed} 192.0.2.7 NONE/${status} 512 GET ${target} - HIER_NONE/- text/html`;
  assertRead(SQUID_FORMAT, line("    12", "400", "error:invalid-request"), [
    "GET",
    "error:invalid-request",
    400,
    "192.0.2.7",
    12_000,
  ]);
  assertRead(SQUID_FORMAT, line("123456", "200", "/a"), [
    "GET",
    "/a",
    200,
    "192.0.2.7",
    123_456_000,
  ]);
  assertRead(SQUID_FORMAT, line("     0", "000", "/a"), "bad_status");
  const [read] = SQUID_FORMAT.samples[0];
  assertRead(
    SQUID_FORMAT,
    read.replace(" - HIER_DIRECT/192.0.2.50 text/html", " - DIRECT/192.0.2.50"),
    ["GET", "http://example.com/a?b=1", 200, "192.0.2.7", 12_000],
  );
});

Deno.test("nginx-proxy-manager and npmplus: a default host has no upstream", () => {
  const time = "[25/Nov/2026:18:00:00 +0000]";
  const rest = '- GET https example.com "/.env" [Client 192.0.2.7] [Length 0] [Gzip -] ';
  assertRead(NGINX_PROXY_MANAGER_FORMAT, `${time} 444 ${rest}"curl" "-"`, [
    "GET",
    "/.env",
    444,
    "192.0.2.7",
    undefined,
  ]);
  assertRead(NGINX_PROXY_MANAGER_FORMAT, `${time} - 502 502 ${rest}[Sent-to a] "curl" "-"`, [
    "GET",
    "/.env",
    502,
    "192.0.2.7",
    undefined,
  ]);
  assertRead(
    NPMPLUS_FORMAT,
    `${time} example.com 192.0.2.7 0.227 "-" 400 125 440 - Mozilla/5.0 (X11)`,
    ["-", "-", 400, "192.0.2.7", 227_000],
  );
  for (const rest of ["", " -", " - "]) {
    assertRead(
      NPMPLUS_FORMAT,
      `${time} example.com 192.0.2.7 0.227 "GET /a HTTP/2.0" 200 125 440${rest}`,
      ["GET", "/a", 200, "192.0.2.7", 227_000],
    );
  }
});

Deno.test("what other formats say is no line of these", () => {
  const lines = [
    "",
    "-",
    "{}",
    '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "curl/8.9.1"',
    "2026-11-25 18:00:00 192.0.2.7 GET /a - 200 12",
    "Nov 25 18:00:00 host sshd[1]: Connection closed by 192.0.2.7 port 51234",
  ];
  for (const { name, read } of TEXT_FORMATS) {
    for (const line of lines) assertEquals(read(line), undefined, `${name}: ${line}`);
  }
});

for (const { name, read, samples: [[sample]] } of TEXT_FORMATS) {
  Deno.test(`${name}: an impossible time is told`, () => {
    const line = sample.replace("25/Nov/", "32/Nov/").replace("2026-11-25T18", "2026-13-25T18")
      .replace("1795629600.", "99999999999999.");
    assertEquals(tell(read(line)), "bad_timestamp");
  });

  Deno.test(`${name}: time to read a line is in proportion to its length`, () => {
    const LENGTH = 1_000_000;
    const fillers = [" ", '"', '" ', "a", "1", "-", ":1", "/", "[", ", ", '" 200 ', '"" ', "\\"];
    const places = [
      0,
      1,
      sample.indexOf("GET"),
      sample.indexOf("/a?b"),
      sample.indexOf("curl"),
      sample.length,
    ];
    for (const filler of fillers) {
      const filling = filler.repeat(LENGTH / filler.length);
      for (const place of places) {
        const line = sample.slice(0, place) + filling + sample.slice(Math.max(0, place));
        const start = performance.now();
        read(line);
        read(`${line}\x00"`);
        const ms = performance.now() - start;
        assert(ms < 2000, `${ms} ms for ${JSON.stringify(filler)} at ${place}`);
      }
    }
  });
}
