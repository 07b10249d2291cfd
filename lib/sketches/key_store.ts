import { halfSipHash, type HashKey } from "./half_sip_hash.ts";

const FREE = -1;
const SMALLEST = 64;

/**
 * Remembers which key has which slot, and which slot which key. A key is a number and a text, both
 * from outside; nobody who does not know the hash key can make them collide.
 *
 * Memory: 21 bytes a slot, 8 to 16 more for the table, and one or two bytes a unit of its text; no
 * object of its own, as there may be millions, and nothing for the garbage collector when keys come and go.
 *
 * @example A slot changes hands
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { KeyStore } from "./key_store.ts";
 *
 * const store = new KeyStore([1, 2]);
 * store.put(0, 7, "old");
 * assertEquals(store.slotOf(7, "old"), 0);
 * store.put(0, 7, "new");
 * assertEquals([store.slotOf(7, "old"), store.slotOf(7, "new")], [-1, 0]);
 * assertEquals([store.numberAt(0), store.textAt(0)], [7, "new"]);
 * ```
 */
export class KeyStore {
  readonly #hashKey: HashKey;
  /** An open table of slots, probed one by one. */
  #table = new Int32Array(2 * SMALLEST).fill(FREE);
  #used = 0;
  // Of each slot: whether it has a key, the key's hash and number, and where its text is.
  #isUsed = new Uint8Array(SMALLEST);
  #hashes = new Int32Array(SMALLEST);
  #numbers = new Float64Array(SMALLEST);
  #starts = new Uint32Array(SMALLEST);
  #lengths = new Uint32Array(SMALLEST);
  /**
   * The texts, one after the other, and between them those of keys that are gone: a byte a unit,
   * until a text comes that needs two.
   */
  #units: Uint8Array | Uint16Array = new Uint8Array(16 * SMALLEST);
  #end = 0;
  #live = 0;

  /** Makes the store of no keys. */
  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
  }

  /** The slot of a key, or −1. */
  slotOf(number: number, text: string): number {
    const hash = halfSipHash(this.#hashKey, number, text);
    const mask = this.#table.length - 1;
    for (let at = hash & mask;; at = (at + 1) & mask) {
      const slot = this.#table[at]!;
      if (
        slot === FREE ||
        this.#hashes[slot] === hash && this.#numbers[slot] === number && this.#isTextAt(slot, text)
      ) return slot;
    }
  }

  /** Gives a slot to a key that has none; the key that had the slot is forgotten. */
  put(slot: number, number: number, text: string): void {
    this.remove(slot);
    if (slot >= this.#isUsed.length) {
      this.#reserveSlots(Math.max(slot + 1, 2 * this.#isUsed.length));
    }
    if (2 * this.#used >= this.#table.length) this.#rebuildTable(2 * this.#table.length);
    this.#write(slot, text);
    this.#hashes[slot] = halfSipHash(this.#hashKey, number, text);
    this.#numbers[slot] = number;
    this.#enter(slot);
    this.#isUsed[slot] = 1;
    this.#used++;
  }

  /** Forgets the key of a slot, if it has one. */
  remove(slot: number): void {
    if (this.#isUsed[slot] !== 1) return;
    const mask = this.#table.length - 1;
    let gap = this.#hashes[slot]! & mask;
    while (this.#table[gap] !== slot) gap = (gap + 1) & mask;
    // What stands behind moves up, unless that were before the place where its search begins.
    for (let at = (gap + 1) & mask; this.#table[at] !== FREE; at = (at + 1) & mask) {
      const home = this.#hashes[this.#table[at]!]! & mask;
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        this.#table[gap] = this.#table[at]!;
        gap = at;
      }
    }
    this.#table[gap] = FREE;
    this.#isUsed[slot] = 0;
    this.#used--;
    this.#live -= this.#lengths[slot]!;
  }

  /** The number of a slot's key. */
  numberAt(slot: number): number {
    return this.#numbers[slot]!;
  }

  /** The text of a slot's key. */
  textAt(slot: number): string {
    const start = this.#starts[slot]!;
    return String.fromCharCode(...this.#units.subarray(start, start + this.#lengths[slot]!));
  }

  #isTextAt(slot: number, text: string): boolean {
    if (this.#lengths[slot] !== text.length) return false;
    const start = this.#starts[slot]!;
    for (let i = 0; i < text.length; i++) {
      if (this.#units[start + i] !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  #write(slot: number, text: string): void {
    if (this.#end + text.length > this.#units.length) this.#makeRoom(text.length);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0xFF && this.#units instanceof Uint8Array) {
        this.#units = Uint16Array.from(this.#units);
      }
      this.#units[this.#end + i] = unit;
    }
    this.#starts[slot] = this.#end;
    this.#lengths[slot] = text.length;
    this.#end += text.length;
    this.#live += text.length;
  }

  /** Moves the texts together if a third is gone; else takes half as much room again. */
  #makeRoom(wanted: number): void {
    const { length } = this.#units;
    if (this.#live + wanted > length * 2 / 3) {
      this.#units = enlarge(this.#units, Math.ceil(1.5 * length) + wanted);
      return;
    }
    const slots = new Uint32Array(this.#used);
    let used = 0;
    for (const [slot, isUsed] of this.#isUsed.entries()) if (isUsed === 1) slots[used++] = slot;
    this.#end = 0;
    for (const slot of slots.sort((a, b) => this.#starts[a]! - this.#starts[b]!)) {
      const start = this.#starts[slot]!, length = this.#lengths[slot]!;
      this.#units.copyWithin(this.#end, start, start + length);
      this.#starts[slot] = this.#end;
      this.#end += length;
    }
  }

  #enter(slot: number): void {
    const mask = this.#table.length - 1;
    let at = this.#hashes[slot]! & mask;
    while (this.#table[at] !== FREE) at = (at + 1) & mask;
    this.#table[at] = slot;
  }

  #rebuildTable(length: number): void {
    this.#table = new Int32Array(length).fill(FREE);
    for (const [slot, isUsed] of this.#isUsed.entries()) if (isUsed === 1) this.#enter(slot);
  }

  #reserveSlots(length: number): void {
    this.#isUsed = enlarge(this.#isUsed, length);
    this.#hashes = enlarge(this.#hashes, length);
    this.#numbers = enlarge(this.#numbers, length);
    this.#starts = enlarge(this.#starts, length);
    this.#lengths = enlarge(this.#lengths, length);
  }
}

/** A copy of an array with zeros behind it. */
export function enlarge<T extends { readonly length: number }>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T & { set(from: T): void })(
    length,
  );
  larger.set(array);
  return larger;
}
