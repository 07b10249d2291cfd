/**
 * Keeps items in the order of their counts while counts go up by little at a time, and always knows one
 * that has the least.
 *
 * Items of equal count form a ring-less list, and the lists are linked in the order of their counts;
 * so both operations take constant time, or one step for each count in between.
 *
 * @see Metwally et al. (2005), section 3.1, "Stream-Summary".
 *
 * @example Three items
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MinQueue } from "./min_queue.ts";
 *
 * const counts = [5, 3, 4];
 * const queue = new MinQueue(counts.length, (item) => counts[item]!);
 * assertEquals(queue.least(), 1);
 * queue.increase(1);
 * queue.increase(1);
 * assertEquals(queue.least(), 2);
 * ```
 */
export class MinQueue {
  // Of items: their group and their neighbours in it. Of groups: count, first item, neighbours.
  readonly #group: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #count: Float64Array;
  readonly #first: Int32Array;
  readonly #higher: Int32Array;
  readonly #lower: Int32Array;
  /** The first group that is not in use; the others hang on it by `#higher`. */
  #free = 0;
  #lowest = NONE;

  /** Takes the items 0 to `length` − 1, at least one, with their counts. */
  constructor(length: number, countOf: (item: number) => number) {
    const integers = () => new Int32Array(length + 1).fill(NONE);
    this.#group = integers();
    this.#next = integers();
    this.#previous = integers();
    this.#first = integers();
    this.#lower = integers();
    this.#higher = integers().map((_, group) => group + 1);
    this.#count = new Float64Array(length + 1);

    const items = new Uint32Array(length).map((_, item) => item)
      .sort((a, b) => countOf(a) - countOf(b) || a - b);
    let highest = NONE;
    for (const item of items) {
      const count = countOf(item);
      if (highest === NONE || this.#count[highest] !== count) {
        highest = this.#open(count, highest);
      }
      this.#enter(item, highest);
    }
  }

  /** An item that none has a lower count than. */
  least(): number {
    return this.#first[this.#lowest]!;
  }

  /** Counts an item so many times more. */
  increase(item: number, times = 1): void {
    const from = this.#group[item]!;
    const count = this.#count[from]! + times;
    let below = from, above = this.#higher[from]!;
    while (above !== NONE && this.#count[above]! < count) {
      [below, above] = [above, this.#higher[above]!];
    }
    const to = above !== NONE && this.#count[above] === count ? above : this.#open(count, below);
    this.#leave(item, from);
    this.#enter(item, to);
    if (this.#first[from] === NONE) this.#close(from);
  }

  /** Makes a group right above another, or the lowest of all. */
  #open(count: number, below: number): number {
    const group = this.#free;
    this.#free = this.#higher[group]!;
    const above = below === NONE ? this.#lowest : this.#higher[below]!;
    this.#count[group] = count;
    this.#first[group] = NONE;
    this.#link(below, group);
    this.#link(group, above);
    return group;
  }

  #close(group: number): void {
    this.#link(this.#lower[group]!, this.#higher[group]!);
    this.#higher[group] = this.#free;
    this.#free = group;
  }

  #link(below: number, above: number): void {
    if (below === NONE) this.#lowest = above;
    else this.#higher[below] = above;
    if (above !== NONE) this.#lower[above] = below;
  }

  #enter(item: number, group: number): void {
    const first = this.#first[group]!;
    this.#group[item] = group;
    this.#previous[item] = NONE;
    this.#next[item] = first;
    if (first !== NONE) this.#previous[first] = item;
    this.#first[group] = item;
  }

  #leave(item: number, group: number): void {
    const previous = this.#previous[item]!, next = this.#next[item]!;
    if (previous === NONE) this.#first[group] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
  }
}

const NONE = -1;
