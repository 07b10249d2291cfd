import type { RecordBatch } from "./record_batch.ts";

/**
 * Takes records: the one joint between what reads lines and what counts records. A sink counts them, or
 * hands some of them to another sink.
 */
export interface RecordSink {
  /**
   * Takes the records of a batch, each of which was a line of its own, behind those of all batches before.
   *
   * @param records The batch. It is read until the call returns; what its key columns know of slots may be
   * written.
   */
  addBatch(records: RecordBatch): void;
}
