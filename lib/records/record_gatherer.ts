import type { LogRecord } from "../../schema.ts";
import { RecordBatch } from "./record_batch.ts";
import type { RecordSink } from "./record_sink.ts";

/** How many single records are gathered before they are handed on. */
const MAX_GATHERED = 64;

/**
 * Gathers single records into batches for a sink. Whole batches can be added in between: the sink gets all
 * records in the order in which they were added.
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
  readonly #batch: RecordBatch;

  /** Makes a gatherer for a sink, whose records have user agents or not; it holds no records yet. */
  constructor(sink: RecordSink, { keepsAgents = false }: { readonly keepsAgents?: boolean } = {}) {
    this.#sink = sink;
    this.#batch = new RecordBatch(MAX_GATHERED, { keepsAgents });
  }

  /** Adds a record. The sink gets it with the next {@linkcode RecordGatherer.flush} at the latest. */
  add(record: LogRecord): void {
    if (this.#batch.append(record)) return;
    this.flush();
    this.#batch.append(record);
  }

  /** Hands a batch on, after the records that were added before. */
  addBatch(records: RecordBatch): void {
    this.flush();
    this.#sink.addBatch(records);
  }

  /** Hands on the records that were gathered. */
  flush(): void {
    if (this.#batch.size === 0) return;
    this.#sink.addBatch(this.#batch);
    this.#batch.clear();
  }
}
