import { assertEquals } from "@std/assert";
import { Clients } from "../../lib/aggregates/clients.ts";
import { makeRecord } from "./make_record.ts";

Deno.test("Clients busiest() is ordered by requests, then by code point, and cut", () => {
  const clients = new Clients();
  for (const ip of ["\u{1F600}", "busy", "\uFF5E", "busy", "__proto__"]) {
    clients.add(makeRecord({ ip, statusCode: ip === "busy" ? 404 : 200 }));
  }
  assertEquals(clients.distinct(), 4);
  assertEquals(clients.busiest(3), [
    { ip: "busy", requests: 2, failed: 2 },
    { ip: "__proto__", requests: 1, failed: 0 },
    { ip: "\uFF5E", requests: 1, failed: 0 },
  ]);
});
