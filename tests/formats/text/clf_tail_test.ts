import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { ReadRecord } from "../../../lib/formats/description/format.ts";
import { readClf } from "../../../lib/formats/text/clf.ts";
import { BARE_REMARK, readClfTail } from "../../../lib/formats/text/clf_tail.ts";
import { COMBINED_FORMAT } from "../../../lib/formats/text/text_formats.ts";
import { LineReader } from "../../../lib/scan/line_reader.ts";

/** What may follow a status, and the response time in microseconds that it tells. */
const TAILS: readonly (readonly [tail: string, responseTimeUs: number | undefined])[] = [
  ["", undefined],
  [" 512", undefined],
  [" -", undefined],
  [' 512 "-" "curl/8.9.1"', undefined],
  // nginx with its request time, Rack, gunicorn.
  [' 512 "-" "curl/8.9.1" 0.015', 15_000],
  [' 512 "-" "curl/8.9.1" "192.0.2.9, 192.0.2.1" 1.500', 1_500_000],
  [" 5 0.0123", 12_300],
  [' 5 "-" "-" 0.000123', 123],
  // Other numbers of decimals tell no unit.
  [' 512 "-" "curl/8.9.1" 0.15', undefined],
  [' 512 "-" "curl/8.9.1" 0.00015', undefined],
  [' 512 "-" "curl/8.9.1" 0.015 0.014', undefined],
  [' 512 "-" "curl/8.9.1" 120 640', undefined],
  // ingress-nginx, APISIX, Kong, Traefik, Reactor Netty.
  [' 512 "-" "curl/8.9.1" 80 0.012 [shop-web-80] [] 192.0.2.50:8080 512 0.011 200 0f3a', 12_000],
  [
    ' 512 "-" "curl/8.9.1" 80 0.012 [] [] 192.0.2.50:80, 192.0.2.51:80 0, 5 0.5, 0.1 502, 200 x',
    12_000,
  ],
  [' 5 0.003 "-" "curl/8.9.1" 192.0.2.50:80 200 0.003 "http://example.com/a" "9c"', 3_000],
  [' 512 "-" "curl/8.9.1" kong_request_id: "5b1c"', undefined],
  [' 5 "-" "-" 42 "web@docker" "http://192.0.2.50:80" 3ms', 3_000],
  [' 5 "-" "-" 42 "-" "-" 0ms', 0],
  [" 5 12 ms", 12_000],
  [' 512 "-" "a" rt=0.012 ua="192.0.2.50:80" us="200" ut="0.011"', 12_000],
];

Deno.test("readClfTail() reads a response time where its unit is sure", () => {
  for (const [tail, us] of TAILS) assertEquals(readClfTail(tail).responseTimeUs, us, tail);
});

Deno.test("readClfTail() says of an integer that it may be a response time", () => {
  for (const tail of [' 512 "-" "curl/8.9.1" 15023', ' 5 "-" "-" "x" 0']) {
    assertEquals(readClfTail(tail), { responseTimeUs: undefined, remark: BARE_REMARK }, tail);
  }
  for (const [tail] of TAILS) assertEquals(readClfTail(tail).remark, undefined, tail);
});

Deno.test("readClfTail() takes a time that is linear in the tail", () => {
  const parts = ['"', '\\"', ' "a"', " a", " 1", " 0.123", '" "', " -", "\\"];
  for (const part of parts) {
    for (const end of ["", " 0.123", "ms", " x"]) {
      const tail = ` 5${part.repeat(8_000 / part.length)}${end}`, start = performance.now();
      readClfTail(tail);
      COMBINED_FORMAT.learn(
        `192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET / HTTP/1.1" 200${tail}`,
      );
      assertEquals(performance.now() - start < 1_000, true, JSON.stringify(part));
    }
  }
});

const lineOf = (target: string, tail: string) =>
  `192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET ${target} HTTP/1.1" 200${tail}`;

Deno.test("lines with any of these tails are read in place, once one was learned", () => {
  const elsewhere = new Set([
    ' 512 "-" "curl/8.9.1" 0.15',
    ' 512 "-" "curl/8.9.1" 0.00015',
    " 5 12 ms",
  ])
    .add(' 512 "-" "curl/8.9.1" 0.015 0.014');
  for (const [tail, us] of TAILS) {
    if (elsewhere.has(tail)) continue;
    const reader = new LineReader();
    reader.learn(COMBINED_FORMAT.learn(lineOf("/a", tail))!);
    const line = lineOf("/b", tail);
    reader.open(new TextEncoder().encode(`${line}\n`));
    assertEquals(reader.read(0), line.length + 1, tail);
    assertEquals(reader.batch.responseTimesUs[0], us ?? -1, tail);
  }
});

Deno.test("what a learned layout takes of other tails has the same response time as the reader gives it", () => {
  const token = fc.constantFrom(
    " 5",
    " -",
    ' "-"',
    ' "a b"',
    ' "\\""',
    " 0.015",
    " 0.15",
    " 0.0123",
    " 12ms",
    " ms",
    " [x]",
    " x:",
    " rt=0.012",
    " a",
    ' "',
  );
  const tail = fc.array(token, { maxLength: 7 }).map((tokens) => tokens.join(""));
  fc.assert(
    fc.property(tail, tail, (one, other) => {
      const layout = COMBINED_FORMAT.learn(lineOf("/a", one));
      if (layout === undefined) return;
      const reader = new LineReader(), line = lineOf("/b", other);
      reader.learn(layout);
      reader.open(new TextEncoder().encode(`${line}\n`));
      if (reader.read(0) === 0) return;
      assertEquals(
        reader.batch.responseTimesUs[0],
        (readClf(line) as ReadRecord).responseTimeUs ?? -1,
      );
    }),
    { numRuns: 600 },
  );
});

Deno.test("readClf() takes the client that it is told to take of a list", () => {
  const line = lineOf("/", " 5").replace("192.0.2.7", "192.0.2.7, 192.0.2.8, 192.0.2.9");
  const clientOf = (client: "first" | "last") =>
    (readClf(line, { client, assumedOffsetUs: 0 }) as ReadRecord).ip;
  assertEquals([clientOf("first"), clientOf("last")], ["192.0.2.7", "192.0.2.9"]);
});

Deno.test("readClf() assumes a zone where there is none, and says so", () => {
  const line = lineOf("/", " 5").replace(" +0000]", "]");
  const { timestampUs, isZoneAssumed } = readClf(line, {
    client: "first",
    assumedOffsetUs: 2 * 3600e6,
  }) as ReadRecord;
  assertEquals([timestampUs, isZoneAssumed], [Date.UTC(2026, 10, 25, 16) * 1000, true]);
  const zoned = readClf(lineOf("/", " 5").replace("+0000", "-06")) as ReadRecord;
  assertEquals([zoned.timestampUs, zoned.isZoneAssumed], [
    Date.UTC(2026, 10, 26) * 1000,
    undefined,
  ]);
  const precise = readClf(lineOf("/", " 5").replace(" +0000", ",123 +0000")) as ReadRecord;
  assertEquals(precise.timestampUs, Date.UTC(2026, 10, 25, 18) * 1000 + 123_000);
});
