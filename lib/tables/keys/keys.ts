import type { Numbers } from "../number_column.ts";
import type { SlotTableParts } from "./slot_table.ts";
import type { SlotTextsParts } from "./slot_texts.ts";

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

/** The fields of a `KeyStore` as typed arrays, to transfer to another thread. */
export interface KeyStoreParts {
  /** Which slots have which hash. */
  readonly table: SlotTableParts;
  /** Of each slot, its text. */
  readonly texts: SlotTextsParts;
  /** Of each slot, its number. */
  readonly numbers: Numbers;
}

/** The fields of a `NumberStore` as typed arrays, to transfer to another thread. */
export interface NumberStoreParts {
  /** Of each place one more than the slot, or 0; of none until the table is needed. */
  readonly places: Int32Array<ArrayBuffer>;
  /** Whether all slots have a number, and these ascend. */
  readonly isOrdered: boolean;
  /** Of each slot its number, or NaN. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** No slot from here on has had a number. */
  readonly end: number;
  /** How many numbers there are. */
  readonly size: number;
  /** No number is larger. */
  readonly largest: number;
}
