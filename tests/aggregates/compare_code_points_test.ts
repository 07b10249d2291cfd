import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { compareCodePoints } from "../../lib/aggregates/compare_code_points.ts";

Deno.test("compareCodePoints() orders as arrays of code points do", () => {
  const text = fc.string({ unit: "binary", maxLength: 4 });
  fc.assert(fc.property(text, text, (a, b) => {
    assertEquals(Math.sign(compareCodePoints(a, b)), compareArrays(points(a), points(b)));
  }));
});

function points(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0)!);
}

function compareArrays(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return Math.sign(a[i]! - b[i]!);
  }
  return Math.sign(a.length - b.length);
}
