import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { LineOutcome } from "../../../lib/formats/description/format.ts";
import { FormatReader } from "../../../lib/formats/format_reader.ts";
import { isSequential } from "../../../lib/formats/is_sequential.ts";
import { Rejection } from "../../../schema.ts";

/** What the lines of an input are, each in a word: the target of a record, or why there is none. */
function readAll(lines: readonly string[], isWhole = true): readonly string[] {
  const reader = new FormatReader();
  reader.open(isWhole);
  const outcomes = [...lines.flatMap((line) => reader.read(line)), ...reader.close()];
  return outcomes.map(toWord);
}

function toWord(outcome: LineOutcome): string {
  if (typeof outcome === "string") return outcome;
  return outcome instanceof Rejection ? outcome.reason : outcome.endpoint;
}

const clf = (target: string) =>
  `192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET ${target} HTTP/1.1" 200 512`;
const docker = (log: string, stream = "stdout") =>
  JSON.stringify({ log, stream, time: "2026-11-25T18:00:01Z" });
const cri = (text: string, tag: string, stream = "stdout") =>
  `2026-11-25T18:00:01Z ${stream} ${tag} ${text}`;

Deno.test("pieces of a line of Docker are joined, each stream's by itself", () => {
  const line = clf("/a");
  const lines = [
    docker(line.slice(0, 20)),
    docker("oops\n", "stderr"),
    docker(line.slice(20, 40)),
    docker(`${line.slice(40)}\n`),
    docker(`${clf("/b")}\n`),
  ];
  assertEquals(readAll(lines), ["not_json", "context", "context", "/a", "/b"]);
});

Deno.test("pieces of a container runtime are joined; of what never ends one is rejected", () => {
  const line = clf("/a");
  assertEquals(
    readAll([cri(line.slice(0, 30), "P"), cri(line.slice(30), "F"), cri(clf("/b"), "F")]),
    ["context", "/a", "/b"],
  );
  assertEquals(
    readAll([cri(clf("/b"), "F"), cri("a", "P"), cri("b", "P"), cri("c", "P", "stderr")]),
    ["/b", "context", "no_match", "no_match"],
  );
});

Deno.test("what is left of a line that was too long is no line of its own", () => {
  const long = "a".repeat(2 ** 18);
  const pieces = Array.from({ length: 5 }, () => cri(long, "P"));
  const words = readAll([cri("", "F"), ...pieces, cri(clf("/forged"), "F"), cri(clf("/b"), "F")]);
  assertEquals(words.filter((word) => word !== "context"), ["blank", "line_too_long", "/b"]);
  const spread = ["{", ...Array.from({ length: 5 }, () => `"${long}":1,`), '"a":1', "}", '{"b":1}'];
  assertEquals(readAll(spread).filter((word) => word !== "context"), [
    "line_too_long",
    "missing_field",
  ]);
});

Deno.test("in a part of an input no piece is joined", () => {
  const line = clf("/a");
  assertEquals(
    readAll([cri(line.slice(0, 30), "P"), cri(line.slice(30), "F"), cri(clf("/b"), "F")], false),
    ["no_match", "not_json", "/b"],
  );
});

const ids = (reqId: string) => ({ level: 30, pid: 9, hostname: "h", reqId });
const begun = (reqId: string, url: string) =>
  JSON.stringify({
    ...ids(reqId),
    time: 1_795_629_600_111,
    req: { method: "GET", url, remoteAddress: "::ffff:192.0.2.7" },
    msg: "incoming request",
  });
const ended = (reqId: string, statusCode = 200) =>
  JSON.stringify({
    ...ids(reqId),
    time: 1_795_629_600_123,
    res: { statusCode },
    responseTime: 11.25,
    msg: "request completed",
  });

Deno.test("the two lines of a request of Fastify are one record, with the time of the second", () => {
  const reader = new FormatReader();
  reader.open(true);
  assertEquals(reader.read(begun("req-1", "/a")), "context");
  assertEquals(reader.read(begun("req-2", "/b")), "context");
  assertEquals(reader.read(ended("req-1", 404)), {
    method: "GET",
    endpoint: "/a",
    statusCode: 404,
    ip: "192.0.2.7",
    responseTimeUs: 11_250,
    userAgent: undefined,
    timestampUs: 1_795_629_600_123_000,
  });
  assertEquals(toWord(reader.read(ended("req-2")) as LineOutcome), "/b");
  // Its first line was used; an error in between is no request either.
  assertEquals(toWord(reader.read(ended("req-2")) as LineOutcome), "not_a_request");
  assertEquals(reader.tally.lines, new Map([["fastify", 2]]));
});

Deno.test("requests of Fastify that are open are bounded: the oldest is forgotten", () => {
  const lines = Array.from({ length: 10_001 }, (_, i) => begun(`req-${i}`, `/${i}`));
  const words = readAll([...lines, ended("req-0"), ended("req-1"), ended("req-10000")]);
  assertEquals(words.slice(10_001), ["not_a_request", "/1", "/10000"]);
});

Deno.test("an array on one line is as many lines as it has objects", () => {
  const object = (path: string) =>
    JSON.stringify({
      "@timestamp": "2026-11-25T18:00:00Z",
      http: { request: { method: "GET" }, response: { status_code: 200 } },
      url: { path },
    });
  assertEquals(readAll([`[${object("/a]")}, ${object('/"b')},{"x":1}]`]), [
    "/a]",
    '/"b',
    "missing_field",
  ]);
  assertEquals(readAll([`{"records":[${object("/a")}]}`]), ["/a"]);
});

Deno.test("log records of OpenTelemetry are records, however many are on a line", () => {
  const record = (path: string) => ({
    timeUnixNano: "1795629600123456789",
    attributes: [
      { key: "http.request.method", value: { stringValue: "GET" } },
      { key: "http.response.status_code", value: { intValue: "200" } },
      { key: "url.path", value: { stringValue: path } },
    ],
  });
  const line = { resourceLogs: [{ scopeLogs: [{ logRecords: [record("/a"), record("/b")] }] }] };
  assertEquals(readAll([JSON.stringify(line)]), ["/a", "/b"]);
});

Deno.test("objects that are spread over lines are read; each line is counted once", () => {
  const object = (path: string) => ({
    "@timestamp": "2026-11-25T18:00:00Z",
    http: { request: { method: "GET" }, response: { status_code: 200 } },
    url: { path },
  });
  const pretty = JSON.stringify([object("/a"), object("/}")], null, 2).split("\n");
  const words = readAll(pretty);
  assertEquals(words.length, pretty.length);
  assertEquals(words.filter((word) => word !== "context"), ["/a", "/}"]);
  const several = [object("/a"), object("/b")].flatMap((one) =>
    JSON.stringify(one, null, 2).split("\n")
  );
  assertEquals(readAll(several).filter((word) => word !== "context"), ["/a", "/b"]);
  assertEquals(readAll(several).length, several.length);
  assertEquals(readAll(pretty.slice(0, -2)).filter((word) => word !== "context"), [
    "/a",
    "no_match",
  ]);
});

Deno.test("isSequential() asks only the first line", () => {
  for (
    const line of [
      "#Fields: date time",
      docker("a\n"),
      cri("a", "F"),
      begun("req-1", "/"),
      `web-1 | ${begun("req-1", "/")}`,
      "[",
      "{",
    ]
  ) assert(isSequential(line), line);
  for (const line of [clf("/"), `web-1 | ${clf("/")}`, "hello", '{"a":1}', '[{"a":1}]']) {
    assert(!isSequential(line), line);
  }
});

Deno.test("each line of an input is counted once, whatever the lines are", () => {
  const line = fc.constantFrom(
    docker("a"),
    docker("b\n"),
    docker("c", "stderr"),
    cri("a", "P"),
    cri("b", "F"),
    begun("req-1", "/"),
    ended("req-1"),
    clf("/"),
    "{",
    "}",
    "[",
    "]",
    '{"a":1},',
    "#Fields: date time",
    "",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, isWhole) => {
      assertEquals(readAll(lines, isWhole).length, lines.length);
    }),
    { numRuns: 2000 },
  );
});
