import { CountMemory, LIMITS, WIDEST } from "./count_memory.ts";

/** What is known of a row: its block, in words of eight bytes, how wide its counts are, and which places it has. */
const START = 0, ROOM = 1, WIDTH = 2, LOWEST = 3, LENGTH = 4, FIELDS = 8;
/** A row whose counts are forgotten keeps so many words at the most. */
const MOST_KEPT = 32;
const LEAST_WORDS = 8, MOST_SPARE = 2 ** 18;

/** What counts are made of. */
export interface GrowingCountsParts {
  /** What is known of each row. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** The blocks of all rows. */
  readonly words: Float64Array<ArrayBuffer>;
  /** Where the last block ends. */
  readonly end: number;
  /** How many words before that belong to no block. */
  readonly unused: number;
}

/**
 * Counts at integer places, in as few bytes as the largest of them needs: an array from the lowest
 * place to the highest, of 1, 2, 4 or 8 bytes a place. Counts are exact to 2^53.
 *
 * There may be many such arrays, each in a row of its own; one alone is in row 0, which is meant if
 * none is told. All are in one piece of memory, one behind the other, as there may be thousands: one
 * that becomes too large for its place moves to the end, and they move together when a quarter is unused.
 *
 * @example Two places
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GrowingCounts } from "./growing_counts.ts";
 *
 * const counts = new GrowingCounts();
 * counts.add(-3, 1);
 * counts.add(2, 70_000);
 * assertEquals([...counts], [[-3, 1], [2, 70_000]]);
 * ```
 */
export class GrowingCounts {
  #rows = new Int32Array();
  #memory = new CountMemory();
  #end = 0;
  #unused = 0;

  /** Makes counts of the parts of some. */
  static ofParts(parts: GrowingCountsParts): GrowingCounts {
    const made = new GrowingCounts();
    made.#rows = parts.rows;
    made.#memory = CountMemory.of(parts.words);
    made.#end = parts.end;
    made.#unused = parts.unused;
    return made;
  }

  /** What they are made of, to be taken over by another thread; they are of no use afterwards. */
  toParts(): GrowingCountsParts {
    const { words } = this.#memory;
    return { rows: this.#rows, words, end: this.#end, unused: this.#unused };
  }

  /** Adds to the count at a place, an integer. */
  add(place: number, count: number, row = 0): void {
    const field = FIELDS * row;
    if (field >= this.#rows.length) this.#reachRow(row);
    let at = place - this.#rows[field + LOWEST]!;
    if (at < 0 || at >= this.#rows[field + LENGTH]!) {
      this.#reach(place, place, row);
      at = place - this.#rows[field + LOWEST]!;
    }
    const width = this.#rows[field + WIDTH]!, first = this.#rows[field + START]! << WIDEST - width;
    const sum = this.#memory.read(width, first + at) + count;
    if (sum < LIMITS[width]!) this.#memory.write(width, first + at, sum);
    else this.#widen(row, at, sum);
  }

  /**
   * Adds one to the count at each of some places.
   *
   * @param places The places, integers in any order.
   * @param count How many there are.
   * @param row Where to.
   */
  addAll(places: Int32Array, count: number, row = 0): void {
    if (count === 0) return;
    let lowest = places[0]!, highest = lowest;
    for (let i = 1; i < count; i++) {
      const place = places[i]!;
      if (place < lowest) lowest = place;
      if (place > highest) highest = place;
    }
    this.#reach(lowest, highest, row);
    const field = FIELDS * row, rows = this.#rows;
    for (let i = 0; i < count; i++) {
      const at = places[i]! - rows[field + LOWEST]!, width = rows[field + WIDTH]!;
      const index = (rows[field + START]! << WIDEST - width) + at;
      const sum = this.#memory.read(width, index) + 1;
      if (sum < LIMITS[width]!) this.#memory.write(width, index, sum);
      else this.#widen(row, at, sum);
    }
  }

  /** Adds the counts of a row of another. */
  merge(other: GrowingCounts, row = 0, otherRow = 0): void {
    const length = other.#lengthOf(otherRow);
    if (length === 0) return;
    const field = FIELDS * otherRow, lowest = other.#rows[field + LOWEST]!;
    this.#reach(lowest, lowest + length - 1, row);
    const width = other.#rows[field + WIDTH]!;
    const first = other.#rows[field + START]! << WIDEST - width;
    const own = this.#rows, ownField = FIELDS * row, shift = lowest - own[ownField + LOWEST]!;
    const together = this.#memory.perQuad(width);
    for (let at = 0; at < length; at++) {
      // Most are 0: those in the same four bytes are passed over at once.
      if (at % together === 0 && other.#memory.sumOfQuad(width, first + at) === 0) {
        at += together - 1;
        continue;
      }
      const count = other.#memory.read(width, first + at);
      const ownWidth = own[ownField + WIDTH]!;
      const ownAt = (own[ownField + START]! << WIDEST - ownWidth) + at + shift;
      const sum = this.#memory.read(ownWidth, ownAt) + count;
      if (sum < LIMITS[ownWidth]!) this.#memory.write(ownWidth, ownAt, sum);
      else this.#widen(row, at + shift, sum);
    }
  }

  /** Forgets all counts of a row. */
  clear(row = 0): void {
    const field = FIELDS * row;
    if (field >= this.#rows.length) return;
    const start = this.#rows[field + START]!, room = this.#rows[field + ROOM]!;
    if (room > MOST_KEPT) {
      this.#unused += room;
      this.#rows[field + ROOM] = 0;
    } else {
      this.#memory.clear(start, room);
    }
    this.#rows[field + WIDTH] = this.#rows[field + LENGTH] = 0;
  }

  /**
   * The first place of a row up to which there are so many, with all before it; the last if there are not.
   *
   * @param ranks How many; if they ascend, the row is gone through once for all.
   */
  placesOf(ranks: readonly number[], row = 0): number[] {
    const field = FIELDS * row, length = this.#lengthOf(row), width = this.#rows[field + WIDTH]!;
    const first = this.#rows[field + START]! << WIDEST - width;
    const lowest = this.#rows[field + LOWEST]!, places: number[] = [];
    const together = this.#memory.perQuad(width);
    // No variable is shared with another function: it would be slow to count with.
    let at = 0, seen = 0, before = -Infinity;
    for (const rank of ranks) {
      if (rank < before) at = seen = 0;
      for (let sum = 0; at < length; at += together) {
        sum = this.#memory.sumOfQuad(width, first + at);
        if (seen + sum >= rank) break;
        seen += sum;
      }
      let place = at;
      for (let sum = seen; place < length - 1; place++) {
        if ((sum += this.#memory.read(width, first + place)) >= rank) break;
      }
      places.push(lowest + Math.min(place, length - 1));
      before = rank;
    }
    return places;
  }

  /** The places of row 0 with a count, lowest first. */
  [Symbol.iterator](): Generator<[place: number, count: number]> {
    return this.entries();
  }

  /** The places of a row with a count, lowest first. */
  *entries(row = 0): Generator<[place: number, count: number]> {
    const field = FIELDS * row, length = this.#lengthOf(row);
    const width = this.#rows[field + WIDTH]!, lowest = this.#rows[field + LOWEST]!;
    const first = this.#rows[field + START]! << WIDEST - width;
    for (let at = 0; at < length; at++) {
      const count = this.#memory.read(width, first + at);
      if (count > 0) yield [lowest + at, count];
    }
  }

  /** How many bytes the counts of row 0 take. */
  get byteLength(): number {
    return this.#lengthOf(0) << (this.#rows[WIDTH] ?? 0);
  }

  #lengthOf(row: number): number {
    return this.#rows[FIELDS * row + LENGTH] ?? 0;
  }

  /** Makes a row reach from one place to another. */
  #reach(lowest: number, highest: number, row: number): void {
    const field = FIELDS * row;
    if (field >= this.#rows.length) this.#reachRow(row);
    const length = this.#rows[field + LENGTH]!, width = this.#rows[field + WIDTH]!;
    if (length === 0) return this.#resize(row, lowest, highest - lowest + 1, width);
    const first = this.#rows[field + LOWEST]!, end = first + length;
    if (lowest >= first && highest < end) return;
    // Some room where it grows, as the next place is likely to be near.
    const room = Math.min(32, Math.ceil(length / 4));
    const newFirst = lowest < first ? lowest - room : first;
    this.#resize(row, newFirst, (highest < end ? end : highest + 1 + room) - newFirst, width);
  }

  #widen(row: number, at: number, count: number): void {
    const field = FIELDS * row;
    const width = LIMITS.findIndex((limit) => count < limit || limit === LIMITS[WIDEST]);
    this.#resize(row, this.#rows[field + LOWEST]!, this.#lengthOf(row), width);
    this.#memory.write(width, (this.#rows[field + START]! << WIDEST - width) + at, count);
  }

  /** Gives a row places from one on, and counts of a width, none of them fewer or narrower than before. */
  #resize(row: number, lowest: number, length: number, width: number): void {
    const field = FIELDS * row, rows = this.#rows;
    const shift = rows[field + LOWEST]! - lowest, before = this.#lengthOf(row);
    const wordsBefore = rows[field + ROOM]!, words = Math.ceil(length * 2 ** width / 8);
    const isSame = width === rows[field + WIDTH] && (shift === 0 || before === 0);
    if (!isSame || words > wordsBefore) {
      this.#reserve(words);
      const start = rows[field + START]!, widthBefore = rows[field + WIDTH]!;
      const from = start << WIDEST - widthBefore, to = (this.#end << WIDEST - width) + shift;
      if (width === widthBefore) {
        this.#memory.copy(width, from, to, before);
      } else {
        for (let at = 0; at < before; at++) {
          this.#memory.write(width, to + at, this.#memory.read(widthBefore, from + at));
        }
      }
      this.#unused += wordsBefore;
      rows[field + START] = this.#end;
      rows[field + ROOM] = words;
      this.#end += words;
    }
    rows[field + WIDTH] = width;
    rows[field + LOWEST] = lowest;
    rows[field + LENGTH] = length;
  }

  /** Makes room behind the last block; if a quarter is unused, blocks move together. */
  #reserve(words: number): void {
    const needed = this.#end + words;
    if (needed <= this.#memory.length) return;
    if (4 * this.#unused < this.#end || this.#end === 0) {
      return this.#memory.lengthen(withSpare(needed));
    }
    const before = this.#memory;
    this.#memory = new CountMemory();
    this.#memory.lengthen(withSpare(needed - this.#unused));
    let end = 0;
    for (let field = 0; field < this.#rows.length; field += FIELDS) {
      const start = this.#rows[field + START]!, room = this.#rows[field + ROOM]!;
      this.#memory.take(before, start, room, end);
      this.#rows[field + START] = end;
      end += room;
    }
    [this.#end, this.#unused] = [end, 0];
    before.free();
  }

  #reachRow(row: number): void {
    const rows = Math.max(row + 1, Math.ceil(1.5 * this.#rows.length / FIELDS));
    this.#rows = new Int32Array(this.#rows.buffer.transfer(4 * FIELDS * rows));
  }
}

/** So many words and some more: half as many, as long as that is little. */
function withSpare(words: number): number {
  return Math.max(LEAST_WORDS, words + Math.min(Math.ceil(words / 2), MOST_SPARE));
}
