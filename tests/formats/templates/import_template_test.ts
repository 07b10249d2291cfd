import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { USUAL_READING } from "../../../lib/formats/description/format.ts";
import { importTemplate } from "../../../lib/formats/templates/import_template.ts";
import { decodeText } from "../../../lib/records/record_batch.ts";
import { LineReader } from "../../../lib/scan/line_reader.ts";
import { type LogRecord, parseTimestamp, Rejection } from "../../../schema.ts";
import { logRecord } from "../../support/arbitraries.ts";
import { CASES, type Read } from "./cases.ts";

const ENCODER = new TextEncoder();

function toRecord([method, endpoint, statusCode, ip, responseTimeUs, time]: Read): LogRecord {
  const timestampUs = parseTimestamp(time)!;
  return { method, endpoint, statusCode, ip, responseTimeUs, userAgent: undefined, timestampUs };
}

const PUT = [...' "-,:[]/\\{}0atzTZ+\t', "", ", ", "é", "-1", " UTC", " +01", "+0100", ".5"];

/** All places of a line, with up to two characters that are cut and what is put there. */
function* changesOf(line: string): Generator<readonly [at: number, cut: number, put: string]> {
  for (let at = 0; at <= line.length; at++) {
    for (const cut of [0, 1, 2]) for (const put of PUT) yield [at, cut, put];
  }
}

/** A record without what tells how its time was read. */
function plain(outcome: unknown): unknown {
  if (outcome instanceof Rejection) return outcome.reason;
  if (typeof outcome !== "object" || outcome === null) return outcome;
  const { isZoneAssumed: _, ...record } = outcome as LogRecord & { isZoneAssumed?: true };
  return record;
}

for (const { name, template, lines } of CASES) {
  Deno.test(`importTemplate() reads lines of ${name}`, () => {
    const format = importTemplate(template);
    for (const [line, read] of lines) {
      assertEquals(
        plain(format.read(line)),
        typeof read === "string" ? read : toRecord(read),
        line,
      );
    }
    for (const line of ["", "{}", "x", lines[0]![0].slice(0, -30)]) {
      assertEquals(format.read(line), undefined, line);
    }
  });

  Deno.test(`importTemplate() writes what it reads: ${name}`, () => {
    const { read, write, samples } = importTemplate(template);
    const record = toRecord(["GET", "/a?b=1", 404, "192.0.2.7", 5_000_000, "2026-11-25T18:00:00"]);
    const [, sample] = samples[0], has = sample.responseTimeUs !== undefined;
    assertEquals(plain(read(write(record))), {
      ...record,
      responseTimeUs: has ? record.responseTimeUs : undefined,
      ip: sample.ip === "-" ? "-" : record.ip,
    });
    fc.assert(fc.property(logRecord, (record) => {
      const again = read(write(record)) as LogRecord;
      assertEquals(again.statusCode, record.statusCode);
      const lostUs = record.timestampUs - again.timestampUs;
      assert(lostUs >= 0 && lostUs < 1_000_000 || record.timestampUs < 0, `${lostUs}`);
    }));
  });

  Deno.test(`importTemplate() learns what compiled code reads alike: ${name}`, () => {
    const format = importTemplate(template), reader = new LineReader({ keepsAgents: true });
    for (const [line] of lines) {
      const layout = format.learn(line, USUAL_READING);
      if (layout !== undefined) reader.learn(layout);
    }
    const take = (text: string) => {
      reader.open(ENCODER.encode(`${text}\n`));
      reader.read(0);
      const { size } = reader.batch;
      reader.batch.size = 0;
      return size === 1 ? reader.batch : undefined;
    };
    const [line] = lines.find(([line]) => take(line) !== undefined) ?? [""];
    assert(line !== "");
    for (const [at, cut, put] of changesOf(line)) {
      const changed = line.slice(0, at) + put + line.slice(at + cut);
      const batch = take(changed);
      if (batch === undefined) continue;
      const how = { ...USUAL_READING, keepsAgent: true };
      const record = format.read(changed, how) as LogRecord;
      assertEquals(typeof record?.statusCode, "number", changed);
      assertEquals(batch.statusCodes[0], record.statusCode, changed);
      assertEquals(batch.responseTimesUs[0], record.responseTimeUs ?? -1, changed);
      const { methods, endpoints, ips, agents } = batch;
      const [agent, ...keys] = [agents!, methods, endpoints, ips].map(({ starts, ends }) =>
        decodeText(batch.bytes, starts[0]!, ends[0]!)
      );
      assertEquals(keys, [record.method, record.endpoint, record.ip], changed);
      assertEquals(agent === "" ? "-" : agent, record.userAgent ?? "-", changed);
      assertEquals(batch.timestampsUs[0], record.timestampUs, changed);
    }
  });
}

Deno.test("importTemplate() reads dates with slashes, and names of zones that are UTC", () => {
  const { read } = importTemplate('%h %{%Y/%m/%d %T %Z}t "%r" %>s');
  const line = (zone: string) => `192.0.2.7 2026/11/25 18:00:00 ${zone} "GET /a HTTP/1.1" 200`;
  for (const zone of ["UTC", "GMT", "Z", "+0000"]) {
    const outcome = read(line(zone));
    assertEquals((plain(outcome) as LogRecord).timestampUs, parseTimestamp("2026-11-25T18:00:00"));
  }
  // It may be any of several.
  assertEquals(plain(read(line("CST"))), "bad_timestamp");
});
