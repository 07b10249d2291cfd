import { decodeText, type RecordBatch } from "../records/record_batch.ts";
import type { KeyColumn } from "../records/key_column.ts";

/** A row of a batch, as conditions see it. Its texts are decoded when they are asked for. */
export class RecordView {
  /** The row. */
  row = 0;
  readonly #batch: RecordBatch;

  /** Makes a view of the first row of a batch. */
  constructor(batch: RecordBatch) {
    this.#batch = batch;
  }

  /** The method. */
  get method(): string {
    return this.#textOf(this.#batch.methods);
  }

  /** The endpoint, with its query. */
  get endpoint(): string {
    return this.#textOf(this.#batch.endpoints);
  }

  /** The client's address. */
  get ip(): string {
    return this.#textOf(this.#batch.ips);
  }

  /** The user agent, an empty text if there is none. */
  get userAgent(): string {
    const { agents } = this.#batch, text = agents === undefined ? "" : this.#textOf(agents);
    return text === "-" ? "" : text;
  }

  /** The HTTP status. */
  get status(): number {
    return this.#batch.statusCodes[this.row]!;
  }

  /** The response time in whole microseconds, or `NO_TIME`. */
  get responseTimeUs(): number {
    return this.#batch.responseTimesUs[this.row]!;
  }

  /** When the request came, in whole microseconds since the epoch. */
  get timestampUs(): number {
    return this.#batch.timestampsUs[this.row]!;
  }

  #textOf({ starts, ends }: KeyColumn): string {
    return decodeText(this.#batch.bytes, starts[this.row]!, ends[this.row]!);
  }
}
