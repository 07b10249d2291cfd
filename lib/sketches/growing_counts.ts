import { type Numbers, widened, zerosLike } from "./number_column.ts";

/** What counts are made of. */
export interface GrowingCountsParts {
  /** The counts from the lowest place on. */
  readonly counts: Numbers;
  /** The lowest place. */
  readonly lowest: number;
}

/**
 * Counts at integer places, in as few bytes as the largest of them needs: an array from the lowest
 * place to the highest, of 1, 2, 4 or 8 bytes a place. Counts are exact to 2^53.
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
  #counts: Numbers = new Uint8Array(0);
  #lowest = 0;

  /** Makes counts of the parts of some. */
  static ofParts({ counts, lowest }: GrowingCountsParts): GrowingCounts {
    const made = new GrowingCounts();
    made.#counts = counts;
    made.#lowest = lowest;
    return made;
  }

  /** What they are made of, to be taken over by another thread; they are of no use afterwards. */
  toParts(): GrowingCountsParts {
    return { counts: this.#counts, lowest: this.#lowest };
  }

  /** Adds to the count at a place, an integer. */
  add(place: number, count: number): void {
    let at = place - this.#lowest;
    if (at < 0 || at >= this.#counts.length) {
      this.#reach(place);
      at = place - this.#lowest;
    }
    const sum = this.#counts[at]! + count;
    this.#counts[at] = sum;
    if (this.#counts[at] !== sum) this.#widen(at, sum);
  }

  /** Adds the counts of another. */
  merge(other: GrowingCounts): void {
    const { length } = other.#counts;
    if (length === 0) return;
    // Reached at once.
    this.add(other.#lowest, 0);
    this.add(other.#lowest + length - 1, 0);
    for (let at = 0; at < length; at++) {
      const count = other.#counts[at]!;
      if (count > 0) this.add(other.#lowest + at, count);
    }
  }

  /** The first place up to which there are so many, with all before it; the last if there are not. */
  placeOf(rank: number): number {
    const last = this.#counts.length - 1;
    let at = 0, seen = 0;
    while (at < last && (seen += this.#counts[at]!) < rank) at++;
    return this.#lowest + at;
  }

  /** The places with a count, lowest first. */
  *[Symbol.iterator](): Generator<[place: number, count: number]> {
    for (const [at, count] of this.#counts.entries()) {
      if (count > 0) yield [this.#lowest + at, count];
    }
  }

  /** How many bytes the counts take. */
  get byteLength(): number {
    return this.#counts.byteLength;
  }

  #reach(place: number): void {
    const { length } = this.#counts;
    const [first, last] = length === 0
      ? [place, place]
      : [Math.min(place, this.#lowest), Math.max(place, this.#lowest + length - 1)];
    // Some room where it grows, as the next place is likely to be near.
    const room = Math.min(32, Math.ceil(length / 4));
    const lowest = first < this.#lowest ? first - room : first;
    const highest = last >= this.#lowest + length ? last + room : last;
    const reaching = zerosLike(this.#counts, highest - lowest + 1);
    if (length > 0) reaching.set(this.#counts, this.#lowest - lowest);
    this.#counts = reaching;
    this.#lowest = lowest;
  }

  #widen(at: number, count: number): void {
    // What wrapped around is put right below.
    this.#counts = widened(this.#counts, count);
    this.#counts[at] = count;
  }
}
