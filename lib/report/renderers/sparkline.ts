const BARS = "▁▂▃▄▅▆▇█";

/**
 * Draws values as bars of eight heights, the highest as a full block.
 *
 * @param values The values, 0 or above; `undefined` where there is none, which is drawn as a blank.
 * @returns One character for each value.
 *
 * @example A gap, and a rush
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sparkline } from "./sparkline.ts";
 *
 * assertEquals(sparkline([0, 1, undefined, 7]), "▁▂ █");
 * ```
 */
export function sparkline(values: readonly (number | undefined)[]): string {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return values.map((value) =>
    value === undefined ? " " : BARS[most === 0 ? 0 : Math.round(7 * value / most)]
  ).join("");
}
