import type { KeyColumn } from "../../records/key_column.ts";
import { APPEND_KEY, ENTER_KEY, FIND_KEY, MAKE_ROOM, MIX_KEY } from "../code/function_indexes.ts";
import {
  MEMO_AT,
  MEMO_BYTES,
  MEMO_END,
  MEMO_MASK,
  MEMO_SIZE,
  MOST_PLACES,
  TABLE_AT,
} from "../code/reader_memory.ts";
import {
  all,
  call,
  type Code,
  fillWithZeros,
  I32,
  i32,
  Local,
  repeatWhile,
  returnWith,
  v128,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/module.ts";
import {
  BYTES,
  KIND_BITS,
  LENGTH_AND_KIND,
  lengthAndKind,
  MIX,
  MOST_PROBES,
  PLACE_BYTES,
  PLACE_KEY,
  PLACE_MIX,
  placeAt,
  SLOT,
  STAMP,
} from "./memo_code.ts";

/** The table has so many places at first. */
const LEAST_PLACES = 1024;

/** Puts a key into the table: `ENTER_KEY`. */
export function enterKey(): FunctionCode {
  const key = new Local(0), place = new Local(1), probes = new Local(2), mixed = new Local(3);
  const write = all(
    i32.store(placeAt(place), mixed.get, PLACE_MIX),
    i32.store(placeAt(place), key.get, PLACE_KEY),
  );
  const body = all(
    mixed.set(i32.load(key.get, MIX)),
    place.set(mixed.get),
    repeatWhile(
      i32.ltU(probes.get, i32.const(MOST_PROBES)),
      all(
        place.set(i32.and(place.get, i32.load(i32.const(MEMO_MASK)))),
        when(i32.eqz(i32.load(placeAt(place), PLACE_KEY)), all(write, returnWith(i32.const(0)))),
        place.increase(i32.const(1)),
        probes.increase(i32.const(1)),
      ),
    ),
    // All are taken: the first is the least to be looked for.
    place.set(i32.and(mixed.get, i32.load(i32.const(MEMO_MASK)))),
    write,
    i32.const(0),
  );
  return makeFunction(1, [I32, I32, I32], body);
}

/** How many bytes a key takes in the memo, so that the next begins at a multiple of 16. */
function bytesOfKey(lengthAndKind: Code): Code {
  const length = i32.shrU(lengthAndKind, i32.const(KIND_BITS));
  return i32.and(i32.add(length, i32.const(BYTES + 15)), i32.const(-16));
}

/** Makes room for a key: `MAKE_ROOM`. */
export function makeRoom(): FunctionCode {
  const bytes = new Local(0), key = new Local(1), mask = new Local(2);
  const setMask = (value: Code) =>
    all(
      mask.set(value),
      i32.store(i32.const(MEMO_MASK), mask.get),
      fillWithZeros(
        i32.const(TABLE_AT),
        i32.mul(i32.add(mask.get, i32.const(1)), i32.const(PLACE_BYTES)),
      ),
    );
  const size = i32.load(i32.const(MEMO_SIZE)), end = i32.load(i32.const(MEMO_END));
  const isFull = i32.or(
    i32.gtU(i32.add(end, bytes.get), i32.const(MEMO_AT + MEMO_BYTES)),
    i32.gtU(size, i32.const(MOST_PLACES / 2 - 1)),
  );
  const body = all(
    mask.set(i32.load(i32.const(MEMO_MASK))),
    when(
      isFull,
      all(
        setMask(mask.get),
        i32.store(i32.const(MEMO_END), i32.const(MEMO_AT)),
        i32.store(i32.const(MEMO_SIZE), i32.const(0)),
        returnWith(i32.const(0)),
      ),
    ),
    when(
      i32.gtU(i32.add(i32.mul(size, i32.const(2)), i32.const(1)), mask.get),
      all(
        setMask(
          i32.or(
            i32.add(i32.mul(mask.get, i32.const(2)), i32.const(1)),
            i32.const(LEAST_PLACES - 1),
          ),
        ),
        key.set(i32.const(MEMO_AT)),
        repeatWhile(
          i32.ltU(key.get, end),
          all(
            mask.set(call(ENTER_KEY, key.get)),
            key.increase(bytesOfKey(i32.load(key.get, LENGTH_AND_KIND))),
          ),
        ),
      ),
    ),
    i32.const(0),
  );
  return makeFunction(1, [I32, I32], body);
}

/** Writes a key behind the others: `APPEND_KEY`. */
export function appendKey(): FunctionCode {
  const start = new Local(0), mixed = new Local(1), lengthAndKind = new Local(2);
  const key = new Local(3), bytes = new Local(4), at = new Local(5);
  const body = all(
    bytes.set(bytesOfKey(lengthAndKind.get)),
    key.set(call(MAKE_ROOM, bytes.get)),
    key.set(i32.load(i32.const(MEMO_END))),
    i32.store(i32.const(MEMO_END), i32.add(key.get, bytes.get)),
    i32.store(i32.const(MEMO_SIZE), i32.add(i32.load(i32.const(MEMO_SIZE)), i32.const(1))),
    i32.store(key.get, lengthAndKind.get, LENGTH_AND_KIND),
    i32.store(key.get, mixed.get, MIX),
    repeatWhile(
      i32.ltU(at.get, i32.sub(bytes.get, i32.const(BYTES))),
      all(
        v128.store(i32.add(key.get, at.get), v128.load(i32.add(start.get, at.get)), BYTES),
        at.increase(i32.const(16)),
      ),
    ),
    at.set(call(ENTER_KEY, key.get)),
    key.get,
  );
  return makeFunction(3, [I32, I32, I32], body);
}

/**
 * Remembers which slots keys of a kind have now that had to be looked for, in a column from a start on: those
 * of so many rows.
 */
export function remember({ starts, ends, slots, stamps, missed }: KeyColumn): FunctionCode {
  const kind = new Local(0), first = new Local(1), left = new Local(2);
  const row = new Local(3), start = new Local(4), mixed = new Local(5), known = new Local(6);
  const key = new Local(7), miss = new Local(8);
  const of = (column: Int32Array) => column.byteOffset - starts.byteOffset;
  const slot = i32.load(row.get, of(slots));
  const body = all(
    miss.set(first.get),
    repeatWhile(
      left.get,
      all(
        row.set(i32.add(
          first.get,
          i32.shl(i32.load(miss.get, of(missed)), i32.const(2)),
        )),
        // One below 0 is none.
        when(
          i32.eqz(i32.shrU(slot, i32.const(31))),
          all(
            start.set(i32.load(row.get)),
            known.set(lengthAndKind(start.get, i32.load(row.get, of(ends)), kind.get)),
            mixed.set(call(MIX_KEY, start.get, i32.load(row.get, of(ends)))),
            key.set(call(FIND_KEY, start.get, mixed.get, known.get)),
            when(
              i32.eqz(key.get),
              key.set(call(APPEND_KEY, start.get, mixed.get, known.get)),
            ),
            i32.store(key.get, slot, SLOT),
            i32.store(key.get, i32.load(row.get, of(stamps)), STAMP),
          ),
        ),
        miss.increase(i32.const(4)),
        left.increase(i32.const(-1)),
      ),
    ),
    i32.const(0),
  );
  const locals = [I32, I32, I32, I32, I32, I32];
  return { ...makeFunction(3, locals, body), name: "remember" };
}
