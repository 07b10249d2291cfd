import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { cutToBytes, limitKeys } from "../../lib/records/limit_keys.ts";
import { makeRecord } from "../support/make_record.ts";

Deno.test("cutToBytes() keeps as many whole characters as fit, and marks what it cut", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "é", "€", "\u{1F600}", "\uFEFF"),
    maxLength: 20,
  });
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 30 }), (text, most) => {
    const bytes = (text: string) => new TextEncoder().encode(text).length;
    let kept = "";
    for (const character of text) {
      if (bytes(kept + character) > most) break;
      kept += character;
    }
    assertEquals(cutToBytes(text, most), kept === text ? text : `${kept}…`);
  }));
});

Deno.test("limitKeys() leaves a record alone whose texts are short enough", () => {
  const record = makeRecord({
    endpoint: `/${"a".repeat(1023)}`,
    ip: "é".repeat(64),
    method: "GET",
  });
  assertEquals(limitKeys(record) === record, true);
});

Deno.test("limitKeys() cuts each text at its own length", () => {
  const cut = limitKeys(makeRecord({
    endpoint: `/${"a".repeat(100_000)}`,
    ip: "b".repeat(129),
    method: "c".repeat(129),
  }));
  assertEquals(cut.endpoint, `/${"a".repeat(1023)}…`);
  assertEquals([cut.ip, cut.method], [`${"b".repeat(128)}…`, `${"c".repeat(128)}…`]);
});

Deno.test("limitKeys() does not give a target to what has none", () => {
  const cut = limitKeys(makeRecord({ endpoint: `/${"a".repeat(2000)}\n` }));
  assertEquals(cut.endpoint, "-");
});
