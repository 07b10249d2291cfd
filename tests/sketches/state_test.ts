import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DDSketches } from "../../lib/sketches/dd_sketches.ts";
import { HyperLogLog } from "../../lib/sketches/hyper_log_log.ts";
import { PairCounts } from "../../lib/sketches/pair_counts.ts";
import { SpaceSaving } from "../../lib/sketches/space_saving.ts";

interface Sketch {
  toJSON(): unknown;
  merge(other: Sketch): void;
}

/** A kind of sketch, and how it takes in a number and a text. */
interface Kind {
  readonly make: (capacity: number) => Sketch;
  readonly read: (state: unknown, capacity: number) => Sketch;
  readonly add: (sketch: Sketch, item: Item) => void;
}

type Item = readonly [number: number, text: string];

function kind<S>(
  make: (capacity: number) => S,
  read: (state: unknown, capacity: number) => S,
  add: (sketch: S, item: Item) => void,
): Kind {
  return { make, read, add } as unknown as Kind;
}

const hashKey = [1, 2] as const;
const dd = (exactUpTo: number) => ({ relativeAccuracy: 0.01, exactUpTo });

/** Sketches of which only that in row 0 is of use. */
class OneDDSketch extends DDSketches {
  constructor(exactUpTo: number) {
    super(dd(exactUpTo));
  }

  toJSON(): unknown {
    return this.stateOf(0);
  }

  override merge(other: DDSketches): void {
    super.merge(other, 0, 0);
  }
}

const KINDS: Readonly<Record<string, Kind>> = {
  DDSketches: kind(
    (capacity) => new OneDDSketch(capacity),
    (state, capacity) => {
      const sketch = new OneDDSketch(capacity);
      sketch.readJSON(state, 0);
      return sketch;
    },
    (sketch, [number]) => sketch.add(Math.abs(number), 0),
  ),
  HyperLogLog: kind(
    () => new HyperLogLog(),
    (state) => HyperLogLog.fromJSON(state),
    (sketch, [, text]) => sketch.add(text),
  ),
  SpaceSaving: kind(
    (capacity) => new SpaceSaving({ capacity, hashKey }),
    (state, capacity) => SpaceSaving.fromJSON(state, { capacity, hashKey: [3, 4] }),
    (sketch, [number, text]) => sketch.add(number, text),
  ),
  PairCounts: kind(
    (capacity) => new PairCounts({ capacity, hashKey }),
    (state, capacity) => PairCounts.fromJSON(state, { capacity, hashKey: [3, 4] }),
    (sketch, [number, text]) => sketch.add(number, text),
  ),
};

const item: fc.Arbitrary<Item> = fc.tuple(
  fc.oneof(fc.constantFrom(0, 1, -7, 2 ** 40), fc.integer({ min: -1e15, max: 1e15 })),
  fc.oneof(
    fc.constantFrom("", "a", "b", "__proto__", "\uFF5E", "\u{1F600}", "\uD83D", "x".repeat(1e5)),
    fc.string({ unit: "binary", maxLength: 6 }),
  ),
);
const items = fc.array(item, { maxLength: 12 });
/** Room for all of the items, and for few of them. */
const capacities = [100_000, 3];

function json(sketch: Sketch): string {
  return JSON.stringify(sketch);
}

for (const [name, { make, read, add }] of Object.entries(KINDS)) {
  const sketchOf = (items: readonly Item[], capacity: number) => {
    const sketch = make(capacity);
    for (const item of items) add(sketch, item);
    return sketch;
  };

  Deno.test(`${name} is the same sketch after JSON`, () => {
    fc.assert(fc.property(items, items, fc.constantFrom(...capacities), (a, b, capacity) => {
      const sketch = sketchOf(a, capacity);
      const copy = read(JSON.parse(json(sketch)), capacity);
      assertEquals(json(copy), json(sketch));
      // It goes on as the sketch does.
      for (const one of [sketch, copy]) one.merge(sketchOf(b, capacity));
      if (capacity === capacities[0]) assertEquals(json(copy), json(sketch));
    }));
  });

  Deno.test(`${name} has one JSON form, however its items were ordered, split and grouped`, () => {
    fc.assert(fc.property(items, items, items, (a, b, c) => {
      const capacity = capacities[0]!;
      const whole = json(sketchOf([...a, ...b, ...c], capacity));
      const [left, right, other] = [a, b, c].map((part) => sketchOf(part.toReversed(), capacity));
      const before = json(right!);
      left!.merge(right!);
      assertEquals(json(right!), before, "the other is not changed");
      other!.merge(left!);
      assertEquals(json(other!), whole);
      other!.merge(make(capacity));
      assertEquals(json(other!), whole, "a sketch of nothing is neutral");
    }));
  });
}

Deno.test("sketches say what is wrong with a JSON form", () => {
  const cases: readonly (readonly [kind: keyof typeof KINDS, state: unknown, message: string])[] = [
    ["DDSketches", [], "a quantile sketch: expected an object"],
    ["DDSketches", { values: [-1] }, "values: expected numbers from 0 on"],
    ["DDSketches", { values: [Infinity] }, "values: expected numbers from 0 on"],
    ["DDSketches", { values: [1, 2, 3, 4] }, "values: expected at most 3 items"],
    ["DDSketches", { zeros: 0, first: 1, counts: [3] }, "counts: expected more than 3 values"],
    ["DDSketches", { zeros: 0, first: 1, counts: [-1e9, 4] }, "counts: expected no bucket beyond"],
    ["DDSketches", { zeros: 0, first: 0.5, counts: [4] }, "first: expected integers from -1000000"],
    ["HyperLogLog", null, "a distinct-count sketch: expected an object"],
    ["HyperLogLog", { registers: [-32_767] }, "registers: expected 32768 of them, not 32767"],
    ["HyperLogLog", { registers: [-32_767, 51] }, "registers: expected integers up to 50"],
    ["SpaceSaving", { missing: 0 }, "counts: expected a list"],
    ["SpaceSaving", { counts: [1, 1, 1, 1] }, "counts: expected at most 3 items"],
    ["SpaceSaving", { counts: [1, 1] }, "counts: expected each key once"],
    ["SpaceSaving", { counts: [1], texts: [1] }, "texts: expected texts"],
    ["SpaceSaving", { counts: [1], texts: [] }, "texts: expected 1 items, not 0"],
    ["SpaceSaving", { counts: [1], missing: -1 }, "missing: expected integers from 0 on"],
    [
      "PairCounts",
      { texts: [""], numbers: [0], sizes: [4], keys: [0, 0, 0, 0], counts: [1, 1, 1, 1] },
      "keys: expected each pair once",
    ],
    [
      "PairCounts",
      { texts: ["a"], numbers: [0], sizes: [1], keys: [1], counts: [1] },
      "keys: expected places in texts",
    ],
    [
      "PairCounts",
      { texts: ["a"], numbers: [0], sizes: [1], keys: [0, 0], counts: [1] },
      "keys: expected 1 items, not 2",
    ],
    [
      "PairCounts",
      {
        texts: ["a"],
        numbers: [0, 1, 2, 3],
        sizes: [1, 1, 1, 1],
        keys: [0, 0, 0, 0],
        counts: [1, 1, 1, 1],
      },
      "counts: expected no more pairs than there is room for",
    ],
  ];
  for (const [kind, state, message] of cases) {
    assertThrows(() => KINDS[kind]!.read(state, 3), SyntaxError, `Cannot read ${message}`);
  }
});

Deno.test("sketches have JSON forms of few bytes", () => {
  const sketch = new DDSketches(dd(3));
  for (let us = 1; us <= 1000; us++) for (const value of [0, us, 1e12]) sketch.add(value, 0);
  // A count of at most four digits for each of some 350 buckets, and one number for the gap.
  const { length } = JSON.stringify(sketch.stateOf(0));
  assert(length < 5 * Math.log(1000) / Math.log(1.01 / 0.99) + 60, `${length} characters`);
  assertEquals(JSON.stringify(new HyperLogLog()), '{"registers":[-32768]}');
});
