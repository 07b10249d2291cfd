import { longerBuffer } from "../buffers.ts";
import { TextArena, type TextArenaParts } from "./text_arena.ts";

const SMALLEST = 8;

/** The fields of a `SlotTexts` as typed arrays, to transfer to another thread. */
export interface SlotTextsParts {
  /** For each slot, the address of its text, and one more than its length, or 0. */
  readonly places: Uint32Array<ArrayBuffer>;
  /** One more than the last slot that has had a text. */
  readonly end: number;
  /** The texts. */
  readonly texts: TextArenaParts;
  /** How many bytes the texts have. */
  readonly textBytes: number;
}

/**
 * The texts of slots, integers from 0 on, as UTF-8. A text is well-formed, and at most 128 KiB.
 *
 * Memory: 8 to 12 bytes a slot, and its text. No text is an object, as there may be millions, and texts
 * that come and go are no garbage to collect.
 *
 * @example A slot changes hands
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SlotTexts } from "./slot_texts.ts";
 *
 * const texts = new SlotTexts();
 * const bytes = new TextEncoder().encode("oldnew");
 * texts.put(7, bytes, 0, 3);
 * texts.remove(7);
 * assertEquals(texts.has(7), false);
 * texts.put(7, bytes, 3, 6);
 * assertEquals([texts.textAt(7), texts.lengthAt(7), texts.byteLength], ["new", 3, 3]);
 * ```
 */
export class SlotTexts {
  /** For each slot, the address of its text, and one more than its length, or 0 if it has none. */
  #places = new Uint32Array(2 * SMALLEST);
  #end = 0;
  #texts = new TextArena();
  #byteLength = 0;

  /** Makes texts of the fields of others. */
  static ofParts(parts: SlotTextsParts): SlotTexts {
    const texts = new SlotTexts();
    texts.#places = parts.places;
    texts.#end = parts.end;
    texts.#texts = TextArena.ofParts(parts.texts);
    texts.#byteLength = parts.textBytes;
    return texts;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): SlotTextsParts {
    return {
      places: this.#places,
      end: this.#end,
      texts: this.#texts.toParts(),
      textBytes: this.#byteLength,
    };
  }

  /** One more than the last slot that has had a text. */
  get end(): number {
    return this.#end;
  }

  /** How many bytes the texts have. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** Whether a slot has a text. */
  has(slot: number): boolean {
    return slot < this.#end && this.#places[2 * slot + 1]! > 0;
  }

  /** How many bytes a slot's text has; −1 if there is none. */
  lengthAt(slot: number): number {
    return slot < this.#end ? this.#places[2 * slot + 1]! - 1 : -1;
  }

  /** Whether a slot's text equals `bytes` from `start` to `end`. */
  isAt(slot: number, bytes: Uint8Array, start: number, end: number): boolean {
    return this.lengthAt(slot) === end - start &&
      this.#texts.isAt(this.#addressOf(slot), end - start, bytes, start);
  }

  /** Gives a slot that has no text one: `bytes` from `start` to `end`, well-formed UTF-8. */
  put(slot: number, bytes: Uint8Array, start: number, end: number): void {
    this.#place(slot, this.#append(bytes, start, end), end - start);
  }

  /** Replaces the text of a slot that has one. */
  replace(slot: number, bytes: Uint8Array, start: number, end: number): void {
    const length = this.lengthAt(slot);
    this.remove(slot);
    if (end - start > length) return this.put(slot, bytes, start, end);
    const address = this.#addressOf(slot);
    this.#texts.write(address, bytes, start, end);
    this.#place(slot, address, end - start);
  }

  /** Forgets the text of a slot that has one. */
  remove(slot: number): void {
    this.#byteLength -= this.lengthAt(slot);
    this.#places[2 * slot + 1] = 0;
  }

  /** A slot's text. */
  textAt(slot: number): string {
    return this.#texts.textAt(this.#addressOf(slot), this.lengthAt(slot));
  }

  /** The page that has a slot's text, from {@linkcode startOf} on; valid until a text is put. */
  bytesOf(slot: number): Uint8Array<ArrayBuffer> {
    return this.#texts.pageOf(this.#addressOf(slot), this.lengthAt(slot));
  }

  /** A view of that page, to read several bytes at a time. */
  viewOf(slot: number): DataView {
    return this.#texts.viewOf(this.#addressOf(slot), this.lengthAt(slot));
  }

  /** Where a slot's text begins on its page. */
  startOf(slot: number): number {
    return this.#texts.startOf(this.#addressOf(slot));
  }

  /** Compares the texts of two slots, maybe of two instances, by code point. */
  compare(slot: number, otherSlot: number, other: SlotTexts): number {
    const length = this.lengthAt(slot), otherLength = other.lengthAt(otherSlot);
    const shorter = Math.min(length, otherLength);
    const view = this.viewOf(slot), otherView = other.viewOf(otherSlot);
    let at = this.startOf(slot), otherAt = other.startOf(otherSlot);
    const end = at + shorter, lastWord = end - 4;
    // The order of code points is that of their UTF-8 bytes, and that of big-endian words of these.
    for (; at <= lastWord; at += 4, otherAt += 4) {
      const order = view.getUint32(at) - otherView.getUint32(otherAt);
      if (order !== 0) return order;
    }
    for (; at < end; at++, otherAt++) {
      const order = view.getUint8(at) - otherView.getUint8(otherAt);
      if (order !== 0) return order;
    }
    return length - otherLength;
  }

  #addressOf(slot: number): number {
    return this.#places[2 * slot]!;
  }

  #reach(slot: number): void {
    this.#end = slot + 1;
    const { buffer, length } = this.#places;
    if (2 * this.#end <= length) return;
    const slots = Math.max(this.#end, Math.ceil(0.75 * length));
    this.#places = new Uint32Array(longerBuffer(buffer, 8 * slots));
  }

  #place(slot: number, address: number, length: number): void {
    if (slot >= this.#end) this.#reach(slot);
    this.#places[2 * slot] = address;
    this.#places[2 * slot + 1] = length + 1;
    this.#byteLength += length;
  }

  /** Appends a text; first compacts the arena, if it needs a page and an eighth of it is unused. */
  #append(bytes: Uint8Array, start: number, end: number): number {
    if (this.#texts.needsPage(end - start) && this.#byteLength < this.#texts.byteLength * 7 / 8) {
      this.#moveTogether();
    }
    return this.#texts.append(bytes, start, end);
  }

  #moveTogether(): void {
    // Each two words are an integer of 64 bits, the address above the slot, as all machines that Deno
    // runs on are little-endian. Sorting these integers needs no comparator, and none of its memory.
    const words = new Uint32Array(2 * this.#end);
    let end = 0;
    for (let slot = 0; slot < this.#end; slot++) {
      if (!this.has(slot)) continue;
      words[end++] = slot;
      words[end++] = this.#addressOf(slot);
    }
    new BigUint64Array(words.buffer, 0, end / 2).sort();
    this.#texts.restart();
    for (let i = 0; i < end; i += 2) {
      const slot = words[i]!, address = words[i + 1]!;
      this.#places[2 * slot] = this.#texts.move(address, this.lengthAt(slot));
    }
    // Freed at once; there may be eight megabytes of them.
    words.buffer.transfer(0);
  }
}
