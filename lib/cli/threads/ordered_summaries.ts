import type { Problems } from "../reading/problems.ts";
import type { TaskSummary } from "./worker_messages.ts";

/**
 * Adds the problems of parts to a `Problems` in the order of the lines, whatever the order in which the parts
 * were read. The numbers of lines count from the start of the input then, not from that of the part.
 */
export class OrderedSummaries {
  readonly #problems: Problems;
  /** The parts whose problems were not added yet: whether it is the first of its input, and its summary if read. */
  readonly #parts = new Map<number, { readonly isFirst: boolean; summary?: TaskSummary }>();
  #count = 0;
  #told = 0;
  #lines = 0;

  /** Starts without parts. */
  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** Registers the next part, which was not read yet; returns its number. */
  expect({ isFirst }: { readonly isFirst: boolean }): number {
    this.#parts.set(this.#count, { isFirst });
    return this.#count++;
  }

  /** Records the summary of a part. Adds all problems whose turn it is by now. */
  set(number: number, summary: TaskSummary): void {
    this.#parts.get(number)!.summary = summary;
    for (;;) {
      const { isFirst = false, summary } = this.#parts.get(this.#told) ?? {};
      if (summary === undefined) return;
      if (isFirst) this.#lines = 0;
      this.#problems.merge(summary.problems, this.#lines);
      this.#lines += summary.lines;
      this.#parts.delete(this.#told++);
    }
  }
}
