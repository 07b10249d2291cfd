import { type KeyColumn, UNCOUNTED } from "../../records/key_column.ts";
import { FIND_KEY, IS_KEY } from "../code/function_indexes.ts";
import { MEMO_MASK, ONES_AT, TABLE_AT } from "../code/reader_memory.ts";
import {
  all,
  call,
  type Code,
  I32,
  i32,
  Local,
  repeatWhile,
  returnWith,
  v128,
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
  return i32.or(i32.shl(i32.sub(end, start), i32.const(KIND_BITS)), kind);
}

/** Where a place of the table is. */
export function placeAt(place: Local): Code {
  return i32.add(i32.mul(place.get, i32.const(PLACE_BYTES)), i32.const(TABLE_AT));
}

/** Compares a key with one of the memo: `IS_KEY`. */
export function isKey(): FunctionCode {
  const key = new Local(0), at = new Local(1), lengthAndKind = new Local(2), left = new Local(3);
  const difference = v128.xor(v128.load(at.get), v128.load(key.get, BYTES));
  const ones = v128.load(i32.sub(i32.const(ONES_AT + 16), left.get));
  const body = all(
    when(
      i32.ne(i32.load(key.get, LENGTH_AND_KIND), lengthAndKind.get),
      returnWith(i32.const(0)),
    ),
    left.set(i32.shrU(lengthAndKind.get, i32.const(KIND_BITS))),
    repeatWhile(
      i32.gtU(left.get, i32.const(15)),
      all(
        when(v128.anyTrue(difference), returnWith(i32.const(0))),
        key.increase(i32.const(16)),
        at.increase(i32.const(16)),
        left.increase(i32.const(-16)),
      ),
    ),
    i32.eqz(v128.anyTrue(v128.and(difference, ones))),
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
      i32.ltU(probes.get, i32.const(MOST_PROBES)),
      all(
        place.set(i32.and(place.get, i32.load(i32.const(MEMO_MASK)))),
        key.set(i32.load(placeAt(place), PLACE_KEY)),
        when(i32.eqz(key.get), returnWith(i32.const(0))),
        when(
          i32.eq(i32.load(placeAt(place), PLACE_MIX), mixed.get),
          when(call(IS_KEY, key.get, start.get, lengthAndKind.get), returnWith(key.get)),
        ),
        place.increase(i32.const(1)),
        probes.increase(i32.const(1)),
      ),
    ),
    i32.const(0),
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
  const next = all(row.increase(i32.const(4)), left.increase(i32.const(-1)));
  const start = i32.load(row.get), end = i32.load(row.get, of(ends));
  const body = all(
    left.set(rows.get),
    repeatWhile(
      left.get,
      all(
        place.set(i32.and(i32.load(row.get, of(stamps)), i32.load(i32.const(MEMO_MASK)))),
        i32.store(row.get, i32.load(placeAt(place), PLACE_KEY), of(slots)),
        next,
      ),
    ),
    left.set(rows.get),
    row.set(i32.sub(row.get, i32.shl(rows.get, i32.const(2)))),
    repeatWhile(
      left.get,
      all(
        key.set(i32.load(row.get, of(slots))),
        mixed.set(i32.load(row.get, of(stamps))),
        when(
          key.get,
          when(
            i32.eqz(call(IS_KEY, key.get, start, lengthAndKind(start, end, kind.get))),
            key.set(call(FIND_KEY, start, mixed.get, lengthAndKind(start, end, kind.get))),
          ),
        ),
        when(
          key.get,
          all(
            i32.store(row.get, i32.load(key.get, SLOT), of(slots)),
            i32.store(row.get, i32.load(key.get, STAMP), of(stamps)),
          ),
          i32.store(row.get, i32.const(UNCOUNTED), of(slots)),
        ),
        next,
      ),
    ),
    i32.const(0),
  );
  return { ...makeFunction(3, [I32, I32, I32, I32], body), name: "recall" };
}
