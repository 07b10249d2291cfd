import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { RecordBatch } from "../../lib/records/record_batch.ts";
import { Windows } from "../../lib/aggregates/windows.ts";
import type { LogRecord } from "../../schema.ts";
import { makeRecord } from "../support/make_record.ts";

const MINUTE = 60_000_000;
const EXACT = { peakError: 0, windowsInDoubt: 0 };

function windowsOf(
  records: readonly Partial<LogRecord>[],
  suspiciousOver = 1,
  { maxWindows = 100, maxPairs = 100 } = {},
): Windows {
  const options = { windowUs: MINUTE, suspiciousOver, slowOverUs: 500, maxWindows, maxPairs };
  const windows = new Windows(options, [1, 2]);
  for (const fields of records) windows.add(makeRecord(fields));
  return windows;
}

Deno.test("Windows worst() is the one with most failures, not with most requests", () => {
  const worst = windowsOf([
    ...Array.from({ length: 9 }, () => ({ timestampUs: 0, statusCode: 399 })),
    { timestampUs: MINUTE, statusCode: 400 },
    { timestampUs: MINUTE, statusCode: 599 },
    { timestampUs: MINUTE, statusCode: 600 },
    { timestampUs: 2 * MINUTE, statusCode: 500 },
  ]).worst();
  assertEquals(worst && { ...worst, failedEndpoints: worst.failedEndpoints.first(10) }, {
    startUs: MINUTE,
    endUs: 2 * MINUTE,
    requests: 3,
    failed4xx: 1,
    failed5xx: 1,
    failedOther: 1,
    slow: 0,
    failedEndpoints: [],
    suspicious: [{ ip: "192.0.2.1", requests: 3, requestsError: 0, failed: 3 }],
  });
});

Deno.test("Windows worst() is the earliest of several, whatever came first", () => {
  const failing = [5, 2, 9].map((k) => ({ timestampUs: k * MINUTE, statusCode: 500 }));
  assertEquals(windowsOf(failing).worst()?.startUs, 2 * MINUTE);
});

Deno.test("Windows worst() is aligned downwards before the epoch too", () => {
  const failing = [-1, -MINUTE, 0].map((timestampUs) => ({ timestampUs, statusCode: 500 }));
  const worst = windowsOf(failing).worst();
  assertEquals([worst?.startUs, worst?.endUs, worst?.failed5xx], [-MINUTE, 0, 2]);
});

Deno.test("Windows worst() is null if nothing failed", () => {
  assertEquals(windowsOf([]).worst(), null);
  assertEquals(windowsOf([{ statusCode: 399 }]).worst(), null);
});

Deno.test("Windows worst() names only clients over the limit in it, by code point", () => {
  const twice = (fields: Partial<LogRecord>) => [fields, fields];
  const worst = windowsOf([
    { ip: "once", statusCode: 500 },
    ...twice({ ip: "\u{1F600}" }),
    ...twice({ ip: "\uFF5E" }),
    ...twice({ ip: "elsewhere", timestampUs: MINUTE }),
  ]).worst();
  assertEquals(worst?.suspicious.map(({ ip }) => ip), ["\uFF5E", "\u{1F600}"]);
});

Deno.test("Windows slowest() has most slow requests, the earliest of several, and their mean", () => {
  const at = (minute: number, responseTimeUs: number | undefined) => ({
    timestampUs: minute * MINUTE,
    responseTimeUs,
  });
  // Slow is above 500 µs.
  const windows = windowsOf([
    at(3, 501),
    at(3, 900),
    at(1, 600),
    at(1, 501),
    at(1, 4),
    at(1, undefined),
    at(0, 1e15),
    ...Array.from({ length: 9 }, () => at(2, 500)),
  ]);
  assertEquals(windows.slowest(), {
    startUs: MINUTE,
    endUs: 2 * MINUTE,
    requests: 4,
    failed4xx: 0,
    failed5xx: 0,
    failedOther: 0,
    slow: 2,
    meanUs: 368,
  });
  assertEquals(windows.slowLeft(5), 0);
  assertEquals(windowsOf([at(0, 500), at(1, undefined)]).slowest(), null);
});

Deno.test("Windows slowLeft() is by how much the slowest window may be off above the limit", () => {
  const times = Array.from(
    { length: 40 },
    (_, k) => ({ timestampUs: k * MINUTE, responseTimeUs: 501 }),
  );
  const windows = windowsOf([...times, ...times.slice(0, 9)], 1, { maxWindows: 4 });
  // The slowest has two, of 49 in all.
  const { slow } = windows.slowest()!, left = windows.slowLeft(49);
  assert(slow <= 2 && left > 0 && slow + left >= 2, `${slow} and ${left}`);
  assertEquals(windowsOf(times).slowLeft(40), 0);
});

Deno.test("Windows suspiciousIps() wants more than the limit in one window", () => {
  const requests = (ip: string, counts: readonly number[]) =>
    counts.flatMap((count, k) =>
      Array.from({ length: count }, () => ({ ip, timestampUs: k * MINUTE }))
    );
  const windows = windowsOf([
    ...requests("at the limit", [3, 3, 3]),
    ...requests("twice over", [1, 4, 0, 5]),
    ...requests("peak", [6]),
    ...requests("also peak", [0, 6]),
  ], 3);
  assertEquals([...windows.suspiciousIps().result()], [
    { ip: "also peak", peakRequests: 6, windows: 1, firstWindowUs: MINUTE, ...EXACT },
    { ip: "peak", peakRequests: 6, windows: 1, firstWindowUs: 0, ...EXACT },
    { ip: "twice over", peakRequests: 5, windows: 2, firstWindowUs: MINUTE, ...EXACT },
  ]);
});

Deno.test("Windows keeps the worst of too many, and says by how much it may be off", () => {
  const records = Array.from({ length: 50 }, (_, k) => [
    { timestampUs: k * MINUTE, statusCode: 200 },
    ...Array.from({ length: k === 20 ? 40 : k % 3 }, () => ({
      timestampUs: k * MINUTE,
      statusCode: 500,
    })),
  ]).flat();
  const shuffled = records.map((record, i) => ({ record, at: i * 7919 % 1009 }))
    .sort((a, b) => a.at - b.at).map(({ record }) => record);
  for (const order of [records, records.toReversed(), shuffled]) {
    const windows = windowsOf(order, 1000, { maxWindows: 4 });
    const worst = windows.worst()!;
    assertEquals(worst.startUs, 20 * MINUTE);
    assert(windows.worstBound() > 0);
    assert(40 - worst.failed5xx <= windows.worstBound());
    assert(41 - worst.requests <= windows.requestsLeft());
  }
});

Deno.test("Windows where nothing failed take no room from those where something did", () => {
  const at = (k: number, fields: Partial<LogRecord>) => ({ timestampUs: k * MINUTE, ...fields });
  const failing = [3, 5, 7].map((k) => at(k, { statusCode: 500 }));
  const slow = at(9, { responseTimeUs: 501 });
  const healthy = Array.from({ length: 40 }, (_, k) => at(10 + k, {}));
  for (const order of [[...failing, slow, ...healthy], [...healthy, ...failing, slow]]) {
    const windows = windowsOf(order, 1000, { maxWindows: 4 });
    assertEquals([windows.worst()?.startUs, windows.worstBound()], [3 * MINUTE, 0]);
    assertEquals([windows.slowest()?.startUs, windows.slowLeft(1)], [9 * MINUTE, 0]);
    assertEquals(windows.requestsLeft(), 40);
  }
});

Deno.test("Windows keeps the busiest of too many clients, and marks whom it is not sure of", () => {
  const flood = Array.from({ length: 300 }, (_, i) => ({ ip: `flood ${i}` }));
  const busy = Array.from({ length: 200 }, () => ({ ip: "busy" }));
  for (const order of [[...flood, ...busy], [...busy, ...flood]]) {
    const windows = windowsOf(order, 30, { maxPairs: 20 });
    const bound = windows.suspiciousBound();
    assert(bound > 0 && bound <= 500 / 10);
    const found = windows.suspiciousIps().result().find(({ ip }) => ip === "busy")!;
    assert(found.peakRequests >= 200 && found.peakRequests - found.peakError <= 200);
    assertEquals(found.windowsInDoubt, 0);
    for (const { peakRequests, peakError, windowsInDoubt } of windows.suspiciousIps().result()) {
      assertEquals(windowsInDoubt, peakRequests - peakError <= 30 ? 1 : 0);
    }
  }
});

Deno.test("Windows lists clients in doubt, unless the doubt is above the limit", () => {
  const flood = Array.from({ length: 30 }, (_, i) => ({ ip: `flood ${i}` }));
  const windows = (suspiciousOver: number) =>
    windowsOf([...flood, { ip: "late" }, { ip: "late" }], suspiciousOver, { maxPairs: 20 });
  assertEquals(windows(1).suspiciousBound(), 1);
  const late = windows(1).suspiciousIps().result().find(({ ip }) => ip === "late");
  assertEquals(late, {
    ip: "late",
    peakRequests: 3,
    peakError: 1,
    windows: 1,
    windowsInDoubt: 0,
    firstWindowUs: 0,
  });
  const inDoubt = (suspiciousOver: number) =>
    [...windows(suspiciousOver).suspiciousIps().result()]
      .filter(({ windowsInDoubt }) => windowsInDoubt > 0).length;
  assert(inDoubt(1) > 0 && inDoubt(0) === 0);
});

Deno.test("Windows count requests without a client, which is never suspicious", () => {
  const ips = ["-", "a", "-", "", "a", "", "-"];
  const windows = windowsOf(ips.map((ip) => ({ ip, statusCode: 500 })));
  const worst = windows.worst();
  assertEquals([worst?.requests, worst?.suspicious.map(({ ip }) => ip)], [7, ["a"]]);
  assertEquals(
    [...windows.suspiciousIps().result()].map(({ ip, peakRequests }) => [ip, peakRequests]),
    [
      ["a", 2],
    ],
  );
});

Deno.test("Windows count a batch as they count its records one by one, below the limits and above", () => {
  const record = fc.record({
    ip: fc.constantFrom("a", "b", "c", "d", "-"),
    endpoint: fc.constantFrom("/x", "/y", "/z"),
    statusCode: fc.constantFrom(200, 404, 500),
    timestampUs: fc.constantFrom(0, 0, 0, MINUTE, 2 * MINUTE),
  });
  const records = fc.array(record, { minLength: 20, maxLength: 200, size: "max" });
  fc.assert(
    fc.property(records, fc.constantFrom(2, 3, 5, 8, 1000), (records, maxPairs) => {
      const options = {
        ...{ windowUs: MINUTE, suspiciousOver: 1, slowOverUs: 500, maxWindows: 100, maxPairs },
      };
      const [inOne, oneByOne] = [new Windows(options, [1, 2]), new Windows(options, [1, 2])];
      const batch = new RecordBatch(200);
      for (const [row, fields] of records.entries()) {
        const one = makeRecord(fields);
        batch.append(one);
        // As if the clients and the endpoints had been resolved.
        for (const [column, key] of [["ips", fields.ip], ["endpoints", fields.endpoint]] as const) {
          one[column].slots[0] = batch[column].slots[row] = key.charCodeAt(key.length - 1);
        }
        oneByOne.add(one);
      }
      inOne.add(batch);
      assertEquals(JSON.stringify(inOne), JSON.stringify(oneByOne));
    }),
    { numRuns: 500 },
  );
});
