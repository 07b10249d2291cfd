import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { NumberStore } from "../../../lib/tables/keys/number_store.ts";

const number = fc.oneof(
  fc.integer({ min: -20, max: 200 }),
  fc.constantFrom(2 ** 40, -(2 ** 40), Number.MAX_SAFE_INTEGER),
);

Deno.test("NumberStore remembers as a Map does, whatever comes and goes", () => {
  const change = fc.record({
    number,
    slot: fc.nat(30),
    kind: fc.constantFrom("intern", "intern", "put", "remove"),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 120 }), fc.integer(), (changes, hash) => {
      let store = new NumberStore([hash, 3]);
      const slots = new Map<number, number>();
      for (const { number, slot, kind } of changes) {
        assertEquals(store.find(number), slots.get(number) ?? -1);
        const owner = slots.entries().find(([, own]) => own === slot)?.[0];
        if (kind === "intern") {
          const free = Array.from({ length: 200 }, (_, i) => i)
            .find((i) => !slots.values().some((own) => own === i))!;
          const expected = slots.get(number) ?? free;
          assertEquals(store.intern(number), expected);
          slots.set(number, expected);
        } else if (kind === "remove") {
          store.remove(slot);
          if (owner !== undefined) slots.delete(owner);
        } else if (!slots.has(number)) {
          store.put(slot, number);
          if (owner !== undefined) slots.delete(owner);
          slots.set(number, slot);
        }
        if (number === 7) store = NumberStore.ofParts(structuredClone(store.toParts()), [hash, 3]);
      }
      assertEquals(store.size, slots.size);
      const ascending = [...slots].sort(([a], [b]) => a - b);
      assertEquals([...store.sorted()], ascending.map(([, slot]) => slot));
      for (const [number, slot] of slots) {
        assertEquals([store.find(number), store.numberAt(slot), store.has(slot)], [
          slot,
          number,
          true,
        ]);
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("NumberStore finds numbers that came in order, and others afterwards", () => {
  fc.assert(
    fc.property(fc.uniqueArray(number, { maxLength: 60 }), fc.array(number), (own, others) => {
      const store = new NumberStore([1, 2]), ascending = own.sort((a, b) => a - b);
      for (const number of ascending) store.intern(number);
      for (const other of others) assertEquals(store.find(other), ascending.indexOf(other));
      const all = [...new Set([...ascending, ...others])];
      for (const other of others) assertEquals(store.intern(other), all.indexOf(other));
      for (const [slot, number] of all.entries()) assertEquals(store.find(number), slot);
    }),
    { numRuns: 500 },
  );
});

Deno.test("NumberStore takes in another, in whatever order both came", () => {
  const numbers = fc.uniqueArray(number, { maxLength: 40 });
  const removed = fc.oneof(fc.array(fc.nat(40), { maxLength: 5 }), fc.array(fc.nat(40)));
  const storeOf = (numbers: readonly number[], removed: readonly number[], isSorted: boolean) => {
    const store = new NumberStore([5, 6]);
    for (const number of isSorted ? numbers.toSorted((a, b) => a - b) : numbers) {
      store.intern(number);
    }
    // Some one by one, and many at once.
    for (const slot of removed.slice(0, 2)) store.remove(slot);
    store.removeAll(removed.slice(2));
    return store;
  };
  const slotsOf = (store: NumberStore) =>
    Array.from({ length: store.end }, (_, slot) => slot).filter((slot) => store.has(slot));
  fc.assert(
    fc.property(
      ...[numbers, numbers, removed, removed, fc.boolean(), fc.boolean()] as const,
      (a, b, removedA, removedB, isSortedA, isSortedB) => {
        const store = storeOf(a, removedA, isSortedA), other = storeOf(b, removedB, isSortedB);
        const before = new Map(slotsOf(store).map((slot) => [store.numberAt(slot), slot]));
        const expected = new Set([
          ...before.keys(),
          ...slotsOf(other).map((i) => other.numberAt(i)),
        ]);
        const slots = store.internAll(other);
        assertEquals(slots.length, other.end);
        for (const [otherSlot, slot] of slots.entries()) {
          if (!other.has(otherSlot)) assertEquals(slot, -1);
          else assertEquals(store.numberAt(slot), other.numberAt(otherSlot));
        }
        for (const [number, slot] of before) assertEquals(store.find(number), slot);
        for (const number of expected) {
          assertEquals(store.numberAt(store.find(number)), number);
        }
        assertEquals(store.size, expected.size);
      },
    ),
    { numRuns: 1000 },
  );
});

Deno.test("NumberStore takes 12 bytes a number that comes in order, and at most 28 otherwise", () => {
  const [ordered, reversed] = [new NumberStore([1, 2]), new NumberStore([1, 2])];
  for (let i = 0; i < 100_000; i++) {
    ordered.intern(3 * i);
    reversed.intern(-3 * i);
  }
  const bytesOf = (store: NumberStore) => {
    const { places, numbers } = store.toParts();
    return places.byteLength + numbers.byteLength;
  };
  assert(bytesOf(ordered) <= 12 * 100_000, `${bytesOf(ordered)}`);
  assert(bytesOf(reversed) <= 28 * 100_000, `${bytesOf(reversed)}`);
});
