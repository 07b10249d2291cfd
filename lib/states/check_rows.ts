import type { OutcomeTableState } from "../aggregates/outcome_counts.ts";
import type { SpaceSavingState } from "../sketches/space_saving_state.ts";
import type { Column } from "../tables/json_columns.ts";
import { type Integers, wrong } from "../tables/read_state.ts";

/** How many requests there are, and how many of them failed in each class. */
export type Counts = readonly [
  requests: number,
  failed4xx: number,
  failed5xx: number,
  failedOther: number,
  slow: number,
];

/** Asserts that each window or step overlaps the span of the log, and so lies within the range of dates. */
export function checkIndexes(
  indexes: Iterable<number>,
  name: string,
  { span: [first = 0, last = 0], stepUs }: { span: readonly number[]; stepUs: number },
): void {
  const [lowest, highest] = [Math.floor(first / stepUs), Math.floor(last / stepUs)];
  for (const index of indexes) {
    if (index >= lowest && index <= highest) continue;
    throw wrong(name, `windows within the span, not ${index}`);
  }
}

/** Checks the counts and errors of keys, and that keys are missing only if there is no room for them. */
export function checkKeys(
  keys: SpaceSavingState,
  name: string,
  { capacity, ...limits }: { capacity: number; records: number; least?: number },
): void {
  const { missing } = keys, { length } = listOf(keys.counts);
  checkCounts(keys, name, { least: 1, ...limits });
  assert(
    missing === 0 || length === capacity,
    name,
    "keys missing only where there is no room",
  );
  assert(missing <= limits.records, name, "no more missing than came");
}

/** Checks the counts and errors of rows; if no key is missing, the counts add up to `records`. */
export function checkCounts(
  rows: Pick<SpaceSavingState, "missing" | "counts" | "errors">,
  name: string,
  { records, least }: { readonly records: number; readonly least: number },
): void {
  const { missing } = rows, errors = listOf(rows.errors);
  let sum = 0;
  const counts = listOf(rows.counts);
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!, error = errors[i] ?? 0;
    // Messages are made on failure only: there may be a million rows.
    if (error > missing) {
      throw wrong(name, `errors up to ${missing}, how often a missing one may have come`);
    }
    if (count > records) throw wrong(name, `counts up to ${records}`);
    assert(count - error >= least, name, "counts above their errors");
    sum += count - error;
  }
  const isRight = missing === 0 ? sum === records : sum <= records;
  assert(isRight, name, `counts that add up to ${records}, not ${sum}`);
}

/** How often the key of a row surely came: its count less its error. */
export function sureAt({ counts, errors }: SpaceSavingState, row: number): number {
  return listOf(counts)[row]! - (listOf(errors)[row] ?? 0);
}

/**
 * Adds up the rows of a table, and asserts that in no row more requests failed than came. `check` is called with
 * each row.
 */
export function sumOfRows(
  table: OutcomeTableState,
  length: number,
  name: string,
  check: (row: number, requests: number, failures: number) => void = () => {},
): Counts {
  const { requests, failed_4xx: in4xx, failed_5xx: in5xx, failed_other: others, slow } = table;
  const sums = [0, 0, 0, 0, 0] as [number, number, number, number, number];
  // An absent column is all 0. No object is made for a row, as there may be a hundred thousand rows.
  for (let row = 0; row < length; row++) {
    const came = requests?.[row] ?? 0, failed4xx = in4xx?.[row] ?? 0;
    const failed5xx = in5xx?.[row] ?? 0, failedOther = others?.[row] ?? 0;
    const failures = failed4xx + failed5xx + failedOther, slowOnes = slow?.[row] ?? 0;
    assert(failures <= came, name, "no more failures than requests");
    assert(slowOnes <= came, name, "no more slow requests than came");
    check(row, came, failures);
    sums[0] += came;
    sums[1] += failed4xx;
    sums[2] += failed5xx;
    sums[3] += failedOther;
    sums[4] += slowOnes;
  }
  return sums;
}

/** A column of integers of a parsed state; empty if it is absent. */
export function listOf(column: Column<number> | undefined): Integers {
  return (column ?? []) as readonly number[];
}

/** How many requests failed, of any class. */
export function failuresOf([, failed4xx, failed5xx, failedOther]: Counts): number {
  return failed4xx + failed5xx + failedOther;
}

/** Asserts that rows have no more requests of any kind than there are in all. */
export function assertWithin(sums: Counts, total: Counts, name: string): void {
  assert(sums.every((sum, i) => sum <= total[i]!), name, "no more requests than all");
}

/** Asserts a condition; `wanted` says what a member of a state is expected to be. */
export function assert(isRight: boolean, name: string, wanted: string): void {
  if (!isRight) throw wrong(name, wanted);
}
