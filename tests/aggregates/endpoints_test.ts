import { assertEquals } from "@std/assert";
import { Endpoints } from "../../lib/aggregates/endpoints.ts";
import { makeRecord } from "./make_record.ts";

Deno.test("Endpoints result() is ordered by requests, then by code point", () => {
  const endpoints = new Endpoints();
  for (const endpoint of ["\u{1F600}", "/busy", "\uFF5E", "/busy"]) {
    endpoints.add(makeRecord({ endpoint }));
  }
  assertEquals(endpoints.result([50]).map(({ endpoint, requests }) => [endpoint, requests]), [
    ["/busy", 2],
    ["\uFF5E", 1],
    ["\u{1F600}", 1],
  ]);
});

Deno.test("Endpoints counts failures and times of each, and those without any", () => {
  const endpoints = new Endpoints();
  endpoints.add(makeRecord({ endpoint: "/a", statusCode: 404, responseTimeUs: 10 }));
  endpoints.add(makeRecord({ endpoint: "/a", statusCode: 200 }));
  endpoints.add(makeRecord({ endpoint: "/b", statusCode: 500 }));
  const [a, b] = endpoints.result([50]);
  assertEquals(a, {
    endpoint: "/a",
    requests: 2,
    failed4xx: 1,
    failed5xx: 0,
    failedOther: 0,
    responseTime: { count: 1, minUs: 10, meanUs: 10, maxUs: 10, totalUs: 10n, percentilesUs: [10] },
  });
  assertEquals(b?.failed5xx, 1);
  assertEquals(b?.responseTime, null);
});

Deno.test("Endpoints counts what has no target apart", () => {
  const endpoints = new Endpoints();
  for (const endpoint of ["", "-", "/\u0000", "/\u007F", "/\u009F", "/\n"]) {
    endpoints.add(makeRecord({ endpoint }));
  }
  for (const endpoint of ["--", " ", "/\u00A0", "__proto__"]) {
    endpoints.add(makeRecord({ endpoint }));
  }
  assertEquals(endpoints.withoutEndpoint(), 6);
  assertEquals(endpoints.result([50]).length, 4);
});
