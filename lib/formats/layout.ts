import type { Slot } from "./shapes.ts";

/**
 * The layout of a line: literals (braces, keys, colons, commas, spaces, quotes), and slots for the values between
 * them.
 */
export interface Layout {
  /** The slots, in order. */
  readonly slots: readonly Slot[];
  /** The literals: one before each slot, and one after the last. */
  readonly literals: readonly Uint8Array[];
  /** A text that is equal for equal layouts, and different for others. */
  readonly signature: string;
}
