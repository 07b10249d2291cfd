import type { RecordBatch } from "./record_batch.ts";

/**
 * A receiver of records: the only interface between code that reads lines and code that counts records. A sink
 * counts the records, or hands some of them to another sink.
 */
export interface RecordSink {
  /**
   * Adds the records of a batch, each of which was a line of its own, after those of all earlier batches.
   *
   * @param records The batch. It is not read after the call returns. The sink may write the slots, and what
   * belongs to them, in its key columns.
   */
  addBatch(records: RecordBatch): void;
}
