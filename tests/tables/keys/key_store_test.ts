import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { KeyStore } from "../../../lib/tables/keys/key_store.ts";

const key = fc.tuple(
  fc.constantFrom(0, -1, 7, 2 ** 40),
  fc.oneof(
    fc.constantFrom("", "a", "b", "ab", "\uFFFD", "\u{1F600}"),
    fc.nat(3).map((n) => "long ".repeat(50 * n)),
  ),
);

Deno.test("KeyStore remembers as Maps do, whatever comes and goes", () => {
  const change = fc.record({ slot: fc.nat(200), key, isRemoved: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 80 }), fc.nat(), (changes, hash) => {
      const store = new KeyStore([hash, 0]);
      const keys = new Map<number, readonly [number, string]>();
      for (const { slot, key, isRemoved } of changes) {
        const owner = [...keys].find(([, own]) => own.join() === key.join())?.[0];
        assertEquals(store.slotOf(...key), owner ?? -1);
        if (isRemoved) {
          store.remove(slot);
          keys.delete(slot);
        } else if (owner === undefined) {
          store.put(slot, ...key);
          keys.set(slot, key);
        }
      }
      for (const [slot, [number, text]] of keys) {
        assertEquals([store.slotOf(number, text), store.numberAt(slot), store.textAt(slot)], [
          slot,
          number,
          text,
        ]);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("KeyStore holds many keys, and its texts through many changes", () => {
  const store = new KeyStore([1, 2]);
  const textOf = (i: number) => `192.0.2.${i}`.padEnd(9 + i % 30, "x");
  for (let i = 0; i < 30_000; i++) store.put(i % 3000, i % 7, textOf(i));
  for (let i = 0; i < 30_000; i++) {
    assertEquals(store.slotOf(i % 7, textOf(i)), i < 27_000 ? -1 : i % 3000);
  }
  for (let i = 27_000; i < 30_000; i++) assertEquals(store.textAt(i % 3000), textOf(i));
});
