import type { RecordBatch } from "../records/record_batch.ts";

/**
 * The answer to one question asked of a log: a commutative monoid of which a fresh aggregate is the identity.
 *
 * For any split of the records into parts, in any order and grouping, merging the parts' aggregates
 * answers exactly what one aggregate over all records would.
 *
 * @typeParam Self The aggregate itself: it merges only with its own kind.
 * @typeParam State Its JSON form.
 * @typeParam Parts Its fields as typed arrays, if it has `toParts`.
 */
export interface Aggregate<Self, State = unknown, Parts = unknown> {
  /**
   * Finds the slot of each key of a batch, writes it into the key's column, and counts the key. Only
   * aggregates that own keys have this method. It is called on all of them before any aggregate adds
   * the batch.
   */
  resolve?(records: RecordBatch): void;
  /** Adds the records of a batch, in constant time each. Reads resolved slots, and writes none. */
  add(records: RecordBatch): void;
  /** Adds all that another aggregate of the same settings has; that one is not changed. */
  merge(other: Self): void;
  /** Its JSON form: the same for the same records, however they were ordered and split. */
  toJSON(): State;
  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts?(): Parts;
}
