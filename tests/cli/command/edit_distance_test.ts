import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { editDistance } from "../../../lib/cli/command/edit_distance.ts";

/** The same by its definition. */
function naiveDistance(from: string, to: string): number {
  if (from === "" || to === "") return from.length + to.length;
  return Math.min(
    naiveDistance(from.slice(1), to.slice(1)) + Number(from[0] !== to[0]),
    naiveDistance(from.slice(1), to) + 1,
    naiveDistance(from, to.slice(1)) + 1,
  );
}

Deno.test("editDistance() is the least number of insertions, deletions and replacements", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 5 });
  fc.assert(fc.property(text, text, (from, to) => {
    assertEquals(editDistance(from, to), naiveDistance(from, to));
  }));
});
