import type { Layout } from "./layout.ts";
import type { Piece } from "./piece.ts";
import type { Slot } from "./shapes.ts";

/**
 * Joins the pieces of a line into its layout.
 *
 * @param format The name of the format.
 * @param pieces The pieces; no two slots touch.
 * @param assumedOffsetUs The offset from UTC of times without a zone, if the line has such.
 * @returns The layout.
 *
 * @example A slot between two literals
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toLayout } from "./to_layout.ts";
 *
 * const { literals } = toLayout("mine", ["a", "b=", { to: "status", as: "status" }]);
 * assertEquals(literals.map((literal) => new TextDecoder().decode(literal)), ["ab=", ""]);
 * ```
 */
export function toLayout(
  format: string,
  pieces: readonly Piece[],
  assumedOffsetUs?: number,
): Layout {
  const slots: Slot[] = [], literals = [""];
  for (const piece of pieces) {
    if (typeof piece === "string") literals[literals.length - 1] += piece;
    else {
      slots.push(piece);
      literals.push("");
    }
  }
  const encoder = new TextEncoder();
  return {
    format,
    slots,
    literals: literals.map((literal) => encoder.encode(literal)),
    ...(assumedOffsetUs === undefined ? {} : { assumedOffsetUs }),
    signature: JSON.stringify([format, assumedOffsetUs, slots, literals]),
  };
}
