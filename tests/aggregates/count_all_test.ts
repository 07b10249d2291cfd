import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { countAll } from "../../lib/aggregates/count_all.ts";
import { GONE, KeyColumn, UNCOUNTED } from "../../lib/records/key_column.ts";
import { SpaceSaving } from "../../lib/sketches/space_saving.ts";

const text = fc.constantFrom("", "a", "b", "abcd", "abce", "/index", "no", "x".repeat(40));

/** A reader that remembers which slot each text had when it was counted last, all too well. */
class Reader {
  readonly #known = new Map<string, readonly [slot: number, stamp: number]>();

  count(summary: SpaceSaving, texts: readonly string[]): KeyColumn {
    const keys = new KeyColumn(texts.length), encoder = new TextEncoder();
    const bytes = encoder.encode(texts.join(""));
    let at = 0;
    for (const [i, text] of texts.entries()) {
      keys.place(i, at, at += encoder.encode(text).length);
      [keys.slots[i], keys.stamps[i]] = this.#known.get(text) ?? [UNCOUNTED, 0];
    }
    countAll(summary, bytes, keys, texts.length, (i) => texts[i] !== "no");
    const before = new Map(this.#known);
    for (const i of keys.missed.subarray(0, keys.misses)) {
      const known = [keys.slots[i]!, keys.stamps[i]!] as const, text = texts[i]!;
      // What is known was not to be looked for.
      assertNotEquals(before.get(text), known);
      if (known[0] >= 0) this.#known.set(text, known);
    }
    return keys;
  }
}

Deno.test("countAll() counts as one after the other, and tells who has the slot in the end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(text, { maxLength: 12 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      (batches, capacity) => {
        const options = { capacity, hashKey: [1, 2] } as const;
        const [summary, expected] = [new SpaceSaving(options), new SpaceSaving(options)];
        const reader = new Reader();
        for (const batch of batches) {
          const { slots } = reader.count(summary, batch);
          for (const text of batch) if (text !== "no") expected.add(0, text);
          for (const [i, slot] of slots.entries()) {
            assertEquals(slot === UNCOUNTED, batch[i] === "no");
            if (slot >= 0) assertEquals(summary.entryAt(slot).text, batch[i]);
            else assert(slot === UNCOUNTED || slot === GONE && summary.bound > 0);
          }
        }
        assertEquals(JSON.stringify(summary), JSON.stringify(expected));
      },
    ),
    { numRuns: 1000 },
  );
});

Deno.test("countAll() tells of each key once that it was looked for: of those without a free slot when they come again", () => {
  const summary = new SpaceSaving({ capacity: 2, hashKey: [1, 2] }), reader = new Reader();
  const missesOf = (...texts: string[]) => {
    const { missed, misses } = reader.count(summary, texts);
    return [...missed.subarray(0, misses)];
  };
  assertEquals(missesOf("a", "b", "a", "no"), [0, 1, 2]);
  assertEquals(missesOf("b", "no", "a"), []);
  assertEquals(missesOf("a", "a", "b", "b"), []);
  // The slot of one of them goes to another; that one has to be looked for when it has a slot again.
  assertEquals(missesOf("c"), []);
  const gone = ["a", "b"].find((text) =>
    [0, 1].every((slot) => summary.entryAt(slot).text !== text)
  );
  assertEquals(missesOf(gone!, gone!), [1]);
});
