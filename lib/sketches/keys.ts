import type { KeyStoreParts } from "./key_store.ts";
import type { NumberStoreParts } from "./number_store_state.ts";

/** Remembers which key has which slot, and which slot which key. A key is a number and a text. */
export interface Keys {
  /** How many keys there are. */
  readonly size: number;
  /** The slot of a key, or −1. */
  slotOf(number: number, text: string): number;
  /** The slot of a key whose text is some bytes of UTF-8, or −1. */
  slotOfBytes(number: number, bytes: Uint8Array, start: number, end: number): number;
  /** Gives a slot to a key that has none; the key that had the slot is forgotten. */
  put(slot: number, number: number, text: string): void;
  /** The same for the key that {@linkcode Keys.slotOfBytes} has just looked for in vain. */
  putMissed(slot: number, number: number, bytes: Uint8Array, start: number, end: number): void;
  /** Forgets the key of a slot, if it has one. */
  remove(slot: number): void;
  /** The same for many slots. */
  removeAll(slots: readonly number[]): void;
  /** The slot, among other keys of the same kind, of a slot's key, or −1. */
  slotIn(other: Keys, slot: number): number;
  /** Gives a slot of other keys of the same kind, which do not have it, to a slot's key. */
  putIn(other: Keys, otherSlot: number, slot: number): void;
  /** The number of a slot's key. */
  numberAt(slot: number): number;
  /** The text of a slot's key. */
  textAt(slot: number): string;
  /** The text of a slot's key in UTF-8; good until a key is put. */
  bytesAt(slot: number): Uint8Array<ArrayBuffer>;
  /** Orders keys of two slots, maybe of others of the same kind: by number, then by code point of the text. */
  compare(slot: number, otherSlot: number, other?: Keys): number;
  /** What they are made of, to be taken over by another thread; they are of no use afterwards. */
  toParts(): KeyStoreParts | NumberStoreParts;
  /** The slots of all keys, in the order of {@linkcode Keys.compare}. */
  sorted(): Uint32Array<ArrayBuffer>;
}
