import type { Slot } from "./shapes.ts";

/**
 * The layout of a line: literals (braces, keys, colons, commas, spaces, quotes), and slots for the values between
 * them.
 */
export interface Layout {
  /** The name of the format whose lines are written so. */
  readonly format: string;
  /** The slots, in order. */
  readonly slots: readonly Slot[];
  /** The literals: one before each slot, and one after the last. */
  readonly literals: readonly Uint8Array[];
  /** The offset from UTC, in microseconds, of times without a zone; absent if all times have one. */
  readonly assumedOffsetUs?: number;
  /** A text that is equal for equal layouts, and different for others. */
  readonly signature: string;
}
