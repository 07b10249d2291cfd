import type { Slot } from "./shapes.ts";

/**
 * How a server writes its lines: literals (braces, keys, colons, commas, spaces, quotes), and slots for the values
 * between them.
 */
export interface Layout {
  /** The slots, in order. */
  readonly slots: readonly Slot[];
  /** The literals: one before each slot, and one after the last. */
  readonly literals: readonly Uint8Array[];
  /** A text that two layouts have in common only if they are the same. */
  readonly signature: string;
}
