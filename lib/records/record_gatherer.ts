import type { LogRecord } from "../../schema.ts";
import { RecordBatch } from "./record_batch.ts";
import type { RecordSink } from "./record_sink.ts";

/** How many records are handed on at once, if they come one by one. */
const MAX_GATHERED = 64;

/**
 * Gathers single records into batches for a sink, and keeps their order with batches that others add.
 *
 * Memory: 64 records and their texts.
 *
 * @example Two records
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type LogRecord, parseRecord } from "../../schema.ts";
 * import { RecordGatherer } from "./record_gatherer.ts";
 *
 * const record = parseRecord(
 *   '{"method":"GET","endpoint":"/a","status_code":"200","ip":"192.0.2.1",' +
 *     '"timestamp":"2025-12-24T00:00:00"}',
 * ) as LogRecord;
 * const sizes: number[] = [];
 * const records = new RecordGatherer({ addBatch: ({ size }) => sizes.push(size) });
 * records.add(record);
 * records.add(record);
 * records.flush();
 * assertEquals(sizes, [2]);
 * ```
 */
export class RecordGatherer implements RecordSink {
  readonly #sink: RecordSink;
  readonly #batch = new RecordBatch(MAX_GATHERED);

  /** Makes a gatherer for a sink; it holds no records yet. */
  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  /** Adds a record. The sink gets it at the latest with {@linkcode RecordGatherer.flush}. */
  add(record: LogRecord): void {
    if (this.#batch.append(record)) return;
    this.flush();
    this.#batch.append(record);
  }

  /** Hands a batch on, behind the records that were added before. */
  addBatch(records: RecordBatch): void {
    this.flush();
    this.#sink.addBatch(records);
  }

  /** Hands on what was gathered. */
  flush(): void {
    if (this.#batch.size === 0) return;
    this.#sink.addBatch(this.#batch);
    this.#batch.clear();
  }
}
