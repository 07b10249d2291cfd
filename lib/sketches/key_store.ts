import { halfSipHash, type HashKey } from "./half_sip_hash.ts";
import { NumberColumn } from "./number_column.ts";
import { TextArena } from "./text_arena.ts";

const FREE = -1;
const SMALLEST = 64;
/** So few that keys chosen to collide in a Map, whose hash is not all seeded, cost little. */
const MOST_RECENT = 256;

/**
 * Remembers which key has which slot, and which slot which key. A key is a number and a text, both
 * from outside; nobody who does not know the hash key can make them collide. A text is well-formed,
 * and at most 128 KiB of UTF-8.
 *
 * Memory: 8 to 16 bytes a slot for the table, 8 to 20 for what is known of the slot, and its text in
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
  /** An open table of slots, probed one by one. */
  #table = new Int32Array(2 * SMALLEST).fill(FREE);
  #size = 0;
  // Of each slot: one more than the length of its key's text, 0 if it has no key; where the text is;
  // the key's hash and number.
  readonly #marks = new NumberColumn();
  readonly #addresses = new NumberColumn();
  readonly #numbers = new NumberColumn();
  #hashes = new Int32Array(SMALLEST);
  readonly #texts = new TextArena();
  /** Of the number that was looked for last, the slots of keys, as long as they are few. */
  #recent: Map<string, number> | undefined;
  #recentNumber = NaN;
  #textBytes = 0;

  /** Makes the store of no keys. */
  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
  }

  /** How many keys there are. */
  get size(): number {
    return this.#size;
  }

  /** How many bytes their texts have. */
  get textBytes(): number {
    return this.#textBytes;
  }

  /** The slot of a key, or −1. */
  slotOf(number: number, text: string): number {
    if (number === this.#recentNumber) {
      const slot = this.#recent?.get(text);
      if (slot !== undefined) return slot;
    }
    const end = encode(text);
    const slot = this.#find(halfSipHash(this.#hashKey, number, encoded, 0, end), number, end);
    if (slot !== -1) this.#remember(number, text, slot);
    return slot;
  }

  /** Gives a slot to a key that has none; the key that had the slot is forgotten. */
  put(slot: number, number: number, text: string): void {
    const end = encode(text);
    const hash = halfSipHash(this.#hashKey, number, encoded, 0, end);
    const before = this.#marks.at(slot) - 1;
    this.remove(slot);
    if (2 * this.#size >= this.#table.length) this.#rebuildTable(2 * this.#table.length);
    if (end <= before) this.#texts.write(this.#addresses.at(slot), encoded, 0, end);
    else this.#append(slot, end);
    if (slot >= this.#hashes.length) this.#reserveHashes(slot);
    this.#hashes[slot] = hash;
    this.#numbers.set(slot, number);
    this.#marks.set(slot, end + 1);
    this.#textBytes += end;
    this.#enter(slot);
    this.#size++;
  }

  /** Forgets the key of a slot, if it has one. */
  remove(slot: number): void {
    const mark = this.#marks.at(slot);
    if (mark === 0) return;
    this.#recent = undefined;
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
    this.#marks.set(slot, 0);
    this.#size--;
    this.#textBytes -= mark - 1;
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
    const end = copy(this.#bytesAt(slot));
    const number = this.numberAt(slot);
    return other.#find(halfSipHash(other.#hashKey, number, encoded, 0, end), number, end);
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

  /** Remembers a slot that was found, to find it sooner: most logs have few clients in a window. */
  #remember(number: number, text: string, slot: number): void {
    if (number !== this.#recentNumber) {
      this.#recentNumber = number;
      this.#recent?.clear();
      this.#recent ??= new Map();
    } else if (this.#recent?.size === MOST_RECENT) {
      this.#recent = undefined;
    } else {
      this.#recent?.set(text, slot);
    }
  }

  /** The slot of a key whose text is encoded, or −1. */
  #find(hash: number, number: number, end: number): number {
    const mask = this.#table.length - 1;
    for (let at = hash & mask;; at = (at + 1) & mask) {
      const slot = this.#table[at]!;
      if (
        slot === FREE ||
        this.#hashes[slot] === hash && this.#numbers.at(slot) === number &&
          this.#marks.at(slot) === end + 1 &&
          this.#texts.isAt(this.#addresses.at(slot), end, encoded, 0)
      ) return slot;
    }
  }

  #bytesAt(slot: number): Uint8Array<ArrayBuffer> {
    return this.#texts.bytesAt(this.#addresses.at(slot), this.textBytesAt(slot));
  }

  /** Writes what is encoded behind all texts, once they are moved together if an eighth is gone. */
  #append(slot: number, end: number): void {
    if (this.#texts.needsPage(end) && this.#textBytes < this.#texts.byteLength * 7 / 8) {
      this.#moveTogether();
    }
    this.#addresses.set(slot, this.#texts.append(encoded, 0, end));
  }

  #moveTogether(): void {
    // Each two words are an integer of 64 bits, the address above the slot, as all machines that Deno
    // runs on are little-endian: sorted so, they need no comparator and none of its memory.
    const words = new Uint32Array(2 * this.#size);
    let end = 0;
    for (let slot = 0; slot < this.#hashes.length; slot++) {
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

  #enter(slot: number): void {
    const mask = this.#table.length - 1;
    let at = this.#hashes[slot]! & mask;
    while (this.#table[at] !== FREE) at = (at + 1) & mask;
    this.#table[at] = slot;
  }

  #rebuildTable(length: number): void {
    // Moved, not made anew, so that the old bytes are not left to the garbage collector.
    this.#table = new Int32Array(this.#table.buffer.transfer(4 * length)).fill(FREE);
    for (let slot = 0; slot < this.#hashes.length; slot++) if (this.has(slot)) this.#enter(slot);
  }

  #reserveHashes(slot: number): void {
    const length = Math.max(slot + 1, Math.ceil(1.5 * this.#hashes.length));
    this.#hashes = new Int32Array(this.#hashes.buffer.transfer(4 * length));
  }
}

const ENCODER = new TextEncoder();
/** Where the text of a key is encoded before it is looked for; one is enough, as nothing waits. */
let encoded = new Uint8Array(4096);

/** Encodes a text; tells how many bytes it has. */
function encode(text: string): number {
  const { length } = text;
  if (3 * length > encoded.length) encoded = new Uint8Array(3 * length);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return ENCODER.encodeInto(text, encoded).written;
    encoded[i] = unit;
  }
  return length;
}

function copy(bytes: Uint8Array): number {
  if (bytes.length > encoded.length) encoded = new Uint8Array(bytes.length);
  encoded.set(bytes);
  return bytes.length;
}
