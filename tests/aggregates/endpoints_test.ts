import { assert, assertEquals } from "@std/assert";
import { Endpoints } from "../../lib/aggregates/endpoints.ts";
import { countBatch } from "../../lib/aggregates/questions.ts";
import { makeRecord } from "../support/make_record.ts";

const OPTIONS = { hashKey: [1, 2], exactUpTo: 32, slowOverUs: 1_000_000 } as const;

Deno.test("Endpoints result() is ordered by requests, then by code point", () => {
  const endpoints = new Endpoints({ ...OPTIONS, capacity: 100 });
  for (const endpoint of ["\u{1F600}", "/busy", "\uFF5E", "/busy"]) {
    countBatch([endpoints], makeRecord({ endpoint }));
  }
  assertEquals([...endpoints.result([50]).map(({ endpoint, requests }) => [endpoint, requests])], [
    ["/busy", 2],
    ["\uFF5E", 1],
    ["\u{1F600}", 1],
  ]);
});

Deno.test("Endpoints counts failures and times of each, and those without any", () => {
  const endpoints = new Endpoints({ ...OPTIONS, capacity: 100 });
  countBatch([endpoints], makeRecord({ endpoint: "/a", statusCode: 404, responseTimeUs: 10 }));
  countBatch([endpoints], makeRecord({ endpoint: "/a", statusCode: 200 }));
  countBatch([endpoints], makeRecord({ endpoint: "/b", statusCode: 500 }));
  for (const [statusCode, responseTimeUs] of [[200, 30], [399, 20], [400, 5]] as const) {
    countBatch([endpoints], makeRecord({ endpoint: "/c", statusCode, responseTimeUs }));
  }
  const [c, a, b] = endpoints.result([50]);
  const timesOf = (us: readonly number[], middle: number, meanUs: number) => ({
    ...{ count: us.length, minUs: us[0], meanUs, maxUs: us.at(-1) },
    totalUs: BigInt(us.reduce((sum, one) => sum + one, 0)),
    percentilesUs: [middle],
  });
  assertEquals(
    c?.times(),
    {
      all: timesOf([5, 20, 30], 20, 18),
      successful: timesOf([20, 30], 20, 25),
      failed: timesOf([5], 5, 5),
    },
  );
  const { times, ...counts } = a!;
  assertEquals(times(), {
    all: timesOf([10], 10, 10),
    successful: null,
    failed: timesOf([10], 10, 10),
  });
  assertEquals(counts, {
    endpoint: "/a",
    requests: 2,
    requestsError: 0,
    failed4xx: 1,
    failed5xx: 0,
    failedOther: 0,
    slow: 0,
    routes: [
      { method: "GET", statusCode: 200, requests: 1 },
      { method: "GET", statusCode: 404, requests: 1 },
    ],
    routesOther: 0,
  });
  assertEquals(b?.failed5xx, 1);
  assertEquals(b?.times().all, null);
});

Deno.test("Endpoints counts what has no target apart", () => {
  const endpoints = new Endpoints({ ...OPTIONS, capacity: 100 });
  for (const endpoint of ["", "-", "/\u0000", "/\u007F", "/\u009F", "/\n"]) {
    countBatch([endpoints], makeRecord({ endpoint }));
  }
  for (const endpoint of ["--", " ", "/\u00A0", "__proto__"]) {
    countBatch([endpoints], makeRecord({ endpoint }));
  }
  assertEquals(endpoints.withoutEndpoint(), 6);
  assertEquals(endpoints.size, 4);
});

Deno.test("Endpoints of which there are too many keep their sum and their bounds", () => {
  const endpoints = new Endpoints({ ...OPTIONS, capacity: 4 });
  let failed = 0, slow = 0;
  for (let i = 0; i < 500; i++) {
    const statusCode = i % 5 === 0 ? 500 : 200, responseTimeUs = 1_000_000 + i % 3;
    if (statusCode === 500) failed++;
    if (i % 3 > 0) slow++;
    const endpoint = i % 2 === 0 ? "/busy" : `/${i}`;
    countBatch([endpoints], makeRecord({ endpoint, statusCode, responseTimeUs }));
  }
  countBatch([endpoints], makeRecord({ endpoint: "-", statusCode: 500 }));
  const rows = [...endpoints.result([50])];
  assertEquals(rows.length, 4);
  const [busy] = rows;
  assert(busy!.endpoint === "/busy" && busy!.requests >= 250);
  assert(busy!.requests - busy!.requestsError <= 250 && busy!.requestsError <= endpoints.bound);
  assert(endpoints.bound > 0 && endpoints.bound <= 500 / 4);
  const surely = rows.reduce((sum, row) => sum + row.requests - row.requestsError, 0);
  const failedInRows = rows.reduce((sum, row) => sum + row.failed5xx, 0);
  const slowInRows = rows.reduce((sum, row) => sum + row.slow, 0);
  assertEquals(endpoints.other(), {
    requests: 500 - surely,
    failed: failed - failedInRows,
    slow: slow - slowInRows,
  });
  assertEquals(endpoints.withoutEndpoint(), 1);
});
