import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { OWN_FORMAT } from "../../lib/formats/json/own_format.ts";
import { UNCOUNTED } from "../../lib/records/key_column.ts";
import { decodeText } from "../../lib/records/record_batch.ts";
import { LineReader } from "../../lib/scan/line_reader.ts";
import { parseRecord, Rejection } from "../../schema.ts";

const encoder = new TextEncoder();
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."/abc.1~"), minLength: 1, maxLength: 40 }),
  fc.string({ minLength: 1, maxLength: 12 }),
);

Deno.test("LineReader tells where keys stand, and which slots they had when they were counted", () => {
  const lines = fc.array(fc.tuple(value, value, value, fc.boolean()), { maxLength: 12 });
  fc.assert(
    fc.property(lines, (lines) => {
      const reader = new LineReader(), { batch } = reader;
      // What each column was told of a text: slots and stamps of no meaning.
      const known = [
        new Map<string, number>(),
        new Map<string, number>(),
        new Map<string, number>(),
      ];
      for (const [method, endpoint, ip, isIpLast] of lines) {
        const others = { status_code: "200", timestamp: "2025-12-24T00:00:00" };
        const record = isIpLast
          ? { method, ...others, endpoint, ip }
          : { ...others, ip, endpoint, method };
        const line = JSON.stringify(record), block = new TextEncoder().encode(`${line}\n`);
        reader.open(block);
        const layout = OWN_FORMAT.learn(line)!;
        if (!reader.knows(layout)) reader.learn(layout);
        const end = reader.read(0);
        assertEquals([end, reader.irregularEnd, batch.size], [block.length, -1, 1]);
        reader.recall();
        const columns = [batch.methods, batch.endpoints, batch.ips] as const;
        for (const [i, text] of [method, endpoint, ip].entries()) {
          const column = columns[i]!, slot = known[i]!.get(text) ?? UNCOUNTED;
          assertEquals(decodeText(batch.bytes, column.starts[0]!, column.ends[0]!), text);
          assertEquals(column.slots[0], slot);
          if (slot !== UNCOUNTED) assertEquals(column.stamps[0], slot + 1);
          // Every third is looked for and found elsewhere, as if another had had its slot meanwhile.
          column.misses = Number(slot === UNCOUNTED || slot % 3 === 0);
          if (column.misses === 0) continue;
          const found = 7 * known[i]!.size + text.length;
          known[i]!.set(text, found);
          [column.slots[0], column.stamps[0], column.missed[0]] = [found, found + 1, 0];
        }
        reader.clear();
        assertEquals(batch.size, 0);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("LineReader tells what keys stand for, and leaves those that are too long", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 9 }),
    fc.string({ unit: fc.constantFrom("\\", "\n", "n", '"'), minLength: 1, maxLength: 9 }),
    fc.constantFrom("x".repeat(130), "é".repeat(70), "\\".repeat(128)),
  );
  fc.assert(
    fc.property(fc.tuple(text, text, text), fc.boolean(), ([method, endpoint, ip], isEscaped) => {
      const json = JSON.stringify({ method, status_code: "200", endpoint, ip });
      const line = isEscaped ? escapeAll(json) : json;
      const reader = new LineReader(), { batch } = reader;
      reader.learn(OWN_FORMAT.learn(line)!);
      const block = encoder.encode(`${line}\n`);
      reader.open(block);
      const isShort = [method, ip].every((text) => encoder.encode(text).length <= 128);
      assertEquals(reader.read(0), isShort ? block.length : 0);
      assertEquals([batch.size, reader.irregularEnd], isShort ? [1, -1] : [0, block.length]);
      if (!isShort) {
        const record = reader.toRecord();
        return assertEquals([record.method, record.endpoint, record.ip], [method, endpoint, ip]);
      }
      const columns = [batch.methods, batch.endpoints, batch.ips] as const;
      for (const [i, text] of [method, endpoint, ip].entries()) {
        const { starts, ends } = columns[i]!;
        assertEquals(decodeText(batch.bytes, starts[0]!, ends[0]!), text);
      }
    }),
    { numRuns: 1000 },
  );
});

/** Writes what is not ASCII as escapes. */
function escapeAll(json: string): string {
  return json.replace(
    /[^ -~]/g,
    (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

Deno.test("LineReader has room for keys again after many irregular lines", () => {
  const line = (ip: string) => `{"endpoint":"\\/${"x".repeat(900)}","ip":"${ip}"}`;
  const reader = new LineReader(), { batch } = reader;
  reader.learn(OWN_FORMAT.learn(line("::1"))!);
  const irregular = encoder.encode(`${line("x".repeat(200))}\n`);
  for (let i = 0; i < 200; i++) {
    reader.open(irregular);
    assertEquals([reader.read(0), reader.irregularEnd, batch.size], [0, irregular.length, 0]);
  }
  const good = encoder.encode(`${line("::1")}\n`);
  reader.open(good);
  assertEquals([reader.read(0), reader.irregularEnd, batch.size], [good.length, -1, 1]);
});

Deno.test("LineReader mixes a key alike, however it is written", () => {
  const line = (endpoint: string) =>
    `{"method":"GET","endpoint":"${endpoint}","status_code":"200"}`;
  const reader = new LineReader(), { batch } = reader, { endpoints } = batch;
  reader.learn(OWN_FORMAT.learn(line("/"))!);
  const text = fc.string({ unit: fc.constantFrom(..."/abc.1~"), minLength: 1, maxLength: 40 });
  fc.assert(fc.property(text, (text) => {
    const escaped = text.replace(/./g, (unit) => `\\u00${unit.charCodeAt(0).toString(16)}`);
    const block = encoder.encode(`${line(text)}\n${line(escaped)}\n`);
    reader.open(block);
    reader.clear();
    assertEquals(reader.read(0), block.length);
    assertEquals(batch.size, 2);
    assertEquals(endpoints.stamps[0], endpoints.stamps[1]);
  }));
});

Deno.test("LineReader remembers any number of keys, or forgets them, but never takes one for another", () => {
  const reader = new LineReader(), { batch } = reader, { endpoints } = batch;
  const lineOf = (i: number) =>
    `{"endpoint":"/${i.toString(36)}/${"x".repeat(i % 60)}","ip":"192.0.2.${i % 256}"}`;
  reader.learn(OWN_FORMAT.learn(lineOf(0))!);
  const slotOf = new Map<string, number>();
  let recalled = 0, keys = 0;
  const count = (first: number, end: number) => {
    const lines = Array.from({ length: end - first }, (_, i) => `${lineOf(first + i)}\n`);
    const block = new TextEncoder().encode(lines.join(""));
    reader.open(block);
    assertEquals(reader.read(0), block.length);
    batch.methods.misses = batch.ips.misses = endpoints.misses = 0;
    reader.recall();
    for (let row = 0; row < batch.size; row++) {
      const { starts, ends, slots, missed } = endpoints;
      const text = decodeText(batch.bytes, starts[row]!, ends[row]!), slot = slots[row]!;
      if (slot !== UNCOUNTED) {
        assertEquals(slot, slotOf.get(text));
        recalled++;
        continue;
      }
      if (!slotOf.has(text)) slotOf.set(text, keys++);
      slots[row] = slotOf.get(text)!;
      missed[endpoints.misses++] = row;
    }
    reader.clear();
  };
  // Twice as many as there is room for, each also one batch later.
  for (let first = 0; first < 300_000; first += 250) count(first, first + 500);
  assertEquals(keys, 300_250);
  // All but those that were forgotten just then.
  assert(recalled > 295_000, `${recalled}`);
  // The last hundred thousand are all there.
  recalled = 0;
  for (let first = 200_000; first < 300_000; first += 500) count(first, first + 500);
  assert(recalled > 30_000, `${recalled}`);
});

Deno.test("LineReader recalls keys that were made to have places of others", () => {
  const reader = new LineReader(), { batch } = reader, { endpoints } = batch;
  reader.learn(OWN_FORMAT.learn('{"endpoint":"/"}')!);
  const mixOf = (endpoint: string) => {
    reader.open(new TextEncoder().encode(`{"endpoint":"${endpoint}"}\n`));
    reader.read(0);
    return endpoints.stamps[0]!;
  };
  // Of the first thousand places, all at one.
  const colliding: string[] = [];
  for (let i = 0; colliding.length < 100; i++) {
    if ((mixOf(`/${i}`) & 1023) === 77) colliding.push(`/${i}`);
    batch.size = 0;
  }
  const recall = () =>
    colliding.map((endpoint, slot) => {
      mixOf(endpoint);
      reader.recall();
      const recalled = endpoints.slots[0]!;
      assert(recalled === slot || recalled === UNCOUNTED, `${endpoint}: ${recalled}`);
      endpoints.misses = Number(recalled === UNCOUNTED);
      [endpoints.slots[0], endpoints.stamps[0], endpoints.missed[0]] = [slot, 0, 0];
      reader.clear();
      return recalled;
    });
  recall();
  assert(recall().filter((slot) => slot !== UNCOUNTED).length >= 7);
});

Deno.test("LineReader takes a value with any byte in any place as the parser does, or leaves it", () => {
  const wrap = (status: string, time: string, timestamp: string) =>
    `{"method":"GET","endpoint":"/a","status_code":"${status}","ip":"::1","bytes":${time},` +
    `"response_time":${time},"timestamp":"${timestamp}"}`;
  const good = ["404", "120.75", "2025-12-24T13:59:58.123456+01:30"] as const;
  const reader = new LineReader(), { batch } = reader;
  reader.learn(OWN_FORMAT.learn(wrap(...good))!);
  let taken = 0;
  for (const [i, value] of good.entries()) {
    for (let at = 0; at < value.length; at++) {
      for (let byte = 0x20; byte < 0x7F; byte++) {
        const changed = value.slice(0, at) + String.fromCharCode(byte) + value.slice(at + 1);
        const [status, time, timestamp] = good.map((one, k) => k === i ? changed : one);
        const line = wrap(status!, time!, timestamp!);
        const block = new TextEncoder().encode(`${line}\n`);
        reader.open(block);
        batch.size = 0;
        if (reader.read(0) === 0) continue;
        taken++;
        const record = parseRecord(line);
        if (record instanceof Rejection) throw new Error(`taken, but ${record.reason}: ${line}`);
        assertEquals(
          [batch.statusCodes[0], batch.responseTimesUs[0], batch.timestampsUs[0]],
          [record.statusCode, record.responseTimeUs, record.timestampUs],
          line,
        );
      }
    }
  }
  // All digits where any may stand, at the least.
  assert(taken > 200, `${taken}`);
});
