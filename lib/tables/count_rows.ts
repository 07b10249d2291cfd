import { longerBuffer } from "./buffers.ts";
import { ByteBlocks, type ByteBlocksParts } from "./byte_blocks.ts";
import { CountCode } from "./count_code.ts";

/** The fields of a row: the lowest place with a count, and how many places there are up to the highest. */
const LOWEST = 0, LENGTH = 1, FIELDS = 2;

/** The fields of a `CountRows` as typed arrays, to transfer to another thread. */
export interface CountRowsParts {
  /** The fields of each row. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** The encoded counts of each row. */
  readonly blocks: ByteBlocksParts;
}

/**
 * Counts at integer places, in memory that grows with the number of places that have a count, not with the
 * distance between them: see {@linkcode CountCode}. Counts are exact to 2^53.
 *
 * One instance holds thousands of rows of such counts, all in {@linkcode ByteBlocks}.
 *
 * Cost: adding takes linear time in the places between the lowest and the highest, so counts are best added
 * in batches.
 * Memory: a byte for each place between the lowest and the highest, but no more than four for each that has
 * a count; two more for a count above 251, four above 65,535. The blocks take 9/8 to 3/2 times that.
 *
 * @example Two places
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CountRows } from "./count_rows.ts";
 *
 * const counts = new CountRows();
 * counts.add(-3, 1, 0);
 * counts.add(2, 70_000, 0);
 * assertEquals([...counts.entries(0)], [[-3, 1], [2, 70_000]]);
 * ```
 */
export class CountRows {
  #rows = new Int32Array();
  #blocks = new ByteBlocks();

  /** Makes counts of the fields of others. */
  static ofParts(parts: CountRowsParts): CountRows {
    const made = new CountRows();
    made.#rows = parts.rows;
    made.#blocks = ByteBlocks.ofParts(parts.blocks);
    return made;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): CountRowsParts {
    return { rows: this.#rows, blocks: this.#blocks.toParts() };
  }

  /** Adds `count` to the count at `place`, an integer. */
  add(place: number, count: number, row: number): void {
    const at = place - this.#lowestOf(row), start = this.#blocks.startOf(row);
    if (at >= 0 && at < this.#lengthOf(row)) {
      const bytes = this.#blocks.segmentOf(row), end = start + this.#blocks.sizeOf(row);
      if (CountCode.increase(bytes, { start, end, at }, count)) return;
    }
    this.#open(place, place, row);
    code.counts[place - this.#lowestOf(row)]! += count;
    this.#close(row);
  }

  /**
   * Adds to the counts at the first `count` of some places.
   *
   * @param places The places, integers in any order.
   * @param count How many of them to add to.
   * @param row The row.
   * @param added For each place, how much to add, above 0; 1 if left out.
   */
  addAll(places: Int32Array, count: number, row: number, added?: Float64Array): void {
    if (count === 0) return;
    let lowest = places[0]!, highest = lowest;
    for (let i = 1; i < count; i++) {
      const place = places[i]!;
      if (place < lowest) lowest = place;
      if (place > highest) highest = place;
    }
    this.#open(lowest, highest, row);
    const { counts } = code, first = this.#lowestOf(row);
    for (let i = 0; i < count; i++) counts[places[i]! - first]! += added?.[i] ?? 1;
    this.#close(row);
  }

  /** Adds the counts of a row of another instance, which is not changed. */
  merge(other: CountRows, row: number, otherRow: number): void {
    const length = other.#lengthOf(otherRow), lowest = other.#lowestOf(otherRow);
    if (length === 0) return;
    this.#open(lowest, lowest + length - 1, row);
    other.#addTo(otherRow, this.#lowestOf(row));
    this.#close(row);
  }

  /** Forgets all counts of a row. */
  clear(row: number): void {
    if (FIELDS * row >= this.#rows.length) return;
    this.#rows[FIELDS * row + LENGTH] = 0;
    this.#blocks.clear(row);
  }

  /**
   * Finds, for each rank, the first place of a row up to which the counts add up to at least the rank; the last
   * place if the sum of all is less.
   *
   * @param ranks The ranks; if they ascend, the row is decoded once for all.
   * @param row The row, which has a count.
   */
  placesOf(ranks: readonly number[], row: number): number[] {
    const start = this.#blocks.startOf(row), end = start + this.#blocks.sizeOf(row);
    const lowest = this.#lowestOf(row);
    return CountCode.placesOf(this.#blocks.segmentOf(row), start, end, ranks)
      .map((at) => lowest + at);
  }

  /** The places of a row that have a count, lowest first, with their counts. */
  *entries(row: number): Generator<[place: number, count: number]> {
    const start = this.#blocks.startOf(row), end = start + this.#blocks.sizeOf(row);
    const lowest = this.#lowestOf(row);
    for (const [at, count] of CountCode.entries(this.#blocks.segmentOf(row), start, end)) {
      yield [lowest + at, count];
    }
  }

  /** How many bytes the counts of a row take. */
  byteLengthOf(row: number): number {
    return this.#blocks.sizeOf(row);
  }

  #lowestOf(row: number): number {
    return this.#rows[FIELDS * row + LOWEST] ?? 0;
  }

  #lengthOf(row: number): number {
    return this.#rows[FIELDS * row + LENGTH] ?? 0;
  }

  /** Decodes a row into `code`, extended to reach from `lowest` to `highest`. */
  #open(lowest: number, highest: number, row: number): void {
    const field = FIELDS * row, length = this.#lengthOf(row), before = this.#lowestOf(row);
    if (field >= this.#rows.length) this.#reach(row);
    const first = length === 0 ? lowest : Math.min(lowest, before);
    const end = length === 0 ? highest + 1 : Math.max(highest + 1, before + length);
    this.#rows[field + LOWEST] = first;
    this.#rows[field + LENGTH] = end - first;
    code.open(end - first);
    const start = this.#blocks.startOf(row), endOfBytes = start + this.#blocks.sizeOf(row);
    code.addAll(this.#blocks.segmentOf(row), start, endOfBytes, before - first);
  }

  /** Adds the counts of a row to those in `code`, which begin at the place `first`. */
  #addTo(row: number, first: number): void {
    const start = this.#blocks.startOf(row), end = start + this.#blocks.sizeOf(row);
    code.addAll(this.#blocks.segmentOf(row), start, end, this.#lowestOf(row) - first);
  }

  #reach(row: number): void {
    const rows = Math.max(row + 1, Math.ceil(1.5 * this.#rows.length / FIELDS));
    this.#rows = new Int32Array(longerBuffer(this.#rows.buffer, 4 * FIELDS * rows));
  }

  /** Encodes the counts in `code` as those of a row. */
  #close(row: number): void {
    const size = code.write();
    this.#blocks.write(row, code.bytes, size);
  }
}

/** Scratch space for decoded counts, shared by all instances: calls do not nest. */
const code = new CountCode();
