import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { JSON_FORMATS } from "../../../lib/formats/json/json_formats.ts";
import { detect } from "../../../lib/formats/known_formats.ts";
import { decodeText, NO_TIME } from "../../../lib/records/record_batch.ts";
import { LineReader } from "../../../lib/scan/line_reader.ts";
import { Rejection } from "../../../schema.ts";

const ENCODER = new TextEncoder();

/** What may stand for any value. */
const value = fc.constantFrom<unknown>(
  ...["-", "", "GET", "/a", "a, b", "192.0.2.9", "192.0.2.9:80", "::ffff:192.0.2.9", "200", "000"],
  ...["0.142", "12ms", "0.5s", "7", "1m2s", "2026-11-25T18:00:00", "2026-11-25T18:00:00Z"],
  ...["25/Nov/2026:18:00:00 +0000", "1795629600", "GET /b HTTP/1.1", "incoming request", "pre"],
  ...[
    "http.log.error.log0",
    "http.log.access",
    "ApplicationGatewayAccessLog",
    "HTTP {RequestMethod}",
  ],
  ...[null, true, 0, -1, 1, 7, 12.5, 0.012, 200, 404, 1795629600, 1795629600123, 1e-3, 1e20],
  ...[{}, [], { a: 1 }, ["x"], { statusCode: 200 }, { method: "GET", url: "/x" }],
);
/** Names that some format looks at. */
const name = fc.constantFrom(
  ...["status", "method", "uri", "path", "url", "request", "req", "res", "responseTime", "latency"],
  ...["time", "ts", "timestamp", "@timestamp", "duration", "ip", "remote_ip", "client_ip", "query"],
  ...[
    "msg",
    "v",
    "event",
    "meta",
    "http",
    "http.request.method",
    "attributes",
    "reqId",
    "hostname",
  ],
  ...["response_code", "response_flags", "category", "logger", "controller", "action", "pid"],
);

interface Change {
  readonly place: number;
  readonly value: unknown;
  readonly name: string;
  readonly kind: "replace" | "remove" | "add";
}
const change = (...kinds: readonly Change["kind"][]): fc.Arbitrary<Change> =>
  fc.record({ place: fc.nat(), value, name, kind: fc.constantFrom(...kinds) });

type Members = Record<string, unknown>;

/** All objects and their members, from the outermost inwards. */
function membersOf(object: Members): (readonly [Members, string])[] {
  return Object.entries(object).flatMap(([name, value]) => [
    [object, name] as const,
    ...typeof value === "object" && value !== null && !Array.isArray(value)
      ? membersOf(value as Members)
      : [],
  ]);
}

function applyTo(line: string, changes: readonly Change[]): string {
  const object = JSON.parse(line) as Members;
  for (const { place, value, name, kind } of changes) {
    const members = membersOf(object);
    if (members.length === 0) break;
    const [parent, key] = members[place % members.length]!;
    if (kind === "remove") delete parent[key];
    else parent[kind === "add" ? name : key] = structuredClone(value);
  }
  return JSON.stringify(object);
}

/** The record that compiled code makes of a line; `undefined` if it leaves it. */
function readBy(reader: LineReader, line: string): unknown {
  reader.open(ENCODER.encode(`${line}\n`));
  reader.batch.size = 0;
  if (reader.read(0) === 0) return undefined;
  const { methods, endpoints, ips, bytes, statusCodes, responseTimesUs, timestampsUs } =
    reader.batch;
  const [method, endpoint, ip] = [methods, endpoints, ips]
    .map(({ starts, ends }) => decodeText(bytes, starts[0]!, ends[0]!));
  const us = responseTimesUs[0];
  return {
    method,
    endpoint,
    statusCode: statusCodes[0],
    ip,
    responseTimeUs: us === NO_TIME ? undefined : us,
    userAgent: undefined,
    timestampUs: timestampsUs[0],
  };
}

for (const { name: format, samples: [[sample]] } of JSON_FORMATS) {
  Deno.test(`${format}: what a layout takes is what the reference reads, whatever values stand there`, () => {
    fc.assert(
      fc.property(
        fc.array(change("replace", "replace", "remove", "add"), { maxLength: 3 }),
        fc.array(fc.array(change("replace"), { maxLength: 3 }), { minLength: 30, maxLength: 30 }),
        (first, others) => {
          const line = applyTo(sample, first), detection = detect(line);
          if (detection === undefined) return;
          const { format: { name: known, learn } } = detection;
          const layout = learn(line), reader = new LineReader();
          if (layout === undefined || !reader.canRead(layout)) return;
          reader.learn(layout);
          for (const other of [line, ...others.map((changes) => applyTo(line, changes))]) {
            const found = readBy(reader, other);
            if (found === undefined) continue;
            const expected = detect(other), record = expected?.outcome;
            const lines = `${line}\n${other}`;
            assertEquals(expected?.format.name, known, lines);
            const isRecord = typeof record === "object" && !(record instanceof Rejection);
            assertEquals(found, isRecord ? { ...record, userAgent: undefined } : record, lines);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
}
