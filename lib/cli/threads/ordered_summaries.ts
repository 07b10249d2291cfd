import type { Problems } from "../reading/problems.ts";
import type { TaskSummary } from "./worker_messages.ts";

/**
 * Tells of problems in the order of the lines, whatever the order in which parts of the inputs were
 * read, and finds the number of a line in its input from that in its part.
 */
export class OrderedSummaries {
  readonly #problems: Problems;
  /** Of each part that is not told yet, whether an input begins with it, and what became of it. */
  readonly #parts = new Map<number, { readonly isFirst: boolean; summary?: TaskSummary }>();
  #count = 0;
  #told = 0;
  #lines = 0;

  /** Starts without any. */
  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** Takes in the next part, of which nothing is known yet; returns its number. */
  expect({ isFirst }: { readonly isFirst: boolean }): number {
    this.#parts.set(this.#count, { isFirst });
    return this.#count++;
  }

  /** Takes in what became of a part. */
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
