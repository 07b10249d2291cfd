import { columnsToState, type NamedColumns, readColumns } from "../tables/json_columns.ts";
import { NumberColumn, type Numbers } from "../tables/number_column.ts";
import { readObject } from "../tables/read_state.ts";
import { SLOW_OVER_US } from "./window_options.ts";

/** How many requests there were and how they ended. */
export interface OutcomeCounts {
  /** How many requests there were. */
  readonly requests: number;
  /** How many of them have status 400–499. */
  readonly failed4xx: number;
  /** How many of them have status 500–599. */
  readonly failed5xx: number;
  /** How many of them have status 600–999: these failed too, but have no class. */
  readonly failedOther: number;
  /** How many of them, failed or not, took longer than is slow. */
  readonly slow: number;
}

/** A table as JSON: a column for each count, absent if all its numbers are 0. */
export interface OutcomeTableState {
  /** For each row, how many requests there were. */
  readonly requests?: readonly number[];
  /** For each row, how many have status 400–499. */
  readonly failed_4xx?: readonly number[];
  /** For each row, how many have status 500–599. */
  readonly failed_5xx?: readonly number[];
  /** For each row, how many have status 600–999. */
  readonly failed_other?: readonly number[];
  /** For each row, how many took longer than is slow. */
  readonly slow?: readonly number[];
}

/** The columns of `OutcomeTable` as typed arrays, to transfer to another thread. */
export type OutcomeTableParts = readonly [
  requests: Numbers,
  failed4xx: Numbers,
  failed5xx: Numbers,
  failedOther: Numbers,
  slow: Numbers,
];

/** The columns of records that tell how requests ended. */
export interface EndedRequests {
  /** The status of each, 100–999. */
  readonly statusCodes: Uint16Array;
  /** How long each took, in microseconds; below 0 if that is not known. */
  readonly responseTimesUs: Float64Array;
}

/**
 * A table of how requests ended: each row has {@linkcode OutcomeCounts}, all 0 at first. It is stored in
 * columns, as there may be many rows.
 *
 * @example Two requests
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { OutcomeTable } from "./outcome_counts.ts";
 *
 * const table = new OutcomeTable();
 * table.add(3, 200, 5);
 * table.add(3, 404, 1_500_000);
 * assertEquals(table.at(3), { requests: 2, failed4xx: 1, failed5xx: 0, failedOther: 0, slow: 1 });
 * ```
 */
export class OutcomeTable {
  #requests = new NumberColumn();
  #failed4xx = new NumberColumn();
  #failed5xx = new NumberColumn();
  #failedOther = new NumberColumn();
  #slow = new NumberColumn();
  readonly #slowOverUs: number;

  /** Makes a table of no requests, in which those are slow that take longer than `slowOverUs` microseconds. */
  constructor(slowOverUs: number = SLOW_OVER_US) {
    this.#slowOverUs = slowOverUs;
  }

  /**
   * Counts one request.
   *
   * @param row The row in which it counts.
   * @param statusCode Its status, 100–999.
   * @param responseTimeUs How long it took, in microseconds; below 0 if that is not known.
   */
  add(row: number, statusCode: number, responseTimeUs: number): void {
    this.#requests.increase(row, 1);
    if (responseTimeUs > this.#slowOverUs) this.#slow.increase(row, 1);
    if (!isFailed(statusCode)) return;
    if (statusCode < 500) this.#failed4xx.increase(row, 1);
    else if (statusCode < 600) this.#failed5xx.increase(row, 1);
    else this.#failedOther.increase(row, 1);
  }

  /**
   * Counts a run of requests in one row.
   *
   * @param row The row in which they count.
   * @param requests Requests, among them those that count.
   * @param start The index of the first of them.
   * @param end The index behind the last of them.
   * @returns How many of them failed.
   */
  addRun(
    row: number,
    { statusCodes, responseTimesUs }: EndedRequests,
    start: number,
    end: number,
  ): number {
    let failed4xx = 0, failed5xx = 0, failedOther = 0, slow = 0;
    for (let i = start; i < end; i++) {
      const statusCode = statusCodes[i]!;
      if (responseTimesUs[i]! > this.#slowOverUs) slow++;
      if (!isFailed(statusCode)) continue;
      if (statusCode < 500) failed4xx++;
      else if (statusCode < 600) failed5xx++;
      else failedOther++;
    }
    this.#requests.increase(row, end - start);
    if (slow > 0) this.#slow.increase(row, slow);
    if (failed4xx > 0) this.#failed4xx.increase(row, failed4xx);
    if (failed5xx > 0) this.#failed5xx.increase(row, failed5xx);
    if (failedOther > 0) this.#failedOther.increase(row, failedOther);
    return failed4xx + failed5xx + failedOther;
  }

  /** The index of the first request from `start` to before `end` that failed or was slow; `end` if none. */
  firstOfNote({ statusCodes, responseTimesUs }: EndedRequests, start: number, end: number): number {
    for (let i = start; i < end; i++) {
      if (isFailed(statusCodes[i]!) || responseTimesUs[i]! > this.#slowOverUs) return i;
    }
    return end;
  }

  /** Sets all counts of a row to 0. */
  clear(row: number): void {
    this.#requests.set(row, 0);
    this.#failed4xx.set(row, 0);
    this.#failed5xx.set(row, 0);
    this.#failedOther.set(row, 0);
    this.#slow.set(row, 0);
  }

  /** Adds a row of another table to a row. */
  join(row: number, other: OutcomeTable, otherRow: number): void {
    this.#requests.increase(row, other.#requests.at(otherRow));
    this.#failed4xx.increase(row, other.#failed4xx.at(otherRow));
    this.#failed5xx.increase(row, other.#failed5xx.at(otherRow));
    this.#failedOther.increase(row, other.#failedOther.at(otherRow));
    this.#slow.increase(row, other.#slow.at(otherRow));
  }

  /** The counts of a row. */
  at(row: number): OutcomeCounts {
    return {
      requests: this.#requests.at(row),
      failed4xx: this.#failed4xx.at(row),
      failed5xx: this.#failed5xx.at(row),
      failedOther: this.#failedOther.at(row),
      slow: this.#slow.at(row),
    };
  }

  /** How many requests a row has. */
  requestsAt(row: number): number {
    return this.#requests.at(row);
  }

  /** How many requests of a row failed. */
  failuresAt(row: number): number {
    return this.#failed4xx.at(row) + this.#failed5xx.at(row) + this.#failedOther.at(row);
  }

  /** How many requests of a row were slow. */
  slowAt(row: number): number {
    return this.#slow.at(row);
  }

  /** The counts of the first `rows` rows, in columns. */
  first(rows: number): Readonly<Record<keyof OutcomeCounts, Float64Array<ArrayBuffer>>> {
    return {
      requests: this.#requests.first(rows),
      failed4xx: this.#failed4xx.first(rows),
      failed5xx: this.#failed5xx.first(rows),
      failedOther: this.#failedOther.first(rows),
      slow: this.#slow.first(rows),
    };
  }

  /** How many requests the first `rows` rows have. */
  totalRequests(rows: number): number {
    return this.#requests.sum(rows);
  }

  /** How many requests of the first `rows` rows were slow. */
  totalSlow(rows: number): number {
    return this.#slow.sum(rows);
  }

  /** The sums of the counts of the first `rows` rows. */
  total(rows: number): OutcomeCounts {
    return {
      requests: this.#requests.sum(rows),
      failed4xx: this.#failed4xx.sum(rows),
      failed5xx: this.#failed5xx.sum(rows),
      failedOther: this.#failedOther.sum(rows),
      slow: this.#slow.sum(rows),
    };
  }

  /** Makes a table of one row. */
  static of({ requests, failed4xx, failed5xx, failedOther, slow }: OutcomeCounts): OutcomeTable {
    const table = new OutcomeTable();
    table.#requests.set(0, requests);
    table.#failed4xx.set(0, failed4xx);
    table.#failed5xx.set(0, failed5xx);
    table.#failedOther.set(0, failedOther);
    table.#slow.set(0, slow);
    return table;
  }

  /** Makes a table of the columns of another, in which requests are slow above as many microseconds. */
  static ofParts(parts: OutcomeTableParts, slowOverUs: number): OutcomeTable {
    const [requests, failed4xx, failed5xx, failedOther, slow] = parts;
    const table = new OutcomeTable(slowOverUs);
    table.#requests = NumberColumn.ofParts(requests);
    table.#failed4xx = NumberColumn.ofParts(failed4xx);
    table.#failed5xx = NumberColumn.ofParts(failed5xx);
    table.#failedOther = NumberColumn.ofParts(failedOther);
    table.#slow = NumberColumn.ofParts(slow);
    return table;
  }

  /** Its columns as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): OutcomeTableParts {
    return [
      this.#requests.toParts(),
      this.#failed4xx.toParts(),
      this.#failed5xx.toParts(),
      this.#failedOther.toParts(),
      this.#slow.toParts(),
    ];
  }

  /** The JSON form of the given rows, in their order. */
  stateOf(rows: ArrayLike<number>): OutcomeTableState {
    return columnsToState(this.#columns(), rows);
  }

  /**
   * Makes a table of its JSON form; the rows are 0, 1, ….
   *
   * @param value The parsed JSON.
   * @param length How many rows each column must have.
   * @param slowOverUs Above how many microseconds requests are slow in it.
   * @throws {SyntaxError} If `value` is no such form.
   */
  static fromJSON(
    value: unknown,
    length: number,
    slowOverUs: number = SLOW_OVER_US,
  ): OutcomeTable {
    const table = new OutcomeTable(slowOverUs);
    readColumns(table.#columns(), readObject(value, "a table of outcomes"), length);
    return table;
  }

  #columns(): NamedColumns<keyof OutcomeTableState> {
    return [
      ["requests", this.#requests],
      ["failed_4xx", this.#failed4xx],
      ["failed_5xx", this.#failed5xx],
      ["failed_other", this.#failedOther],
      ["slow", this.#slow],
    ];
  }
}

/** Whether a request with this status failed: 400 and above. */
export function isFailed(statusCode: number): boolean {
  return statusCode >= 400;
}

/** How many requests failed, of any class. */
export function failures(counts: OutcomeCounts): number {
  return counts.failed4xx + counts.failed5xx + counts.failedOther;
}
