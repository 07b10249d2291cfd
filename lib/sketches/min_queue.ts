/**
 * A priority queue of items by count, for counts that increase by little at a time: it always knows an item
 * with the lowest count.
 *
 * Items of equal count form a group, a doubly linked list. The groups are linked in the order of their
 * counts. Both operations take constant time, plus one step for each group that an item passes.
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
  // For each item, its group and its neighbours in it. For each group, its count, first item, neighbours.
  readonly #group: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #count: Float64Array;
  readonly #first: Int32Array;
  readonly #higher: Int32Array;
  readonly #lower: Int32Array;
  /** How many groups have ever been used. The memory of the others was never written, only reserved. */
  #made = 0;
  /** The first group of the free list, or none; the list is linked by `#higher`. */
  #free = NONE;
  #lowest = NONE;

  /** Makes the queue of the items 0 to `length` − 1, at least one, whose counts are `countOf(item)`. */
  constructor(length: number, countOf: (item: number) => number) {
    this.#group = new Int32Array(length);
    this.#next = new Int32Array(length);
    this.#previous = new Int32Array(length);
    this.#count = new Float64Array(length + 1);
    this.#first = new Int32Array(length + 1);
    this.#higher = new Int32Array(length + 1);
    this.#lower = new Int32Array(length + 1);

    // There are few distinct counts: these are sorted, not the items.
    const groups = new Map<number, number>();
    for (let item = 0; item < length; item++) groups.set(countOf(item), NONE);
    let highest = NONE;
    for (const count of [...groups.keys()].sort((a, b) => a - b)) {
      highest = this.#open(count, highest);
      groups.set(count, highest);
    }
    for (let item = 0; item < length; item++) this.#enter(item, groups.get(countOf(item))!);
  }

  /** An item with the lowest count. */
  least(): number {
    return this.#first[this.#lowest]!;
  }

  /** Adds `times` to the count of an item. */
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

  /** Makes a group right above the group `below`, or the lowest group if `below` is none. */
  #open(count: number, below: number): number {
    const group = this.#free === NONE ? this.#made++ : this.#free;
    if (group === this.#free) this.#free = this.#higher[group]!;
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
