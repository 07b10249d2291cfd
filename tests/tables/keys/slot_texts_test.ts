import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { SlotTexts } from "../../../lib/tables/keys/slot_texts.ts";

Deno.test("SlotTexts holds what a Map does, whatever comes and goes", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 9 }),
    fc.constant("x".repeat(3e4)),
  );
  const change = fc.record({ slot: fc.nat(90), text, isRemoved: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const [texts, expected] = [new SlotTexts(), new Map<number, string>()];
      for (const { slot, text, isRemoved } of changes) {
        assertEquals(texts.has(slot), expected.has(slot));
        const bytes = new TextEncoder().encode(`<${text}>`);
        if (isRemoved) {
          if (expected.delete(slot)) texts.remove(slot);
          continue;
        }
        if (texts.has(slot)) texts.replace(slot, bytes, 1, bytes.length - 1);
        else texts.put(slot, bytes, 1, bytes.length - 1);
        expected.set(slot, text.toWellFormed());
        assertEquals(texts.isAt(slot, bytes, 1, bytes.length - 1), true);
        assertEquals(texts.isAt(slot, bytes, 0, bytes.length - 1), false);
      }
      let bytes = 0;
      for (const [slot, text] of expected) {
        assertEquals(texts.textAt(slot), text);
        assertEquals(texts.lengthAt(slot), new TextEncoder().encode(text).length);
        bytes += texts.lengthAt(slot);
      }
      assertEquals(texts.byteLength, bytes);
      const isPut = (i: number) => !changes[i]!.isRemoved;
      const used = changes.flatMap(({ slot }, i) => isPut(i) ? [slot + 1] : []);
      assertEquals(texts.end, Math.max(0, ...used));
    }),
    { numRuns: 200 },
  );
});
