import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { PairTable } from "../../../lib/tables/pairs/pair_table.ts";

type Pair = readonly [group: number, item: number];

/** The pairs with their counts as a Map has them. */
function contents(table: PairTable): Map<string, number> {
  const found = new Map<string, number>();
  table.forEach((place, group, item) => found.set(`${group} ${item}`, table.countAt(place)));
  assertEquals(found.size, table.size, "each pair once");
  return found;
}

function count(table: PairTable, expected: Map<string, number>, [group, item]: Pair): void {
  const place = table.placeOf(group, item);
  const before = expected.get(`${group} ${item}`);
  assertEquals(place === -1 ? undefined : table.countAt(place), before);
  if (place === -1) table.enter(group, item, 1, item % 3);
  else table.increase(place, 1, 0);
  expected.set(`${group} ${item}`, (before ?? 0) + 1);
}

// Few groups with many items and many with few, whatever the order.
const pair = fc.oneof(
  fc.tuple(fc.nat(2), fc.nat(60)),
  fc.tuple(fc.nat(60), fc.nat(2)),
) as fc.Arbitrary<Pair>;

Deno.test("PairTable counts as a Map does, whatever the order", () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 200 }), fc.integer(), (pairs, hash) => {
      const [table, expected] = [new PairTable([hash, 7]), new Map<string, number>()];
      for (const each of pairs) count(table, expected, each);
      assertEquals(contents(table), expected);
      for (const [key] of expected) {
        const [group, item] = key.split(" ").map(Number) as [number, number];
        const place = table.placeOf(group, item);
        assertEquals([table.itemAt(place), table.errorAt(place)], [item, item % 3]);
        assert(table.startOf(group) <= place && place < table.endOf(group));
      }
      for (let group = 0; group < table.groups; group++) {
        const own = expected.keys().filter((key) => key.startsWith(`${group} `));
        assertEquals(table.sizeOf(group), own.toArray().length);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("PairTable keeps the pairs that are wanted, and its parts are it", () => {
  const pairs = fc.array(pair, { maxLength: 100 });
  fc.assert(fc.property(pairs, pairs, fc.nat(3), (before, after, least) => {
    const [table, expected] = [new PairTable([1, 2]), new Map<string, number>()];
    for (const each of before) count(table, expected, each);
    const isLeft = new Uint8Array(61), left = new Uint8Array(61);
    const kept = table.filter(least, isLeft);
    for (const [key, times] of expected) {
      if (times <= least) expected.delete(key);
      else left[Number(key.split(" ")[1])] = 1;
    }
    assertEquals(contents(kept), expected);
    assertEquals(isLeft, left);
    const copy = PairTable.ofParts(structuredClone(kept.toParts()), [1, 2]);
    for (const each of after) count(copy, expected, each);
    assertEquals(contents(copy), expected);
  }));
});

Deno.test("PairTable takes the pairs of groups of another, whose items are others there", () => {
  fc.assert(
    fc.property(
      fc.array(pair, { maxLength: 100 }),
      fc.uniqueArray(fc.nat(60), { maxLength: 5 }),
      fc.nat(2),
      (pairs, groups, above) => {
        const [other, counts] = [new PairTable([1, 2]), new Map<string, number>()];
        for (const each of pairs) count(other, counts, each);
        const table = new PairTable([1, 2]), expected = new Map<string, number>();
        for (const each of [[61, 0], [61, 1], [61, 1]] as const) count(table, expected, each);
        const own = groups.map((_, i) => 62 + i);
        const itemOf = (item: number) => 7 * item + 3;
        table.enterGroups(own, other, groups, { above, added: 5, itemOf });
        for (const [key, times] of counts) {
          const [from, item] = key.split(" ").map(Number) as [number, number];
          const group = own[groups.indexOf(from)];
          if (group === undefined || times <= above) continue;
          expected.set(`${group} ${7 * item + 3}`, times + 5);
          assertEquals(table.errorAt(table.placeOf(group, 7 * item + 3)), item % 3 + 5);
        }
        assertEquals(contents(table), expected);
      },
    ),
  );
});

Deno.test("PairTable counts the same pair by pair, whatever else is done to it", () => {
  const counted = fc.tuple(fc.constant("count"), pair);
  const step = fc.oneof(
    { weight: 9, arbitrary: counted },
    // A window of a log: items of one group in a row, more than a small block has.
    fc.tuple(fc.constant("count all"), fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 30 }))),
    fc.tuple(fc.constantFrom("enter", "clear", "filter", "transfer", "find"), pair),
  ) as fc.Arbitrary<readonly [what: string, pair: Pair]>;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), fc.integer(), (steps, hash) => {
      let table = new PairTable([hash, 7]);
      const expected = new Map<string, number>();
      const add = (group: number, item: number, count: number) =>
        expected.set(`${group} ${item}`, (expected.get(`${group} ${item}`) ?? 0) + count);
      for (const [what, [group, item]] of steps) {
        if (what === "count") {
          add(group, item, expected.has(`${group} ${item}`) ? 1 : 3);
          table.count(group, item, 2);
        } else if (what === "count all") {
          for (let i = 0; i < item; i++) {
            add(group, 7 * i % 61, 1);
            table.count(group, 7 * i % 61, 0);
          }
        } else if (what === "enter") {
          if (expected.has(`${group} ${item}`)) continue;
          add(group, item, 1);
          table.enter(group, item, 1, 0);
        } else if (what === "clear") {
          table.clear(group);
          for (const key of [...expected.keys()]) {
            if (key.startsWith(`${group} `)) expected.delete(key);
          }
        } else if (what === "filter") {
          table = table.filter(1, new Uint8Array(61));
          for (const [key, count] of expected) if (count <= 1) expected.delete(key);
        } else if (what === "transfer") {
          table = PairTable.ofParts(structuredClone(table.toParts()), [hash, 7]);
        } else {
          const place = table.placeOf(group, item);
          const count = place === -1 ? undefined : table.countAt(place);
          assertEquals(count, expected.get(`${group} ${item}`));
        }
      }
      assertEquals(contents(table), expected);
      for (const [key, count] of expected) {
        const [group, item] = key.split(" ").map(Number) as [number, number];
        assertEquals(table.countAt(table.placeOf(group, item)), count);
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("PairTable counts anew in the group that it counted last, once that is cleared", () => {
  const table = new PairTable([1, 2]);
  for (const item of [3, 5, 3]) table.count(7, item, 0);
  table.clear(7);
  table.count(7, 3, 0);
  assertEquals(contents(table), new Map([["7 3", 1]]));
});

Deno.test("PairTable takes a place a pair where groups are counted one after the other", () => {
  const table = new PairTable([1, 2]);
  for (let group = 0; group < 3000; group++) {
    for (let item = 0; item < 1 + group % 70; item++) table.count(group, item, 0);
  }
  const { end, unused, places } = table.toParts().space;
  assertEquals([end, unused], [table.size, 0]);
  assert(places.words.length <= 1.5 * table.size, `${places.words.length}`);
});

Deno.test("PairTable takes few places, in whatever order groups grow", () => {
  const [groups, items] = [2000, 100];
  const orders = {
    "one group after the other": (i: number): Pair => [Math.floor(i / items), i % items],
    "all groups at once": (i: number): Pair => [i % groups, Math.floor(i / groups)],
  };
  for (const [name, pairAt] of Object.entries(orders)) {
    const table = new PairTable([1, 2]);
    for (let i = 0; i < groups * items; i++) table.enter(...pairAt(i), 1, 0);
    assertEquals(table.size, groups * items);
    const { words } = table.toParts().space.places;
    assert(words.length <= 4 * table.size, `${name}: ${words.length}`);
  }
});

Deno.test("PairTable takes few places where groups are unlike their neighbours", () => {
  // Just too many for 1024 places; the third group becomes no longer small.
  for (const sizes of [[769, 769, 9], [769, 577, 9], [1025, 769, 9], [769, 9], [3000, 2, 9]]) {
    const table = new PairTable([1, 2]);
    for (let group = 0; group < 300; group++) {
      for (let item = 0; item < sizes[group % sizes.length]!; item++) {
        table.enter(group, item, 1, 0);
      }
    }
    const { end, unused } = table.toParts().space;
    assert(end - unused <= 4 * table.size, `${sizes}: ${end - unused}`);
  }
});

Deno.test("PairTable finds each of many items of one group in a few steps", () => {
  const table = new PairTable([3, 4]);
  for (let item = 0; item < 300_000; item++) table.enter(0, item, 1, 0);
  for (let item = 0; item < 300_000; item++) assert(table.placeOf(0, item) !== -1);
  assertEquals(table.placeOf(0, 300_000), -1);
});
