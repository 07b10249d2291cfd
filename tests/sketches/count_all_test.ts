import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { countAll, GONE, UNCOUNTED } from "../../lib/sketches/count_all.ts";
import { mixText } from "../../lib/sketches/mix_text.ts";
import { SpaceSaving } from "../../lib/sketches/space_saving.ts";
import type { Texts } from "../../lib/sketches/texts.ts";

/** Texts as they stand in a block, one behind the other. */
function textsOf(texts: readonly string[]): Texts {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const ends = new Int32Array(texts.length), starts = new Int32Array(texts.length);
  let at = 0;
  for (const [i, { length }] of encoded.entries()) {
    starts[i] = at;
    ends[i] = at += length;
  }
  const bytes = new Uint8Array(at);
  for (const [i, text] of encoded.entries()) bytes.set(text, starts[i]!);
  const mixes = starts.map((start, i) => mixText(bytes, start, ends[i]!));
  return { bytes, starts, ends, mixes };
}

const text = fc.constantFrom("", "a", "b", "abcd", "abce", "/index", "no", "x".repeat(40));

Deno.test("countAll() counts as one after the other, and tells who has the slot in the end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(text, { maxLength: 12 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      (batches, capacity) => {
        const options = { capacity, hashKey: [1, 2] } as const;
        const [summary, expected] = [new SpaceSaving(options), new SpaceSaving(options)];
        for (const batch of batches) {
          const slots = new Int32Array(batch.length);
          const mayTake = (i: number) => batch[i] !== "no";
          countAll(summary, textsOf(batch), batch.length, { slots, mayTake });
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
