import type { RecordBatch } from "../records/record_batch.ts";
import { readIntegers } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";

/** When did the earliest and the latest request come, in whatever order they were logged? */
export class Span implements Aggregate<Span, readonly number[]> {
  #firstUs = Infinity;
  #lastUs = -Infinity;

  /** Adds the records of a batch. */
  add({ size, timestampsUs }: RecordBatch): void {
    let firstUs = this.#firstUs, lastUs = this.#lastUs;
    for (let row = 0; row < size; row++) {
      const us = timestampsUs[row]!;
      if (us < firstUs) firstUs = us;
      if (us > lastUs) lastUs = us;
    }
    this.#firstUs = firstUs;
    this.#lastUs = lastUs;
  }

  /** Adds all that another has; that one is not changed. */
  merge(other: Span): void {
    this.#firstUs = Math.min(this.#firstUs, other.#firstUs);
    this.#lastUs = Math.max(this.#lastUs, other.#lastUs);
  }

  /** The times of both requests, in microseconds since the epoch; `null` if there was none. */
  result(): { readonly firstUs: number; readonly lastUs: number } | null {
    return this.#firstUs === Infinity ? null : { firstUs: this.#firstUs, lastUs: this.#lastUs };
  }

  /** Its JSON form: both times, or an empty list if there was no request. */
  toJSON(): readonly number[] {
    return this.#firstUs === Infinity ? [] : [this.#firstUs, this.#lastUs];
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If `value` is no such form.
   */
  static fromJSON(value: unknown): Span {
    const span = new Span();
    for (const us of readIntegers({ span: value }, "span", { least: -Number.MAX_SAFE_INTEGER })) {
      span.#firstUs = Math.min(span.#firstUs, us);
      span.#lastUs = Math.max(span.#lastUs, us);
    }
    return span;
  }
}
