import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { SlotTable } from "../../../lib/tables/keys/slot_table.ts";

function slotsOf(table: SlotTable, hash: number): number[] {
  const slots: number[] = [];
  for (let place = table.first(hash); place !== -1; place = table.next(place, hash)) {
    slots.push(table.slotAt(place));
  }
  return slots.sort((a, b) => a - b);
}

Deno.test("SlotTable finds the slots of a hash, whatever came and went", () => {
  // Few hashes, with few last bits, so that slots stand in each other's way.
  const hash = fc.constantFrom(0, 1, 2, 31, 32, 63, 64, -1, -2, 2 ** 31 - 1, -(2 ** 31));
  const change = fc.record({ slot: fc.nat(300), hash });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 400 }), (changes) => {
      const table = new SlotTable();
      const hashes = new Map<number, number>();
      for (const { slot, hash } of changes) {
        const before = hashes.get(slot);
        if (before === undefined) {
          table.enter(slot, hash);
          hashes.set(slot, hash);
        } else {
          table.remove(slot, before);
          hashes.delete(slot);
        }
      }
      assertEquals(table.size, hashes.size);
      const copy = SlotTable.ofParts(structuredClone(table.toParts()));
      for (const hash of new Set(changes.map(({ hash }) => hash))) {
        const expected = [...hashes].filter(([, own]) => own === hash).map(([slot]) => slot);
        assertEquals(slotsOf(table, hash), expected.sort((a, b) => a - b));
        assertEquals(slotsOf(copy, hash), expected);
      }
    }),
    { numRuns: 500 },
  );
});
