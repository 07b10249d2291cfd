/**
 * Compares two well-formed strings by code point, the one order that a report sorts by.
 *
 * `<` and `Array.prototype.sort` compare UTF-16 units instead, which puts U+10000 and beyond, made
 * of units from 0xD800 to 0xDFFF, before U+E000 … U+FFFF.
 *
 * @param a A well-formed string.
 * @param b A well-formed string.
 * @returns Below 0 if `a` comes first, above 0 if `b` does, 0 if they are equal.
 *
 * @example Beyond the Basic Multilingual Plane
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { compareCodePoints } from "./compare_code_points.ts";
 *
 * assertEquals(["\u{1F600}", "\uFF5E", "a"].sort(compareCodePoints), ["a", "\uFF5E", "\u{1F600}"]);
 * assertEquals(["\u{1F600}", "\uFF5E", "a"].sort(), ["a", "\u{1F600}", "\uFF5E"]);
 * ```
 */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const unitA = a.charCodeAt(i), unitB = b.charCodeAt(i);
    if (unitA !== unitB) return rank(unitA) - rank(unitB);
  }
  return a.length - b.length;
}

/** Moves surrogates behind every other unit; their own order is that of their code points. */
function rank(unit: number): number {
  return unit >= 0xD800 && unit <= 0xDFFF ? unit + 0x10000 : unit;
}
