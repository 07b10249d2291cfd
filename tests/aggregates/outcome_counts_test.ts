import { assertEquals } from "@std/assert";
import { addOutcome, failures, noOutcomes } from "../../lib/aggregates/outcome_counts.ts";

Deno.test("addOutcome() counts 4xx, 5xx and the rest of the failures apart", () => {
  const cases = [
    [100, 0, 0, 0],
    [399, 0, 0, 0],
    [400, 1, 0, 0],
    [499, 1, 0, 0],
    [500, 0, 1, 0],
    [
      599,
      0,
      1,
      0,
    ],
    [600, 0, 0, 1],
    [999, 0, 0, 1],
  ] as const;
  for (const [status, failed4xx, failed5xx, failedOther] of cases) {
    const counts = noOutcomes();
    addOutcome(counts, status);
    assertEquals(counts, { requests: 1, failed4xx, failed5xx, failedOther }, String(status));
    assertEquals(failures(counts), failed4xx + failed5xx + failedOther);
  }
});
