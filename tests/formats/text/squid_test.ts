import { assertEquals } from "@std/assert";
import { SQUID_FORMAT } from "../../../lib/formats/text/squid.ts";
import { Rejection } from "../../../schema.ts";

Deno.test("squid: a method without a target and a target without a method stand alone", () => {
  const cases = [
    ["GET http://example.com/a", ["GET", "http://example.com/a"]],
    ["NONE error:invalid-request", ["NONE", "error:invalid-request"]],
    ["- error:transaction-end-before-headers", ["-", "error:transaction-end-before-headers"]],
    ["CONNECT -", ["CONNECT", "-"]],
    ["- -", ["-", "-"]],
  ] as const;
  for (const [request, expected] of cases) {
    const outcome = SQUID_FORMAT.read(
      `1795629600.000     12 192.0.2.7 TCP_MISS/200 512 ${request} - HIER_NONE/- text/html`,
    );
    if (outcome === undefined || outcome === "context") throw new Error("no record");
    if (outcome instanceof Rejection) throw new Error(outcome.reason);
    assertEquals([outcome.method, outcome.endpoint], expected);
  }
});
