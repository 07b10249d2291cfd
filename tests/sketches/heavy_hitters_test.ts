import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { MinQueue } from "../../lib/sketches/min_queue.ts";
import { PairCounts } from "../../lib/sketches/pair_counts.ts";
import { SpaceSaving } from "../../lib/sketches/space_saving.ts";
import { Random } from "../../lib/traffic/random.ts";
import { shapes } from "./shapes.ts";

interface Entry {
  readonly number: number;
  readonly text: string;
  readonly count: number;
  readonly error: number;
}

interface Summary {
  readonly bound: number;
  add(number: number, text: string): void;
  entries(): Entry[];
  merge(other: Summary): void;
}

// What both summaries promise: how far a count may be off after so many keys.
const KINDS: Readonly<
  Record<string, {
    readonly make: (capacity: number) => Summary;
    readonly promise: (keys: number, capacity: number) => number;
  }>
> = {
  SpaceSaving: {
    make: (capacity) => {
      const sketch = new SpaceSaving({ capacity, hashKey: [1, 2] });
      return Object.assign(sketch, {
        entries: () => Array.from(sketch.sorted(), (slot) => sketch.entryAt(slot)),
      }) as unknown as Summary;
    },
    promise: (keys, capacity) => keys / capacity,
  },
  PairCounts: {
    make: (capacity) => {
      const sketch = new PairCounts({ capacity, hashKey: [1, 2] });
      return Object.assign(sketch, { entries: () => [...sketch.above(0)] }) as unknown as Summary;
    },
    promise: (keys, capacity) => keys / Math.floor(capacity / 2),
  },
};

function countKeys(keys: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(keys, (key) => key)].map(([key, same]) => [key, same.length]));
}

function assertKeepsPromise(
  summary: Summary,
  keys: readonly string[],
  capacity: number,
  promised: number,
): void {
  const truth = countKeys(keys);
  const entries = summary.entries();
  assert(entries.length <= capacity);
  assert(summary.bound <= promised, `${summary.bound} of ${promised}`);
  for (const { text, count, error } of entries) {
    const exact = truth.get(text) ?? 0;
    assert(count - error <= exact && exact <= count && error <= summary.bound, text);
  }
  const held = new Set(entries.map(({ text }) => text));
  for (const [key, count] of truth) assert(held.has(key) || count <= summary.bound, key);
}

const CAPACITY = 4;
const keys = fc.array(fc.constantFrom(..."abcdefghij"), { maxLength: 60 });

for (const [name, { make, promise }] of Object.entries(KINDS)) {
  const summaryOf = (keys: readonly string[], capacity = CAPACITY) => {
    const summary = make(capacity);
    for (const key of keys) summary.add(0, key);
    return summary;
  };

  Deno.test(`${name} keeps its bounds, and is exact while there is room`, () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 2, max: 12 }), (keys, capacity) => {
        const summary = summaryOf(keys, capacity);
        assertKeepsPromise(summary, keys, capacity, promise(keys.length, capacity));
        if (new Set(keys).size <= capacity) assertEquals(summary.bound, 0);
      }),
      { numRuns: 1000 },
    );
  });

  Deno.test(`${name} keeps its bounds when merged, in any grouping`, () => {
    fc.assert(
      fc.property(keys, keys, keys, keys, (a, b, c, later) => {
        const all = [...a, ...b, ...c, ...later];
        const left = summaryOf(a);
        left.merge(summaryOf(b));
        left.merge(summaryOf(c));
        const right = summaryOf(b);
        right.merge(summaryOf(c));
        const outer = summaryOf(a);
        outer.merge(right);
        for (const summary of [left, outer]) {
          for (const key of later) summary.add(0, key);
          assertKeepsPromise(summary, all, CAPACITY, promise(all.length, CAPACITY));
        }
      }),
      { numRuns: 1000 },
    );
  });

  Deno.test(`${name} merges exactly while there is room`, () => {
    fc.assert(fc.property(keys, keys, (a, b) => {
      const merged = summaryOf(a, 10);
      const other = summaryOf(b, 10);
      const before = other.entries();
      merged.merge(other);
      const counts = new Map(merged.entries().map(({ text, count }) => [text, count]));
      assertEquals(counts, countKeys([...a, ...b]));
      assertEquals(merged.bound, 0);
      assertEquals(other.entries(), before, "the other is not changed");
    }));
  });

  Deno.test(`${name} finds a heavy key that comes last, after a flood of others`, () => {
    const flood = Array.from({ length: 5000 }, (_, i) => `flood ${i}`);
    const keys = [...flood, ...Array.from({ length: 200 }, () => "heavy")];
    const summary = summaryOf(keys, 100);
    assertKeepsPromise(summary, keys, 100, promise(keys.length, 100));
    assert(summary.entries().some(({ text }) => text === "heavy"));
  });

  Deno.test(`${name} keeps its bounds on keys of a Zipf distribution`, () => {
    const random = Random.fromSeed(1);
    const keys = Array.from(
      { length: 50_000 },
      () => String(Math.floor(10_000 ** (random.next() / 2 ** 32))),
    );
    for (const order of [keys, keys.toSorted(), keys.toSorted().reverse()]) {
      assertKeepsPromise(summaryOf(order, 200), order, 200, promise(order.length, 200));
    }
  });

  for (const [shape, values] of Object.entries(shapes())) {
    Deno.test(`${name} keeps its bounds on whole values ${shape}`, () => {
      const keys = values.map((value) => String(Math.round(value)));
      for (const capacity of [50, 5000]) {
        const summary = summaryOf(keys, capacity);
        assertKeepsPromise(summary, keys, capacity, promise(keys.length, capacity));
      }
    });
  }

  Deno.test(`${name} tells keys apart by number and by text, long ones too`, () => {
    const summary = make(100_000);
    const texts = ["", "x".repeat(100_000), `${"x".repeat(99_999)}y`, "\u{1F600}", "\uD83D"];
    for (const text of texts) for (const number of [0, 1]) summary.add(number, text);
    assertEquals(summary.entries().length, 10);
    assert(summary.entries().every(({ count }) => count === 1));
  });
}

Deno.test("SpaceSaving ranks by count, then by number, then by code point", () => {
  const sketch = new SpaceSaving({ capacity: 10, hashKey: [1, 2] });
  const keys = [[7, "a"], [0, "\u{1F600}"], [0, "often"], [0, "\uFF5E"], [0, "often"]] as const;
  for (const [number, text] of keys) sketch.add(number, text);
  const texts = (slots: Uint32Array) => Array.from(slots, (slot) => sketch.entryAt(slot).text);
  assertEquals(texts(sketch.ranked()), ["often", "\uFF5E", "\u{1F600}", "a"]);
  assertEquals(texts(sketch.sorted()), ["often", "\uFF5E", "\u{1F600}", "a"]);
});

Deno.test("MinQueue always knows an item of the least count", () => {
  const counts = fc.array(fc.nat(4), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(counts, fc.array(fc.nat(7)), (counts, increases) => {
    const queue = new MinQueue(counts.length, (item) => counts[item]!);
    const expected = [...counts];
    for (const item of increases.map((item) => item % counts.length)) {
      assertEquals(expected[queue.least()], Math.min(...expected));
      queue.increase(item);
      expected[item]!++;
    }
    assertEquals(expected[queue.least()], Math.min(...expected));
  }));
});
