import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { classicTraffic } from "../../../lib/traffic/profiles/classic.ts";
import { Random } from "../../../lib/traffic/random.ts";
import type { LogRecord } from "../../../schema.ts";

// The traffic as it was asked for, written down once more.
const ANSWERS: Readonly<Record<string, string>> = {
  GET: "/health 200, /api/tasks/999 404, /api/tasks/7 200, /api/tasks 200, /api/tasks/476 200, " +
    "/api/tasks/123 200, /api/tasks/123 404, /api/tasks/13 200",
  POST: "/api/tasks 201, /api/tasks 400, /api/tasks/900 200, /api/tasks/476 500, " +
    "/api/tasks/13 200",
  PUT: "/api/tasks/42 200, /api/tasks/13 400, /api/tasks/7 500, /api/tasks/7 200",
  DELETE: "/api/tasks/42 204, /api/tasks/999 404, /api/tasks/89 200, /api/tasks/5 500, " +
    "/api/tasks/5 204",
};
const IPS = "23.91.184.12 45.77.203.89 103.82.156.44 142.250.72.198 54.179.33.7 18.216.94.61 " +
  "8.34.67.221 91.198.174.192 66.249.64.87 157.240.12.35";
const PERCENTS = [0, 10, 30, 40, 70, 80, 90, 100];
const RESPONSE_MS = [[20, 80], [80, 300], [300, 1000], [80, 300], [1000, 3000], [20, 80], [
  80,
  300,
]] as const;
const GAPS_MS = [[10, 200], [60_000, 300_000], [1, 5]] as const;

function traffic(options: { count: number; seed?: number; startUs?: number }): LogRecord[] {
  return [...classicTraffic({ seed: 42, startUs: 0, ...options })];
}

function take(count: number, records: Iterable<LogRecord>): LogRecord[] {
  return Iterator.from(records).take(count).toArray();
}

/** Asserts that each value came about as often as equal chances promise (five sigma). */
function assertEven(values: readonly string[], expected: readonly string[], of: string): void {
  const counts = new Map(expected.map((value) => [value, 0]));
  for (const value of values) {
    assert(counts.has(value), `${value} is none of the ${of}`);
    counts.set(value, counts.get(value)! + 1);
  }
  const share = values.length / expected.length;
  for (const [value, count] of counts) {
    assert(Math.abs(count - share) < 5 * Math.sqrt(share), `${value} came ${count} times`);
  }
}

Deno.test("classicTraffic() draws methods, answers, clients and agents with equal chances", () => {
  const records = traffic({ count: 40_000 });
  assertEven(records.map(({ method }) => method), Object.keys(ANSWERS), "methods");
  for (const [method, answers] of Object.entries(ANSWERS)) {
    const found = records.filter((record) => record.method === method)
      .map(({ endpoint, statusCode }) => `${endpoint} ${statusCode}`);
    assertEven(found, answers.split(", "), `answers to ${method}`);
  }
  assertEven(records.map(({ ip }) => ip), IPS.split(" "), "clients");
  assertEven(records.map((r) => r.userAgent!), ["Mozilla", "Chrome", "Safari"], "agents");
});

Deno.test("classicTraffic() has each phase's response times and one kind of gap in it", () => {
  const kinds = new Set<number>();
  for (const count of [1, 9, 10, 99, 1000, 4321]) {
    for (let seed = 0; seed < 12; seed++) {
      const records = traffic({ count, seed });
      assertEquals(records.length, count);
      const gaps = records.map(({ timestampUs }, i) =>
        (timestampUs - (records[i - 1]?.timestampUs ?? 0)) / 1000
      );
      for (const [phase, [least, most]] of RESPONSE_MS.entries()) {
        const [start, end] = [PERCENTS[phase]!, PERCENTS[phase + 1]!]
          .map((percent) => Number(BigInt(percent) * BigInt(count) / 100n));
        for (const { responseTimeUs } of records.slice(start, end)) {
          const ms = responseTimeUs! / 1000;
          assert(Number.isInteger(ms) && ms >= least && ms <= most, `${ms} ms in phase ${phase}`);
        }
        const inPhase = gaps.slice(start, end);
        const kind = GAPS_MS.findIndex(([least, most]) =>
          inPhase.every((gap) => Number.isInteger(gap) && gap >= least && gap <= most)
        );
        assert(kind >= 0, `gaps of phase ${phase} are of one kind`);
        kinds.add(kind);
      }
    }
  }
  assertEquals(kinds.size, 3, "all kinds of gaps came");
});

Deno.test("classicTraffic() draws a kind of gap only for phases that have a record", () => {
  for (let seed = 0; seed < 30; seed++) {
    // Of a single record all phases but the last are empty, so its gap is the first thing drawn.
    const drawn = Random.fromSeed(seed).below(12);
    const [least, most] = GAPS_MS[drawn < 7 ? 0 : drawn < 10 ? 1 : 2]!;
    const gap = traffic({ count: 1, seed })[0]!.timestampUs / 1000;
    assert(gap >= least && gap <= most, `${gap} ms for seed ${seed}`);
  }
});

Deno.test("classicTraffic() reaches both ends of its ranges", () => {
  const times = traffic({ count: 40_000 }).slice(0, 4000).map((r) => r.responseTimeUs! / 1000);
  assertEquals([Math.min(...times), Math.max(...times)], [20, 80]);
});

Deno.test("classicTraffic() is the same for the same options, and moves with its start", () => {
  assertEquals(traffic({ count: 500 }), traffic({ count: 500 }));
  assertNotEquals(traffic({ count: 5, seed: 1 }), traffic({ count: 5, seed: 2 }));
  const moved = traffic({ count: 500, startUs: 7_000_001 });
  assertEquals(
    moved.map((record) => ({ ...record, timestampUs: record.timestampUs - 7_000_001 })),
    traffic({ count: 500 }),
  );
});

Deno.test("classicTraffic() without end goes through cycles of 5000, clock and chance running on", () => {
  const endless = () => classicTraffic({ count: Infinity, seed: 42, startUs: 0 });
  const records = take(12_000, endless());
  assertEquals(records.slice(0, 5000), traffic({ count: 5000 }));
  for (const start of [5000, 10_000]) {
    const fast = records.slice(start, start + 500);
    assert(fast.every((record) => record.responseTimeUs! <= 80_000), "a cycle begins fast");
    assert(records[start]!.timestampUs > records[start - 1]!.timestampUs);
  }
  const texts = records.map(({ endpoint, ip }) => `${endpoint} ${ip}`);
  assert(texts.slice(0, 50).join() !== texts.slice(5000, 5050).join(), "chance runs on");
});

Deno.test("classicTraffic() of no records is empty", () => {
  assertEquals(traffic({ count: 0 }), []);
});

Deno.test("classicTraffic() has as many endpoints and clients as asked for, and else the same", () => {
  const options = { count: 4000, seed: 42, startUs: 0 };
  const records = [...classicTraffic({ ...options, endpoints: 300, clients: 70_000 })];
  const endpoints = new Set(records.map(({ endpoint }) => endpoint));
  assertEquals(endpoints.size, 300);
  assert(endpoints.has("/api/items/1") && endpoints.has("/api/items/300"));
  const clients = new Set(records.map(({ ip }) => ip));
  // Of so many draws some are of the same client: 70000 * (1 - exp(-4000 / 70000)).
  assert(Math.abs(clients.size - 3888) < 60, `${clients.size} clients`);
  const few = [...classicTraffic({ ...options, clients: 2, zipf: 3 })];
  const first = few.filter(({ ip }) => ip === "10.0.0.1").length;
  assert(Math.abs(first / 4000 - 8 / 9) < 0.03, "the first of two is eight times as likely");
  assertEquals(new Set(few.map(({ endpoint }) => endpoint)).size, 11);
});
