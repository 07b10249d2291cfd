import type { ReadingOptions } from "../description/format.ts";
import { type ReadTime, readTime } from "../description/read_time.ts";

/** What a wrapper holds. */
export interface Unwrapped {
  /** The text in it. */
  readonly text: string;
  /** The time that it lends to a line that has none; absent if it has none, or not all of one. */
  readonly time?: ReadTime;
  /** The stream of a container that the text is a piece of: others of it may come before and behind. */
  readonly stream?: string;
  /** Whether the text goes on in the next line of its stream. */
  readonly goesOn?: boolean;
}

/**
 * Makes what a wrapper holds.
 *
 * @param text The text in it.
 * @param time Its time as it is written; one that cannot be read is none.
 * @param how The offset of times without a zone.
 * @returns Both.
 */
export function unwrapped(text: string, time: string | undefined, how: ReadingOptions): Unwrapped {
  const read = time === undefined ? undefined : readTime(time, how);
  return read === undefined ? { text } : { text, time: read };
}
