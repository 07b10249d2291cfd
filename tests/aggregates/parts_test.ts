import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import { addLines } from "../support/add_lines.ts";
import { lineOutcome } from "../support/arbitraries.ts";

const limit = fc.constantFrom(2, 4, 1000);

Deno.test("Analysis of the parts of another is that other, below the limits and above", () => {
  fc.assert(
    fc.property(
      fc.array(lineOutcome, { maxLength: 60 }),
      fc.array(lineOutcome, { maxLength: 20 }),
      fc.record({
        maxEndpoints: limit,
        maxClients: limit,
        maxWindows: limit,
        maxPairs: limit,
        exactPercentilesUpTo: fc.constantFrom(3, 32),
      }),
      (before, after, limits) => {
        const options = {
          windowUs: 1_000_000,
          suspiciousOver: 1,
          hashKey: [5, 6],
          ...limits,
        } as const;
        const analysis = new Analysis(options);
        addLines(analysis, before);
        analysis.addBytes(before.length);
        const state = JSON.stringify(analysis);

        // As it goes from thread to thread.
        const copy = new Analysis(options, structuredClone(analysis.toParts()));
        assertEquals(JSON.stringify(copy), state);
        const isAnyFull = limits.maxEndpoints < 1000 || limits.maxClients < 1000 ||
          limits.maxWindows < 1000 || limits.maxPairs < 1000;
        if (isAnyFull) return;
        // It counts on as if nothing had happened.
        [analysis, copy].forEach((each) => addLines(each, after));
        assertEquals(JSON.stringify(copy), JSON.stringify(analysis));
        copy.merge(analysis);
        assertEquals(copy.lines.lines(), 2 * (before.length + after.length));
      },
    ),
    { numRuns: 400 },
  );
});
