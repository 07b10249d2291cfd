import type { Bytes } from "./bytes.ts";

/** Takes lines as they were read, before they are decoded, and leaves the others to be. */
export interface LineStage {
  /** How many lines it has taken so far. */
  readonly taken: number;
  /**
   * Takes what it can of whole lines, each with its LF.
   *
   * @param lines The lines; they are looked at until the last run has been asked for.
   * @returns The runs of lines that it leaves, in order: what comes after one is not taken before the
   * next is asked for, so that all lines count in the order in which they came.
   */
  take(lines: Bytes): Iterable<Bytes>;
}
