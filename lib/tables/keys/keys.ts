import type { Numbers } from "../number_column.ts";
import type { SlotTableParts } from "./slot_table.ts";
import type { SlotTextsParts } from "./slot_texts.ts";

/** Maps keys to slots, and slots to keys. A key is a number and a text. */
export interface Keys {
  /** How many keys there are. */
  readonly size: number;
  /** The slot of a key, or −1. */
  slotOf(number: number, text: string): number;
  /** The slot of a key whose text is given as UTF-8, `bytes` from `start` to `end`, or −1. */
  slotOfBytes(number: number, bytes: Uint8Array, start: number, end: number): number;
  /** Gives a slot to a new key, and forgets the key that had it. */
  put(slot: number, number: number, text: string): void;
  /** Like {@linkcode Keys.put}, for the key that {@linkcode Keys.slotOfBytes} has just looked up in vain. */
  putMissed(slot: number, number: number, bytes: Uint8Array, start: number, end: number): void;
  /** Forgets the key of a slot, if it has one. */
  remove(slot: number): void;
  /** Forgets the keys of many slots. */
  removeAll(slots: readonly number[]): void;
  /** For each slot from 0 on, the slot of its key among other keys of the same kind, or −1. */
  slotsIn(other: Keys): Int32Array<ArrayBuffer>;
  /** Gives `otherSlot` of other keys of the same kind to the key of `slot`, which is new there. */
  putIn(other: Keys, otherSlot: number, slot: number): void;
  /** The number of a slot's key. */
  numberAt(slot: number): number;
  /** The text of a slot's key. */
  textAt(slot: number): string;
  /** The text of a slot's key in UTF-8; valid until a key is put. */
  bytesAt(slot: number): Uint8Array<ArrayBuffer>;
  /** Compares the keys of two slots, maybe of others of the same kind: by number, then by code point. */
  compare(slot: number, otherSlot: number, other?: Keys): number;
  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): KeyStoreParts | NumberStoreParts;
  /** The slots of all keys, in the order of {@linkcode Keys.compare}. */
  sorted(): Uint32Array<ArrayBuffer>;
}

/** The fields of a `KeyStore` as typed arrays, to transfer to another thread. */
export interface KeyStoreParts {
  /** The hash table of the slots. */
  readonly table: SlotTableParts;
  /** For each slot, its text. */
  readonly texts: SlotTextsParts;
  /** For each slot, its number. */
  readonly numbers: Numbers;
}

/** The fields of a `NumberStore` as typed arrays, to transfer to another thread. */
export interface NumberStoreParts {
  /** The hash table: at each place one more than the slot, or 0. Empty until it is needed. */
  readonly places: Int32Array<ArrayBuffer>;
  /** Whether all slots have a number, and the numbers ascend. */
  readonly isOrdered: boolean;
  /** For each slot, its number, or NaN. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** One more than the last slot that has had a number. */
  readonly end: number;
  /** How many numbers there are. */
  readonly size: number;
  /** No number is larger. */
  readonly largest: number;
}
