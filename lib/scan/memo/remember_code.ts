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
  clear,
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
      i32.less(probes.get, i32.of(MOST_PROBES)),
      all(
        place.set(i32.and(place.get, i32.load(i32.of(MEMO_MASK)))),
        when(i32.not(i32.load(placeAt(place), PLACE_KEY)), all(write, leaveWith(i32.of(0)))),
        place.increase(i32.of(1)),
        probes.increase(i32.of(1)),
      ),
    ),
    // All are taken: the first is the least to be looked for.
    place.set(i32.and(mixed.get, i32.load(i32.of(MEMO_MASK)))),
    write,
    i32.of(0),
  );
  return makeFunction(1, [I32, I32, I32], body);
}

/** How many bytes a key takes in the memo, so that the next begins at a multiple of 16. */
function bytesOfKey(lengthAndKind: Code): Code {
  const length = i32.shiftRight(lengthAndKind, i32.of(KIND_BITS));
  return i32.and(i32.add(length, i32.of(BYTES + 15)), i32.of(-16));
}

/** Makes room for a key: `MAKE_ROOM`. */
export function makeRoom(): FunctionCode {
  const bytes = new Local(0), key = new Local(1), mask = new Local(2);
  const setMask = (value: Code) =>
    all(
      mask.set(value),
      i32.store(i32.of(MEMO_MASK), mask.get),
      clear(
        i32.of(TABLE_AT),
        i32.multiply(i32.add(mask.get, i32.of(1)), i32.of(PLACE_BYTES)),
      ),
    );
  const size = i32.load(i32.of(MEMO_SIZE)), end = i32.load(i32.of(MEMO_END));
  const isFull = i32.or(
    i32.greater(i32.add(end, bytes.get), i32.of(MEMO_AT + MEMO_BYTES)),
    i32.greater(size, i32.of(MOST_PLACES / 2 - 1)),
  );
  const body = all(
    mask.set(i32.load(i32.of(MEMO_MASK))),
    when(
      isFull,
      all(
        setMask(mask.get),
        i32.store(i32.of(MEMO_END), i32.of(MEMO_AT)),
        i32.store(i32.of(MEMO_SIZE), i32.of(0)),
        leaveWith(i32.of(0)),
      ),
    ),
    when(
      i32.greater(i32.add(i32.multiply(size, i32.of(2)), i32.of(1)), mask.get),
      all(
        setMask(
          i32.or(
            i32.add(i32.multiply(mask.get, i32.of(2)), i32.of(1)),
            i32.of(LEAST_PLACES - 1),
          ),
        ),
        key.set(i32.of(MEMO_AT)),
        repeatWhile(
          i32.less(key.get, end),
          all(
            mask.set(call(ENTER_KEY, key.get)),
            key.increase(bytesOfKey(i32.load(key.get, LENGTH_AND_KIND))),
          ),
        ),
      ),
    ),
    i32.of(0),
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
    key.set(i32.load(i32.of(MEMO_END))),
    i32.store(i32.of(MEMO_END), i32.add(key.get, bytes.get)),
    i32.store(i32.of(MEMO_SIZE), i32.add(i32.load(i32.of(MEMO_SIZE)), i32.of(1))),
    i32.store(key.get, lengthAndKind.get, LENGTH_AND_KIND),
    i32.store(key.get, mixed.get, MIX),
    repeatWhile(
      i32.less(at.get, i32.subtract(bytes.get, i32.of(BYTES))),
      all(
        i8x16.store(i32.add(key.get, at.get), i8x16.load(i32.add(start.get, at.get)), BYTES),
        at.increase(i32.of(16)),
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
          i32.shiftLeft(i32.load(miss.get, of(missed)), i32.of(2)),
        )),
        // One below 0 is none.
        when(
          i32.not(i32.shiftRight(slot, i32.of(31))),
          all(
            start.set(i32.load(row.get)),
            known.set(lengthAndKind(start.get, i32.load(row.get, of(ends)), kind.get)),
            mixed.set(call(MIX_KEY, start.get, i32.load(row.get, of(ends)))),
            key.set(call(FIND_KEY, start.get, mixed.get, known.get)),
            when(
              i32.not(key.get),
              key.set(call(APPEND_KEY, start.get, mixed.get, known.get)),
            ),
            i32.store(key.get, slot, SLOT),
            i32.store(key.get, i32.load(row.get, of(stamps)), STAMP),
          ),
        ),
        miss.increase(i32.of(4)),
        left.increase(i32.of(-1)),
      ),
    ),
    i32.of(0),
  );
  const locals = [I32, I32, I32, I32, I32, I32];
  return { ...makeFunction(3, locals, body), name: "remember" };
}
