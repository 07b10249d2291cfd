/**
 * How the memo is laid out in memory.
 *
 * @module
 */

import { TABLE_AT } from "../code/reader_memory.ts";
import { type Code, i32, type Local } from "../wasm/instructions.ts";

/** Offsets in a key of the memo: its slot, its stamp, its length and kind, its mix, and its bytes. */
export const SLOT = 0, STAMP = 4, LENGTH_AND_KIND = 8, MIX = 12, BYTES = 16;
/** Offsets in a place of the table: the mix of a key, and the address of the key, or 0. */
export const PLACE_MIX = 0, PLACE_KEY = 4;
/** How many bytes a place has. */
export const PLACE_BYTES = 8;
/** How many places are probed at most for a key: anybody can find many keys that have the same mix. */
export const MAX_PROBES = 8;
/** How many bits the kind of a key has. */
export const KIND_BITS = 2;

/** The length and the kind of a key in one integer, of the addresses at which it begins and ends. */
export function lengthAndKind(start: Code, end: Code, kind: Code): Code {
  return i32.or(i32.shl(i32.sub(end, start), i32.const(KIND_BITS)), kind);
}

/** The address of a place of the table. */
export function placeAt(place: Local): Code {
  return i32.add(i32.mul(place.get, i32.const(PLACE_BYTES)), i32.const(TABLE_AT));
}
