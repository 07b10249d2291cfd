import { type KeyColumn, UNCOUNTED } from "../../records/key_column.ts";
import { FIND_KEY, IS_KEY } from "../code/function_indexes.ts";
import { MEMO_MASK, ONES_AT, TABLE_AT } from "../code/reader_memory.ts";
import {
  all,
  call,
  type Code,
  I32,
  i32,
  i8x16,
  leaveWith,
  Local,
  repeatWhile,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/module.ts";

/** Of a key in the memo: its slot, its stamp, its length and kind, its mix, and its bytes. */
export const SLOT = 0, STAMP = 4, LENGTH_AND_KIND = 8, MIX = 12, BYTES = 16;
/** Of a place of the table: the mix of a key, and where the key is, or 0. */
export const PLACE_MIX = 0, PLACE_KEY = 4, PLACE_BYTES = 8;
/** Keys are looked for at so many places: anybody can find many that have the same mix. */
export const MOST_PROBES = 8;
/** How many bits a kind of keys has. */
export const KIND_BITS = 2;

/** What tells a key besides its bytes. */
export function lengthAndKind(start: Code, end: Code, kind: Code): Code {
  return i32.or(i32.shiftLeft(i32.subtract(end, start), i32.of(KIND_BITS)), kind);
}

/** Where a place of the table is. */
export function placeAt(place: Local): Code {
  return i32.add(i32.multiply(place.get, i32.of(PLACE_BYTES)), i32.of(TABLE_AT));
}

/** Compares a key with one of the memo: `IS_KEY`. */
export function isKey(): FunctionCode {
  const key = new Local(0), at = new Local(1), lengthAndKind = new Local(2), left = new Local(3);
  const difference = i8x16.xor(i8x16.load(at.get), i8x16.load(key.get, BYTES));
  const ones = i8x16.load(i32.subtract(i32.of(ONES_AT + 16), left.get));
  const body = all(
    when(
      i32.differ(i32.load(key.get, LENGTH_AND_KIND), lengthAndKind.get),
      leaveWith(i32.of(0)),
    ),
    left.set(i32.shiftRight(lengthAndKind.get, i32.of(KIND_BITS))),
    repeatWhile(
      i32.greater(left.get, i32.of(15)),
      all(
        when(i8x16.isAny(difference), leaveWith(i32.of(0))),
        key.increase(i32.of(16)),
        at.increase(i32.of(16)),
        left.increase(i32.of(-16)),
      ),
    ),
    i32.not(i8x16.isAny(i8x16.and(difference, ones))),
  );
  return makeFunction(3, [I32], body);
}

/** Looks for a key: `FIND_KEY`. */
export function findKey(): FunctionCode {
  const start = new Local(0), mixed = new Local(1), lengthAndKind = new Local(2);
  const place = new Local(3), key = new Local(4), probes = new Local(5);
  const body = all(
    place.set(mixed.get),
    repeatWhile(
      i32.less(probes.get, i32.of(MOST_PROBES)),
      all(
        place.set(i32.and(place.get, i32.load(i32.of(MEMO_MASK)))),
        key.set(i32.load(placeAt(place), PLACE_KEY)),
        when(i32.not(key.get), leaveWith(i32.of(0))),
        when(
          i32.equal(i32.load(placeAt(place), PLACE_MIX), mixed.get),
          when(call(IS_KEY, key.get, start.get, lengthAndKind.get), leaveWith(key.get)),
        ),
        place.increase(i32.of(1)),
        probes.increase(i32.of(1)),
      ),
    ),
    i32.of(0),
  );
  return makeFunction(3, [I32, I32, I32], body);
}

/**
 * Writes what is known of the keys of a kind into their column, from a start on, of so many rows.
 *
 * It goes over the rows twice, first over places and then over keys: so the processor need not wait for one
 * after the other to come from memory.
 */
export function recall({ starts, ends, slots, stamps }: KeyColumn): FunctionCode {
  const kind = new Local(0), row = new Local(1), rows = new Local(2);
  const left = new Local(3), place = new Local(4), mixed = new Local(5), key = new Local(6);
  const of = (column: Int32Array) => column.byteOffset - starts.byteOffset;
  const next = all(row.increase(i32.of(4)), left.increase(i32.of(-1)));
  const start = i32.load(row.get), end = i32.load(row.get, of(ends));
  const body = all(
    left.set(rows.get),
    repeatWhile(
      left.get,
      all(
        place.set(i32.and(i32.load(row.get, of(stamps)), i32.load(i32.of(MEMO_MASK)))),
        i32.store(row.get, i32.load(placeAt(place), PLACE_KEY), of(slots)),
        next,
      ),
    ),
    left.set(rows.get),
    row.set(i32.subtract(row.get, i32.shiftLeft(rows.get, i32.of(2)))),
    repeatWhile(
      left.get,
      all(
        key.set(i32.load(row.get, of(slots))),
        mixed.set(i32.load(row.get, of(stamps))),
        when(
          key.get,
          when(
            i32.not(call(IS_KEY, key.get, start, lengthAndKind(start, end, kind.get))),
            key.set(call(FIND_KEY, start, mixed.get, lengthAndKind(start, end, kind.get))),
          ),
        ),
        when(
          key.get,
          all(
            i32.store(row.get, i32.load(key.get, SLOT), of(slots)),
            i32.store(row.get, i32.load(key.get, STAMP), of(stamps)),
          ),
          i32.store(row.get, i32.of(UNCOUNTED), of(slots)),
        ),
        next,
      ),
    ),
    i32.of(0),
  );
  return { ...makeFunction(3, [I32, I32, I32, I32], body), name: "recall" };
}
