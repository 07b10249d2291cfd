import type { Bytes } from "./bytes.ts";

/** A stage that takes lines as bytes, before they are decoded. It leaves those that it cannot take. */
export interface LineStage {
  /** How many lines it has taken so far. */
  readonly taken: number;
  /**
   * Takes the lines that it can.
   *
   * @param lines Whole lines, each with its LF; they must not change until the last run has been asked for.
   * @returns The runs of lines that it leaves, in order. Lines behind a run are not taken before the next run
   * is asked for, so that all lines count in the order of the input.
   */
  take(lines: Bytes): Iterable<Bytes>;
}
