import { halfSipHash, type HashKey } from "../hashes/half_sip_hash.ts";
import { NumberColumn } from "../number_column.ts";
import { encodeText } from "../text_bytes.ts";
import type { Keys, KeyStoreParts } from "./keys.ts";
import { SlotTable } from "./slot_table.ts";
import { SlotTexts } from "./slot_texts.ts";

/**
 * Maps keys to slots, and slots to keys. A key is a number and a text, both from outside; nobody who does
 * not know the hash key can make them collide. A text is well-formed, and at most 128 KiB of UTF-8.
 *
 * Memory: 10 to 20 bytes a slot for the table, 8 to 12 and the text for {@linkcode SlotTexts}, and up to
 * 12 for the number, if it is not 0.
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
export class KeyStore implements Keys {
  readonly #hashKey: HashKey;
  #table = new SlotTable();
  #texts = new SlotTexts();
  /** For each slot, the number of its key. */
  #numbers = new NumberColumn();
  /** All slots before this one have a key. */
  #firstFree = 0;
  /** Caches the hash of the key that was looked up last. */
  #hash = 0;

  /** Makes an empty store. */
  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
  }

  /** Makes a store of the fields of another with the same hash key. */
  static ofParts(parts: KeyStoreParts, hashKey: HashKey): KeyStore {
    const store = new KeyStore(hashKey);
    store.#table = SlotTable.ofParts(parts.table);
    store.#texts = SlotTexts.ofParts(parts.texts);
    store.#numbers = NumberColumn.ofParts(parts.numbers);
    return store;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): KeyStoreParts {
    const texts = this.#texts.toParts(), numbers = this.#numbers.toParts();
    return { table: this.#table.toParts(), texts, numbers };
  }

  /** How many keys there are. */
  get size(): number {
    return this.#table.size;
  }

  /** One more than the last slot that has had a key. */
  get end(): number {
    return this.#texts.end;
  }

  /** How many bytes the texts of all keys have. */
  get textBytes(): number {
    return this.#texts.byteLength;
  }

  /** The slot of a key, or −1. */
  slotOf(number: number, text: string): number {
    const end = encode(text);
    return this.slotOfBytes(number, encoded, 0, end);
  }

  /** The slot of a key whose text is given as UTF-8, `bytes` from `start` to `end`, or −1. */
  slotOfBytes(number: number, bytes: Uint8Array, start: number, end: number): number {
    const hash = this.#hash = halfSipHash(this.#hashKey, number, bytes, start, end);
    const table = this.#table;
    for (let place = table.first(hash); place !== -1; place = table.next(place, hash)) {
      const slot = table.slotAt(place);
      if (this.#isAt(slot, number, bytes, start, end)) return slot;
    }
    return -1;
  }

  /** Returns the slot of a key; a new key gets the first free slot. */
  intern(number: number, text: string): number {
    const end = encode(text);
    return this.internBytes(number, encoded, 0, end);
  }

  /** Like {@linkcode intern}, for a text given as well-formed UTF-8, `bytes` from `start` to `end`. */
  internBytes(number: number, bytes: Uint8Array, start: number, end: number): number {
    const slot = this.slotOfBytes(number, bytes, start, end);
    if (slot !== -1) return slot;
    while (this.has(this.#firstFree)) this.#firstFree++;
    this.putMissed(this.#firstFree, number, bytes, start, end);
    return this.#firstFree;
  }

  /** Gives a slot to a new key, and forgets the key that had it. */
  put(slot: number, number: number, text: string): void {
    const end = encode(text);
    this.putBytes(slot, number, encoded, 0, end);
  }

  /** Like {@linkcode put}, for a text given as well-formed UTF-8, `bytes` from `start` to `end`. */
  putBytes(slot: number, number: number, bytes: Uint8Array, start: number, end: number): void {
    this.#hash = halfSipHash(this.#hashKey, number, bytes, start, end);
    this.putMissed(slot, number, bytes, start, end);
  }

  /** Like {@linkcode putBytes}, for the key that {@linkcode slotOfBytes} has just looked up in vain. */
  putMissed(slot: number, number: number, bytes: Uint8Array, start: number, end: number): void {
    const hash = this.#hash;
    if (this.has(slot)) {
      this.#table.remove(slot, this.#hashAt(slot));
      this.#texts.replace(slot, bytes, start, end);
    } else {
      this.#texts.put(slot, bytes, start, end);
    }
    this.#numbers.set(slot, number);
    this.#table.enter(slot, hash);
  }

  /** Forgets the key of a slot, if it has one. */
  remove(slot: number): void {
    if (!this.has(slot)) return;
    this.#table.remove(slot, this.#hashAt(slot));
    this.#texts.remove(slot);
    this.#firstFree = Math.min(this.#firstFree, slot);
  }

  /** Forgets the keys of slots. */
  removeAll(slots: readonly number[]): void {
    for (const slot of slots) this.remove(slot);
  }

  /** Whether a slot has a key. */
  has(slot: number): boolean {
    return this.#texts.has(slot);
  }

  /** The number of a slot's key. */
  numberAt(slot: number): number {
    return this.#numbers.at(slot);
  }

  /** The text of a slot's key. */
  textAt(slot: number): string {
    return this.#texts.textAt(slot);
  }

  /** How many bytes the text of a slot's key has. */
  textBytesAt(slot: number): number {
    return this.#texts.lengthAt(slot);
  }

  /** For each slot, the slot of its key in another store, or −1. */
  slotsIn(other: KeyStore): Int32Array<ArrayBuffer> {
    const slots = new Int32Array(this.end).fill(-1);
    for (let slot = 0; slot < slots.length; slot++) {
      if (!this.has(slot)) continue;
      const start = this.#texts.startOf(slot), end = start + this.textBytesAt(slot);
      slots[slot] = other.slotOfBytes(this.numberAt(slot), this.#texts.bytesOf(slot), start, end);
    }
    return slots;
  }

  /** Returns the slot of a slot's key in another store; a key that is new there gets the first free slot. */
  internIn(other: KeyStore, slot: number): number {
    const start = this.#texts.startOf(slot), end = start + this.textBytesAt(slot);
    return other.internBytes(this.numberAt(slot), this.#texts.bytesOf(slot), start, end);
  }

  /** Gives `otherSlot` of another store to the key of `slot`, which is new there. */
  putIn(other: KeyStore, otherSlot: number, slot: number): void {
    const start = this.#texts.startOf(slot), end = start + this.textBytesAt(slot);
    other.putBytes(otherSlot, this.numberAt(slot), this.#texts.bytesOf(slot), start, end);
  }

  /** Compares the keys of two slots, maybe of two stores: by number, then by code point of the text. */
  compare(slot: number, otherSlot: number, other: KeyStore = this): number {
    const order = this.numberAt(slot) - other.numberAt(otherSlot);
    return order !== 0 ? order : this.#texts.compare(slot, otherSlot, other.#texts);
  }

  /** The slots of all keys, in the order of {@linkcode compare}. */
  sorted(): Uint32Array<ArrayBuffer> {
    const slots = new Uint32Array(this.size);
    for (let slot = 0, used = 0; slot < this.end; slot++) if (this.has(slot)) slots[used++] = slot;
    return slots.sort((a, b) => this.compare(a, b));
  }

  /** The text of a slot's key in UTF-8; valid until a key is put. */
  bytesAt(slot: number): Uint8Array<ArrayBuffer> {
    const start = this.#texts.startOf(slot);
    return this.#texts.bytesOf(slot).subarray(start, start + this.textBytesAt(slot));
  }

  #hashAt(slot: number): number {
    const start = this.#texts.startOf(slot), end = start + this.textBytesAt(slot);
    const bytes = this.#texts.bytesOf(slot), view = this.#texts.viewOf(slot);
    return halfSipHash(this.#hashKey, this.numberAt(slot), bytes, start, end, view);
  }

  #isAt(slot: number, number: number, bytes: Uint8Array, start: number, end: number): boolean {
    return this.#numbers.at(slot) === number && this.#texts.isAt(slot, bytes, start, end);
  }
}

/** Scratch space for an encoded text, shared by all instances: calls do not nest. */
let encoded = new Uint8Array(4096);

/** Encodes a text into `encoded`; returns how many bytes it has. */
function encode(text: string): number {
  if (3 * text.length > encoded.length) encoded = new Uint8Array(3 * text.length);
  return encodeText(text, encoded, 0);
}
