import { readIntegers } from "../sketches/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import type { RecordBytes } from "./record_bytes.ts";

/** When did the earliest and the latest request come, in whatever order they were logged? */
export class Span implements Aggregate<Span> {
  #firstUs = Infinity;
  #lastUs = -Infinity;

  /** Takes one request's time in. */
  add(record: RecordBytes): void {
    if (record.timestampUs < this.#firstUs) this.#firstUs = record.timestampUs;
    if (record.timestampUs > this.#lastUs) this.#lastUs = record.timestampUs;
  }

  /** Takes in what another has. */
  merge(other: Span): void {
    this.#firstUs = Math.min(this.#firstUs, other.#firstUs);
    this.#lastUs = Math.max(this.#lastUs, other.#lastUs);
  }

  /** Both ends in microseconds since the epoch, or `null` if there was no request. */
  result(): { readonly firstUs: number; readonly lastUs: number } | null {
    return this.#firstUs === Infinity ? null : { firstUs: this.#firstUs, lastUs: this.#lastUs };
  }

  /** Its JSON form: both ends, or nothing. */
  toJSON(): readonly number[] {
    return this.#firstUs === Infinity ? [] : [this.#firstUs, this.#lastUs];
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If it is none.
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
