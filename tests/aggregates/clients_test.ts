import { assert, assertEquals } from "@std/assert";
import { Clients } from "../../lib/aggregates/clients.ts";
import { countBatch } from "../../lib/aggregates/questions.ts";
import { makeRecord } from "../support/make_record.ts";

Deno.test("Clients busiest() is ordered by requests, then by code point, and cut", () => {
  const clients = new Clients({ capacity: 100, hashKey: [1, 2] });
  for (const ip of ["\u{1F600}", "busy", "\uFF5E", "busy", "__proto__"]) {
    countBatch([clients], makeRecord({ ip, statusCode: ip === "busy" ? 404 : 200 }));
  }
  assertEquals(clients.distinct(), 4);
  assertEquals(clients.busiest(3), [
    { ip: "busy", requests: 2, requestsError: 0, failed: 2 },
    { ip: "__proto__", requests: 1, requestsError: 0, failed: 0 },
    { ip: "\uFF5E", requests: 1, requestsError: 0, failed: 0 },
  ]);
});

Deno.test("Clients of which there are too many are estimated, the busy ones found", () => {
  const parts = [1, 2].map(() => new Clients({ capacity: 50, hashKey: [1, 2] }));
  for (let i = 0; i < 4000; i++) {
    for (const ip of [`192.0.2.${i}`, "busy"]) {
      countBatch([parts[i % 2]!], makeRecord({ ip, statusCode: 500 }));
    }
  }
  const [clients, other] = parts as [Clients, Clients];
  clients.merge(other);
  assert(clients.bound > 0 && clients.bound <= 8000 / 50);
  assert(Math.abs(clients.distinct() - 4001) <= 4 * clients.standardError() * 4001);
  const [first] = clients.busiest(1);
  assertEquals(first?.ip, "busy");
  assert(first!.requests >= 4000 && first!.requests - first!.requestsError <= 4000);
});

Deno.test("Clients withoutClient() counts requests whose client is empty or -, and no client has them", () => {
  const clients = new Clients({ capacity: 2, hashKey: [1, 2] });
  for (const ip of ["-", "a", "", "-", "b", "--"]) {
    countBatch([clients], makeRecord({ ip, statusCode: 500 }));
  }
  assertEquals(clients.withoutClient(), 3);
  assert(clients.busiest(9).every(({ ip }) => ip !== "" && ip !== "-"));
  const both = Clients.fromJSON(JSON.parse(JSON.stringify(clients)), {
    capacity: 2,
    hashKey: [3, 4],
  });
  both.merge(clients);
  assertEquals(both.withoutClient(), 6);
});
