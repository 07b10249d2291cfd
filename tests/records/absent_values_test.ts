import { assertEquals } from "@std/assert";
import { hasClient, isClient } from "../../lib/records/absent_values.ts";

Deno.test("hasClient() and isClient() agree on what is a client", () => {
  const cases: readonly (readonly [ip: string, isOne: boolean])[] = [
    ["", false],
    ["-", false],
    ["--", true],
    ["a", true],
    ["192.0.2.1", true],
    [" ", true],
  ];
  for (const [ip, isOne] of cases) {
    const bytes = new TextEncoder().encode(`x${ip}x`);
    assertEquals([hasClient(ip), isClient(bytes, 1, bytes.length - 1)], [isOne, isOne], ip);
  }
});
