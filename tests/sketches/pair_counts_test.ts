import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { MinQueue } from "../../lib/sketches/min_queue.ts";
import { PairCounts } from "../../lib/sketches/pair_counts.ts";

const TEXTS = ["", "a", "b", "ab", "\u{1F600}", "x".repeat(50)];
const BYTES = TEXTS.map((text) => new TextEncoder().encode(text));

Deno.test("PairCounts counts the same with aliases as without, whatever they stood for before", () => {
  const step = fc.record({
    number: fc.nat(4),
    text: fc.nat(TEXTS.length - 1),
    alias: fc.integer({ min: -1, max: 2 }),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.constantFrom(3, 1000),
      (steps, capacity) => {
        const options = { capacity, hashKey: [1, 2] } as const;
        const [table, expected] = [new PairCounts(options), new PairCounts(options)];
        const texts = new Map<number, number>();
        for (const { number, text, alias } of steps) {
          if (texts.get(alias) !== text && alias !== -1) table.forgetAlias(alias);
          texts.set(alias, text);
          const bytes = BYTES[text]!;
          const isCounted = alias % 2 === 0 && table.addAlias(number, alias);
          if (!isCounted) table.addText(number, { bytes, start: 0, end: bytes.length }, alias);
          expected.add(number, TEXTS[text]!);
        }
        assertEquals(JSON.stringify(table), JSON.stringify(expected));
        for (let number = 0; number <= 4; number++) {
          const own = [...expected.above(1)].filter((pair) => pair.number === number);
          const byText = (a: { text: string }, b: { text: string }) => a.text < b.text ? -1 : 1;
          assertEquals([...table.aboveOf(number, 1)].sort(byText), own.sort(byText));
        }
        assertEquals([...table.aboveOf(99, 0)], []);
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("MinQueue counts several at once as one after the other", () => {
  const increases = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 4 })));
  fc.assert(fc.property(increases, (increases) => {
    const counts = [0, 3, 1, 3, 7, 0];
    const queue = new MinQueue(counts.length, (item) => counts[item]!);
    for (const [item, times] of increases) {
      queue.increase(item, times);
      counts[item]! += times;
      assertEquals(counts[queue.least()], Math.min(...counts));
    }
  }));
});
