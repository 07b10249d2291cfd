import { longerBuffer } from "../buffers.ts";
import type { HashKey } from "../hashes/half_sip_hash.ts";
import { hashNumber } from "../hashes/hash_integer.ts";
import type { Keys, NumberStoreParts } from "./keys.ts";

/** How many consecutive numbers have places side by side, a power of 2. */
const NEIGHBOURS = 8;
const SMALLEST = 8;

/**
 * Maps numbers to slots, and slots to numbers: {@linkcode Keys} that are numbers without texts, integers of up
 * to 53 bits from outside. Nobody who does not know the hash key can make them collide.
 *
 * It is fastest for numbers that come in ascending order, as those of windows mostly do: while they ascend
 * from slot to slot, they are searched from the last slot on. Otherwise the first lookup makes a hash table
 * with open addressing, in which eight consecutive numbers share a line of the processor's cache.
 *
 * Memory: 8 to 12 bytes a slot; 8 to 16 more for the table.
 *
 * @example Three numbers
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { NumberStore } from "./number_store.ts";
 *
 * const store = new NumberStore([1, 2]);
 * assertEquals([5, -7, 5, 2 ** 40].map((number) => store.intern(number)), [0, 1, 0, 2]);
 * assertEquals([store.find(2 ** 40), store.find(6)], [2, -1]);
 * assertEquals([...store.sorted()], [1, 0, 2]);
 * ```
 */
export class NumberStore implements Keys {
  readonly #hashKey: HashKey;
  /** The hash table: one more than the slot, or 0. The load factor is at most 1/2. Empty until needed. */
  #places = new Int32Array();
  /** Whether all slots have a number, and the numbers ascend. */
  #isOrdered = true;
  /** For each slot, its number, or NaN. */
  #numbers = new Float64Array(SMALLEST).fill(NaN);
  #end = 0;
  #size = 0;
  /** No number is larger. */
  #largest = -Infinity;
  /** All slots before this one have a number. */
  #firstFree = 0;

  /** Makes an empty store. */
  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
  }

  /** Makes a store of the fields of another with the same hash key. */
  static ofParts(parts: NumberStoreParts, hashKey: HashKey): NumberStore {
    const store = new NumberStore(hashKey);
    store.#places = parts.places;
    store.#isOrdered = parts.isOrdered;
    store.#numbers = parts.numbers;
    store.#end = parts.end;
    store.#size = parts.size;
    store.#largest = parts.largest;
    return store;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): NumberStoreParts {
    return {
      places: this.#places,
      isOrdered: this.#isOrdered,
      numbers: this.#numbers,
      end: this.#end,
      size: this.#size,
      largest: this.#largest,
    };
  }

  /** How many numbers there are. */
  get size(): number {
    return this.#size;
  }

  /** One more than the last slot that has had a number. */
  get end(): number {
    return this.#end;
  }

  /** The slot of a number, or −1. */
  find(number: number): number {
    if (number > this.#largest) return -1;
    if (this.#isOrdered) return this.#search(number);
    if (this.#places.length === 0) this.#enlarge();
    const places = this.#places, numbers = this.#numbers, mask = places.length - 1;
    for (let at = this.#hashOf(number) & mask; places[at] !== 0; at = at + 1 & mask) {
      const slot = places[at]! - 1;
      if (numbers[slot] === number) return slot;
    }
    return -1;
  }

  /** Returns the slot of a number; a new number gets the first free slot. */
  intern(number: number): number {
    const slot = this.find(number);
    if (slot !== -1) return slot;
    while (this.has(this.#firstFree)) this.#firstFree++;
    this.put(this.#firstFree, number);
    return this.#firstFree;
  }

  /** For each slot, the slot of its number in another store, or −1. */
  slotsIn(other: NumberStore): Int32Array<ArrayBuffer> {
    const slots = new Int32Array(this.#end).fill(-1);
    const numbers = other.#numbers, areOrdered = this.#isOrdered && other.#isOrdered;
    for (let slot = 0, otherSlot = 0; slot < slots.length; slot++) {
      const number = this.#numbers[slot]!;
      if (areOrdered) {
        while (otherSlot < other.#end && numbers[otherSlot]! < number) otherSlot++;
        if (otherSlot < other.#end && numbers[otherSlot] === number) slots[slot] = otherSlot;
      } else if (this.has(slot)) {
        slots[slot] = other.find(number);
      }
    }
    return slots;
  }

  /** For each slot of another store, the slot of its number here; a number that is new here gets the next slot. */
  internAll(other: NumberStore): Int32Array {
    const slots = other.slotsIn(this);
    for (let otherSlot = 0; otherSlot < slots.length; otherSlot++) {
      if (slots[otherSlot] !== -1 || !other.has(otherSlot)) continue;
      slots[otherSlot] = this.append(other.#numbers[otherSlot]!);
    }
    return slots;
  }

  /** Gives the next slot to a new number; returns the slot. */
  append(number: number): number {
    this.put(this.#end, number);
    return this.#end - 1;
  }

  /** Gives a slot to a new number, and forgets the number that had it. */
  put(slot: number, number: number): void {
    this.remove(slot);
    if (slot >= this.#numbers.length) this.#reach(slot);
    this.#isOrdered &&= slot === this.#end && number > this.#largest;
    if (this.#places.length > 0) {
      if (2 * this.#size >= this.#places.length) this.#enlarge();
      this.#enter(slot, number);
    }
    this.#numbers[slot] = number;
    this.#size++;
    if (slot >= this.#end) this.#end = slot + 1;
    if (number > this.#largest) this.#largest = number;
  }

  /** Forgets the number of a slot, if it has one. */
  remove(slot: number): void {
    if (!this.has(slot)) return;
    if (this.#places.length > 0) this.#leave(slot);
    this.#isOrdered = false;
    this.#numbers[slot] = NaN;
    this.#size--;
    this.#firstFree = Math.min(this.#firstFree, slot);
  }

  /** Forgets the numbers of many slots; the next search makes a new table. */
  removeAll(slots: readonly number[]): void {
    const isGone = new Uint8Array(this.#end);
    for (const slot of slots) isGone[slot] = 1;
    this.removeWhere((slot) => isGone[slot] === 1);
  }

  /** Forgets the numbers of the slots for which `isGone` returns true; the next search makes a new table. */
  removeWhere(isGone: (slot: number) => boolean): void {
    this.#places = new Int32Array();
    for (let slot = 0; slot < this.#end; slot++) if (isGone(slot)) this.remove(slot);
  }

  /** Whether a slot has a number. */
  has(slot: number): boolean {
    return slot < this.#end && !Number.isNaN(this.#numbers[slot]);
  }

  /** The number of a slot that has one. */
  numberAt(slot: number): number {
    return this.#numbers[slot]!;
  }

  /** The slots of all numbers, in ascending order of the numbers. */
  sorted(): Uint32Array<ArrayBuffer> {
    const slots = new Uint32Array(this.#size);
    const numbers = this.#isOrdered
      ? undefined
      : this.#numbers.slice(0, this.#end).filter((number) => !Number.isNaN(number)).sort();
    for (let i = 0; i < slots.length; i++) slots[i] = numbers ? this.find(numbers[i]!) : i;
    return slots;
  }

  /** Compares the numbers of two slots, maybe of two stores. */
  compare(slot: number, otherSlot: number, other: Keys = this): number {
    return this.numberAt(slot) - other.numberAt(otherSlot);
  }

  /** The same as {@linkcode find}: there are no texts. */
  slotOf(number: number): number {
    return this.find(number);
  }

  /** The same as {@linkcode find}: there are no texts. */
  slotOfBytes(number: number): number {
    return this.find(number);
  }

  /** The same as {@linkcode put}. */
  putMissed(slot: number, number: number): void {
    this.put(slot, number);
  }

  /** Gives `otherSlot` of other keys to the number of `slot`, which is new there. */
  putIn(other: Keys, otherSlot: number, slot: number): void {
    other.put(otherSlot, this.numberAt(slot), "");
  }

  /** The empty text, as for every slot. */
  textAt(): string {
    return "";
  }

  /** No bytes, as for every slot. */
  bytesAt(): Uint8Array<ArrayBuffer> {
    return NO_TEXT;
  }

  /** Finds a number among ascending ones by galloping back from the last, then by bisection; −1 if none. */
  #search(number: number): number {
    const numbers = this.#numbers;
    let high = this.#end - 1, low = high;
    for (let step = 1; low > 0 && numbers[low]! > number; step *= 2) {
      high = low - 1;
      low = Math.max(0, low - step);
    }
    while (low < high) {
      const middle = low + high + 1 >>> 1;
      if (numbers[middle]! > number) high = middle - 1;
      else low = middle;
    }
    return numbers[low] === number ? low : -1;
  }

  #enter(slot: number, number: number): void {
    const places = this.#places, mask = places.length - 1;
    let at = this.#hashOf(number) & mask;
    while (places[at] !== 0) at = at + 1 & mask;
    places[at] = slot + 1;
  }

  #leave(slot: number): void {
    const places = this.#places, mask = places.length - 1;
    let gap = this.#hashOf(this.#numbers[slot]!) & mask;
    while (places[gap] !== slot + 1) gap = gap + 1 & mask;
    // No tombstone is left: entries behind move up, but never before the place where their search begins.
    for (let at = gap + 1 & mask; places[at] !== 0; at = at + 1 & mask) {
      const home = this.#hashOf(this.#numbers[places[at]! - 1]!) & mask;
      if ((at - home & mask) < (at - gap & mask)) continue;
      places[gap] = places[at]!;
      gap = at;
    }
    places[gap] = 0;
  }

  /** Hashes a number; the hashes of neighbours differ in their last bits alone. */
  #hashOf(number: number): number {
    const block = Math.floor(number / NEIGHBOURS);
    return hashNumber(this.#hashKey, block) & -NEIGHBOURS | number - block * NEIGHBOURS;
  }

  #reach(slot: number): void {
    const { buffer, length } = this.#numbers;
    const bytes = longerBuffer(buffer, 8 * Math.max(slot + 1, Math.ceil(1.5 * length)));
    this.#numbers = new Float64Array(bytes).fill(NaN, length);
  }

  /** Makes the hash table, or a larger one. */
  #enlarge(): void {
    let length = Math.max(2 * SMALLEST, this.#places.length);
    while (length <= 2 * this.#size) length *= 2;
    if (this.#places.length > 2 * SMALLEST) this.#places.buffer.transfer(0);
    this.#places = new Int32Array(length);
    for (let slot = 0; slot < this.#end; slot++) {
      if (this.has(slot)) this.#enter(slot, this.#numbers[slot]!);
    }
  }
}

const NO_TEXT = new Uint8Array();
