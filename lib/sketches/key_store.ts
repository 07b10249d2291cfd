import { encodeText } from "./encode_text.ts";
import { halfSipHash, type HashKey } from "./half_sip_hash.ts";
import { NumberColumn, type Numbers } from "./number_column.ts";
import { SlotTable, type SlotTableParts } from "./slot_table.ts";
import { TextArena, type TextArenaParts } from "./text_arena.ts";

/** How many slots that were found lately are tried first, in a small store and in a large one. */
const LEAST_RECENT = 64, MOST_RECENT = 1024;
/** Of a store in which nothing was found yet: many are made to be read once. */
const NO_RECENT = new Int32Array(1);

/** What a store is made of. */
export interface KeyStoreParts {
  /** Which slots have which hash. */
  readonly table: SlotTableParts;
  /** Of each slot, one more than the length of its text, or 0. */
  readonly marks: Numbers;
  /** Of each slot, where its text is. */
  readonly addresses: Numbers;
  /** Of each slot, its number. */
  readonly numbers: Numbers;
  /** No slot from here on has had a key. */
  readonly end: number;
  /** The texts. */
  readonly texts: TextArenaParts;
  /** How many bytes they have. */
  readonly textBytes: number;
}

/** What counts of keys are made of. */
export interface CountedKeysParts {
  /** The keys. */
  readonly keys: KeyStoreParts;
  /** Of each slot, how often its key came at most. */
  readonly counts: Numbers;
  /** Of each slot, by how much that may be too high. */
  readonly errors: Numbers;
  /** How often a key that is missing may have come. */
  readonly missing: number;
}

/**
 * Remembers which key has which slot, and which slot which key. A key is a number and a text, both
 * from outside; nobody who does not know the hash key can make them collide. A text is well-formed,
 * and at most 128 KiB of UTF-8.
 *
 * Memory: 16 to 32 bytes a slot for the table, 3 to 16 for what is known of the slot, and its text in
 * UTF-8; no object of its own, as there may be millions, and nothing for the garbage collector when
 * keys come and go.
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
  #table = new SlotTable();
  // Of each slot: one more than the length of its key's text, 0 if it has no key; where the text is;
  // the key's number.
  #marks = new NumberColumn();
  #addresses = new NumberColumn();
  #numbers = new NumberColumn();
  /** No slot from here on has had a key. */
  #end = 0;
  #texts = new TextArena();
  /** Slots that were found lately, by a few bytes of their keys; what stands there is no more than a guess. */
  #recent = NO_RECENT;
  #textBytes = 0;
  /** The hash of the key that was looked for last, unless it was found among the recent. */
  #hash = 0;

  /** Makes the store of no keys. */
  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
  }

  /** Makes a store of the parts of one with the same hash key. */
  static ofParts(parts: KeyStoreParts, hashKey: HashKey): KeyStore {
    const store = new KeyStore(hashKey);
    store.#table = SlotTable.ofParts(parts.table);
    store.#marks = NumberColumn.ofParts(parts.marks);
    store.#addresses = NumberColumn.ofParts(parts.addresses);
    store.#numbers = NumberColumn.ofParts(parts.numbers);
    store.#end = parts.end;
    store.#texts = TextArena.ofParts(parts.texts);
    store.#textBytes = parts.textBytes;
    return store;
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): KeyStoreParts {
    return {
      table: this.#table.toParts(),
      marks: this.#marks.toParts(),
      addresses: this.#addresses.toParts(),
      numbers: this.#numbers.toParts(),
      end: this.#end,
      texts: this.#texts.toParts(),
      textBytes: this.#textBytes,
    };
  }

  /** How many keys there are. */
  get size(): number {
    return this.#table.size;
  }

  /** How many bytes their texts have. */
  get textBytes(): number {
    return this.#textBytes;
  }

  /** The slot of a key, or −1. */
  slotOf(number: number, text: string): number {
    const end = encode(text);
    return this.slotOfBytes(number, encoded, 0, end);
  }

  /** The slot of a key whose text is some bytes of UTF-8, or −1. */
  slotOfBytes(number: number, bytes: Uint8Array, start: number, end: number): number {
    const guess = mix(number, bytes, start, end) & this.#recent.length - 1;
    const recent = this.#recent[guess]!;
    if (this.#isAt(recent, number, bytes, start, end)) return recent;
    const hash = this.#hash = halfSipHash(this.#hashKey, number, bytes, start, end);
    const table = this.#table;
    for (let place = table.first(hash); place !== -1; place = table.next(place, hash)) {
      const slot = table.slotAt(place);
      if (!this.#isAt(slot, number, bytes, start, end)) continue;
      if (this.#recent === NO_RECENT) this.#recent = new Int32Array(LEAST_RECENT);
      return this.#recent[guess] = slot;
    }
    return -1;
  }

  /** Gives a slot to a key that has none; the key that had the slot is forgotten. */
  put(slot: number, number: number, text: string): void {
    const end = encode(text);
    this.putBytes(slot, number, encoded, 0, end);
  }

  /** The same for a key whose text is some bytes of well-formed UTF-8. */
  putBytes(slot: number, number: number, bytes: Uint8Array, start: number, end: number): void {
    this.#hash = halfSipHash(this.#hashKey, number, bytes, start, end);
    this.putMissed(slot, number, bytes, start, end);
  }

  /** The same for the key that {@linkcode slotOfBytes} has just looked for in vain. */
  putMissed(slot: number, number: number, bytes: Uint8Array, start: number, end: number): void {
    const hash = this.#hash;
    const before = this.textBytesAt(slot), length = end - start;
    this.remove(slot);
    if (length <= before) this.#texts.write(this.#addresses.at(slot), bytes, start, end);
    else this.#append(slot, bytes, start, end);
    this.#numbers.set(slot, number);
    this.#marks.set(slot, length + 1);
    this.#textBytes += length;
    this.#table.enter(slot, hash);
    this.#end = Math.max(this.#end, slot + 1);
    if (this.size === 2 * LEAST_RECENT) {
      this.#recent = new Int32Array(MOST_RECENT);
    }
  }

  /** Forgets the key of a slot, if it has one. */
  remove(slot: number): void {
    if (!this.has(slot)) return;
    const address = this.#addresses.at(slot), length = this.textBytesAt(slot);
    const start = this.#texts.startOf(address), page = this.#texts.pageOf(address, length);
    const hash = halfSipHash(this.#hashKey, this.numberAt(slot), page, start, start + length);
    this.#table.remove(slot, hash);
    this.#textBytes -= length;
    this.#marks.set(slot, 0);
  }

  /** Whether a slot has a key. */
  has(slot: number): boolean {
    return this.#marks.at(slot) > 0;
  }

  /** The number of a slot's key. */
  numberAt(slot: number): number {
    return this.#numbers.at(slot);
  }

  /** The text of a slot's key. */
  textAt(slot: number): string {
    return this.#texts.textAt(this.#addresses.at(slot), this.textBytesAt(slot));
  }

  /** How many bytes the text of a slot's key has. */
  textBytesAt(slot: number): number {
    return this.#marks.at(slot) - 1;
  }

  /** The slot, in another store, of a slot's key, or −1. */
  slotIn(other: KeyStore, slot: number): number {
    const bytes = this.bytesAt(slot);
    return other.slotOfBytes(this.numberAt(slot), bytes, 0, bytes.length);
  }

  /** Orders keys of two slots, maybe of two stores: by number, then by code point of the text. */
  compare(slot: number, otherSlot: number, other: KeyStore = this): number {
    const order = this.numberAt(slot) - other.numberAt(otherSlot);
    if (order !== 0) return order;
    const [address, length] = [this.#addresses.at(slot), this.textBytesAt(slot)];
    const [otherAddress, otherLength] = [
      other.#addresses.at(otherSlot),
      other.textBytesAt(otherSlot),
    ];
    for (let i = 0; i < length && i < otherLength; i++) {
      // In UTF-8 the order of bytes is that of code points.
      const order = this.#texts.byteAt(address + i) - other.#texts.byteAt(otherAddress + i);
      if (order !== 0) return order;
    }
    return length - otherLength;
  }

  /** The text of a slot's key in UTF-8; good until a key is put. */
  bytesAt(slot: number): Uint8Array<ArrayBuffer> {
    return this.#texts.bytesAt(this.#addresses.at(slot), this.textBytesAt(slot));
  }

  #isAt(slot: number, number: number, bytes: Uint8Array, start: number, end: number): boolean {
    return this.#marks.at(slot) === end - start + 1 && this.#numbers.at(slot) === number &&
      this.#texts.isAt(this.#addresses.at(slot), end - start, bytes, start);
  }

  /** Writes a text behind all others, once they are moved together if an eighth is gone. */
  #append(slot: number, bytes: Uint8Array, start: number, end: number): void {
    if (this.#texts.needsPage(end - start) && this.#textBytes < this.#texts.byteLength * 7 / 8) {
      this.#moveTogether();
    }
    this.#addresses.set(slot, this.#texts.append(bytes, start, end));
  }

  #moveTogether(): void {
    // Each two words are an integer of 64 bits, the address above the slot, as all machines that Deno
    // runs on are little-endian: sorted so, they need no comparator and none of its memory.
    const words = new Uint32Array(2 * this.size);
    let end = 0;
    for (let slot = 0; slot < this.#end; slot++) {
      if (!this.has(slot)) continue;
      words[end++] = slot;
      words[end++] = this.#addresses.at(slot);
    }
    new BigUint64Array(words.buffer).sort();
    this.#texts.restart();
    for (let i = 0; i < words.length; i += 2) {
      const slot = words[i]!, address = words[i + 1]!;
      this.#addresses.set(slot, this.#texts.move(address, this.textBytesAt(slot)));
    }
    // Freed at once; there may be eight megabytes of them.
    words.buffer.transfer(0);
  }
}

/** Where a text is encoded before it is looked for; one is enough, as nothing waits. */
let encoded = new Uint8Array(4096);

/** Encodes a text; tells how many bytes it has. */
function encode(text: string): number {
  if (3 * text.length > encoded.length) encoded = new Uint8Array(3 * text.length);
  return encodeText(text, encoded, 0);
}

/** Mixes what mostly tells keys apart, the number, the length and the last bytes. */
function mix(number: number, bytes: Uint8Array, start: number, end: number): number {
  const last = end - start < 4
    ? end === start ? 0 : bytes[start]! << 8 | bytes[end - 1]!
    : bytes[end - 4]! << 24 | bytes[end - 3]! << 16 | bytes[end - 2]! << 8 | bytes[end - 1]!;
  return Math.imul((number + end - start) ^ last, GOLDEN) >>> 16;
}

/** 2^32 divided by the golden ratio, made odd. */
const GOLDEN = 0x9E3779B1;
