import { countPlaces } from "./count_places.ts";
import { GrowingCounts, type GrowingCountsParts } from "./growing_counts.ts";

/** What is known of a row: the number of its list, from 1 on, and how many places are in it. */
const LIST = 0, LENGTH = 1, FIELDS = 2;
/** Instead of the number of a list. */
const NONE_YET = 0, COUNTED = -1;
/** So many places of 2 bytes take about as much as counts of as many different ones. */
const MOST_LISTED = 256;
const LEAST_LISTS = 4, MOST_SPARE = 2 ** 12;

/** What counts are made of. */
export interface PlaceCountsParts {
  /** What is known of each row. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** The lists. */
  readonly lists: Int16Array<ArrayBuffer>;
  /** How many of them are or were in use. */
  readonly used: number;
  /** The numbers of those that are free again. */
  readonly free: readonly number[];
  /** The rows that are counted. */
  readonly counts: GrowingCountsParts;
}

/**
 * Counts at integer places, each in many rows. As long as a row has few, it is a list of places in the order
 * in which they came: to add one is to write it behind the last, where the processor wrote before. Of many
 * there is a count for each place, see {@linkcode GrowingCounts}. No answer tells which of both it is.
 *
 * One row alone is row 0, which is meant if none is told.
 *
 * @example Two places
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PlaceCounts } from "./place_counts.ts";
 *
 * const counts = new PlaceCounts();
 * for (const place of [7, -3, 7]) counts.add(place);
 * assertEquals([...counts.entries()], [[-3, 1], [7, 2]]);
 * assertEquals(counts.placesOf([1, 2]), [-3, 7]);
 * ```
 */
export class PlaceCounts {
  #rows = new Int32Array(FIELDS);
  #lists = new Int16Array();
  #used = 0;
  #free: number[] = [];
  #counts = new GrowingCounts();

  /** Makes counts of the parts of some. */
  static ofParts(parts: PlaceCountsParts): PlaceCounts {
    const made = new PlaceCounts();
    made.#rows = parts.rows;
    made.#lists = parts.lists;
    made.#used = parts.used;
    made.#free = [...parts.free];
    made.#counts = GrowingCounts.ofParts(parts.counts);
    return made;
  }

  /** What they are made of, to be taken over by another thread; they are of no use afterwards. */
  toParts(): PlaceCountsParts {
    return {
      rows: this.#rows,
      lists: this.#lists,
      used: this.#used,
      free: this.#free,
      counts: this.#counts.toParts(),
    };
  }

  /** How many bytes row 0 takes. */
  get byteLength(): number {
    return this.#rows[LIST] === COUNTED ? this.#counts.byteLength : 2 * this.#rows[LENGTH]!;
  }

  /** Adds one to the count at a place, an integer. */
  add(place: number, row = 0): void {
    const field = FIELDS * row;
    if (field >= this.#rows.length) this.#reachRow(row);
    if (this.#rows[field + LIST] === NONE_YET) this.#rows[field + LIST] = this.#newList();
    const list = this.#rows[field + LIST]!, length = this.#rows[field + LENGTH]!;
    if (list === COUNTED) {
      this.#counts.add(place, 1, row);
    } else if (length < MOST_LISTED && isShort(place)) {
      this.#lists[startOf(list) + length] = place;
      this.#rows[field + LENGTH] = length + 1;
    } else {
      this.#count(row);
      this.#counts.add(place, 1, row);
    }
  }

  /** Adds to the count at a place of a row, an integer. */
  addMany(place: number, count: number, row = 0): void {
    if (count === 1) return this.add(place, row);
    this.#count(row);
    this.#counts.add(place, count, row);
  }

  /**
   * Has the counts at places of rows come from memory side by side, before one is added to each of them one
   * after the other.
   */
  touch(places: Int32Array, rows: Int32Array, count: number): void {
    this.#counts.touch(places, rows, count);
  }

  /** Adds the counts of a row of another, which is not changed. */
  merge(other: PlaceCounts, row = 0, otherRow = 0): void {
    if (other.#isCounted(otherRow)) {
      this.#count(row);
      this.#counts.merge(other.#counts, row, otherRow);
      return;
    }
    const places = other.#listOf(otherRow);
    if (this.#listOf(row).length + places.length > MOST_LISTED) this.#count(row, places);
    if (this.#isCounted(row)) { for (const place of places) this.#counts.add(place, 1, row); }
    else for (const place of places) this.add(place, row);
  }

  /** Forgets all counts of a row. */
  clear(row = 0): void {
    const field = FIELDS * row;
    if (field >= this.#rows.length) return;
    if (this.#isCounted(row)) {
      this.#counts.clear(row);
      this.#rows[field + LIST] = NONE_YET;
    }
    this.#rows[field + LENGTH] = 0;
  }

  /**
   * The first place of a row up to which there are so many, with all before it.
   *
   * @param ranks How many, no more than there are; best if they ascend.
   */
  placesOf(ranks: readonly number[], row = 0): number[] {
    if (this.#isCounted(row)) return this.#counts.placesOf(ranks, row);
    return countPlaces(this.#listOf(row), (counts, lowest) => {
      const places: number[] = [];
      // Variables of its own: one that is shared with another function is slow to count with.
      let at = 0, seen = counts[0] ?? 0, before = -Infinity;
      for (const rank of ranks) {
        if (rank < before) [at, seen] = [0, counts[0]!];
        while (seen < rank && at + 1 < counts.length) seen += counts[++at]!;
        places.push(lowest + at);
        before = rank;
      }
      return places;
    });
  }

  /** The places of a row with a count, lowest first. */
  *entries(row = 0): Generator<[place: number, count: number]> {
    if (this.#isCounted(row)) return yield* this.#counts.entries(row);
    yield* countPlaces(
      this.#listOf(row),
      (counts, lowest) =>
        Array.from(counts, (count, at): [number, number] => [lowest + at, count])
          .filter(([, count]) => count > 0),
    );
  }

  #isCounted(row: number): boolean {
    return this.#rows[FIELDS * row + LIST] === COUNTED;
  }

  /** The places of a row that is not counted, where they are. */
  #listOf(row: number): Int16Array {
    const field = FIELDS * row, list = this.#rows[field + LIST] ?? NONE_YET;
    if (list <= NONE_YET) return NO_PLACES;
    const start = startOf(list);
    return this.#lists.subarray(start, start + this.#rows[field + LENGTH]!);
  }

  /** Has a row be counted from now on, with room for some places. */
  #count(row: number, room: Int16Array = NO_PLACES): void {
    const field = FIELDS * row;
    if (field >= this.#rows.length) this.#reachRow(row);
    const list = this.#rows[field + LIST]!;
    if (list === COUNTED) return;
    const places = this.#listOf(row);
    let lowest = Infinity, highest = -Infinity;
    for (const some of [places, room]) {
      for (const place of some) {
        if (place < lowest) lowest = place;
        if (place > highest) highest = place;
      }
    }
    // Reached at once, not one after the other.
    for (const end of lowest <= highest ? [lowest, highest] : []) this.#counts.add(end, 0, row);
    for (const place of places) this.#counts.add(place, 1, row);
    if (list !== NONE_YET) this.#free.push(list);
    this.#rows[field + LIST] = COUNTED;
    this.#rows[field + LENGTH] = 0;
  }

  #newList(): number {
    const list = this.#free.pop() ?? ++this.#used;
    const end = startOf(list + 1);
    if (end > this.#lists.length) {
      const spare = Math.min(Math.max(LEAST_LISTS, list >> 1), MOST_SPARE);
      this.#lists = new Int16Array(this.#lists.buffer.transfer(2 * startOf(list + 1 + spare)));
    }
    return list;
  }

  #reachRow(row: number): void {
    const rows = Math.max(row + 1, Math.ceil(1.5 * this.#rows.length / FIELDS));
    this.#rows = new Int32Array(this.#rows.buffer.transfer(4 * FIELDS * rows));
  }
}

const NO_PLACES = new Int16Array();

/** Where a list begins. */
function startOf(list: number): number {
  return (list - 1) * MOST_LISTED;
}

/** Whether a place can be in a list. */
function isShort(place: number): boolean {
  return place << 16 >> 16 === place;
}
