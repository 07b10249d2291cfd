import type { RecordBatch } from "../records/record_batch.ts";

/**
 * One question asked of a log: a commutative monoid of which a fresh aggregate is the identity.
 *
 * For any split of the records into parts, in any order and grouping, merging the parts' aggregates
 * answers exactly what one aggregate over all records would.
 *
 * @typeParam Self The aggregate itself: only equals merge.
 */
export interface Aggregate<Self> {
  /** Takes records in, in constant time each. */
  add(records: RecordBatch): void;
  /** Takes in all that another aggregate of the same settings has; that one is not changed. */
  merge(other: Self): void;
}
