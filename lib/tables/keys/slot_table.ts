const SMALLEST = 32;

/** No place, no slot. */
const NONE = -1;

/** The fields of a `SlotTable` as typed arrays, to transfer to another thread. */
export interface SlotTableParts {
  /** For each place, the slot, or −1, and the hash. */
  readonly places: Int32Array<ArrayBuffer>;
  /** How many slots it has. */
  readonly size: number;
}

/**
 * A hash table of slots, integers from 0 on, with open addressing. It does not know the keys of the slots:
 * the caller compares them. Each place has the slot and the hash side by side, so that a probe reads memory
 * only once.
 *
 * Memory: 10 to 20 bytes a slot.
 *
 * @example Two slots with keys of one hash
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SlotTable } from "./slot_table.ts";
 *
 * const table = new SlotTable();
 * table.enter(7, 99);
 * table.enter(8, 99);
 * const slots: number[] = [];
 * for (let place = table.first(99); place !== -1; place = table.next(place, 99)) {
 *   slots.push(table.slotAt(place));
 * }
 * assertEquals(slots, [7, 8]);
 * ```
 */
export class SlotTable {
  /** For each place, the slot, or `NONE`, and the hash. */
  #places = new Int32Array(2).fill(NONE);
  #size = 0;

  /** Makes a table of the fields of another. */
  static ofParts({ places, size }: SlotTableParts): SlotTable {
    const table = new SlotTable();
    table.#places = places;
    table.#size = size;
    return table;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): SlotTableParts {
    return { places: this.#places, size: this.#size };
  }

  /** How many slots it has. */
  get size(): number {
    return this.#size;
  }

  /** The first place of a slot whose key has the hash, or −1. */
  first(hash: number): number {
    return this.#search(hash, hash & this.#places.length / 2 - 1);
  }

  /** The next place after `place` of a slot whose key has the hash, or −1. */
  next(place: number, hash: number): number {
    return this.#search(hash, place + 1 & this.#places.length / 2 - 1);
  }

  /** The slot at a place. */
  slotAt(place: number): number {
    return this.#places[2 * place]!;
  }

  /** Adds a slot that the table does not have. */
  enter(slot: number, hash: number): void {
    if (5 * ++this.#size > 2 * this.#places.length) this.#grow();
    this.#put(slot, hash);
  }

  /** Removes a slot that the table has. */
  remove(slot: number, hash: number): void {
    const places = this.#places, mask = places.length / 2 - 1;
    let gap = hash & mask;
    while (places[2 * gap] !== slot) gap = gap + 1 & mask;
    // No tombstone is left: entries behind move up, but never before the place where their search begins.
    for (let at = gap + 1 & mask; places[2 * at] !== NONE; at = at + 1 & mask) {
      const home = places[2 * at + 1]! & mask;
      if ((at - home & mask) >= (at - gap & mask)) {
        places[2 * gap] = places[2 * at]!;
        places[2 * gap + 1] = places[2 * at + 1]!;
        gap = at;
      }
    }
    places[2 * gap] = NONE;
    this.#size--;
  }

  #search(hash: number, start: number): number {
    const places = this.#places, mask = places.length / 2 - 1;
    for (let at = start;; at = at + 1 & mask) {
      if (places[2 * at] === NONE) return NONE;
      if (places[2 * at + 1] === hash) return at;
    }
  }

  #put(slot: number, hash: number): void {
    const places = this.#places, mask = places.length / 2 - 1;
    let at = hash & mask;
    while (places[2 * at] !== NONE) at = at + 1 & mask;
    places[2 * at] = slot;
    places[2 * at + 1] = hash;
  }

  #grow(): void {
    const before = this.#places;
    this.#places = new Int32Array(Math.max(2 * SMALLEST, 2 * before.length)).fill(NONE);
    for (let i = 0; i < before.length; i += 2) {
      if (before[i] !== NONE) this.#put(before[i]!, before[i + 1]!);
    }
    // Freed at once; there may be sixteen megabytes of them.
    before.buffer.transfer(0);
  }
}
