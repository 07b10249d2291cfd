import type { KeyColumn } from "../../records/key_column.ts";
import {
  MAX_PLACES,
  MEMO_AT,
  MEMO_BYTES,
  MEMO_END,
  MEMO_MASK,
  MEMO_SIZE,
  TABLE_AT,
} from "../code/reader_memory.ts";
import {
  all,
  call,
  type Code,
  fillWithZeros,
  I32,
  i32,
  repeatWhile,
  returnWith,
  v128,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import {
  BYTES,
  KIND_BITS,
  LENGTH_AND_KIND,
  lengthAndKind,
  MAX_PROBES,
  MIX,
  PLACE_BYTES,
  PLACE_KEY,
  PLACE_MIX,
  placeAt,
  SLOT,
  STAMP,
} from "./table.ts";

/** How many places the table has when there are few keys. */
const MIN_PLACES = 1024;

/** Compiles `insertKey(key)`, which puts a key of the memo into the table. */
export function compileKeyInserter(): FunctionCode {
  return makeFunction("insertKey", ({ param, local }) => {
    const key = param(), place = local(I32), probes = local(I32), mixed = local(I32);
    const write = all(
      i32.store(placeAt(place), mixed.get, PLACE_MIX),
      i32.store(placeAt(place), key.get, PLACE_KEY),
    );
    return all(
      mixed.set(i32.load(key.get, MIX)),
      place.set(mixed.get),
      repeatWhile(
        i32.ltU(probes.get, i32.const(MAX_PROBES)),
        all(
          place.set(i32.and(place.get, i32.load(i32.const(MEMO_MASK)))),
          when(
            i32.eqz(i32.load(placeAt(place), PLACE_KEY)),
            all(write, returnWith(i32.const(0))),
          ),
          place.increase(i32.const(1)),
          probes.increase(i32.const(1)),
        ),
      ),
      // All places are taken: the key evicts that of the first place, where it will be found soonest.
      place.set(i32.and(mixed.get, i32.load(i32.const(MEMO_MASK)))),
      write,
      i32.const(0),
    );
  });
}

/** How many bytes a key takes in the memo: the next begins at a multiple of 16. */
function bytesOfKey(lengthAndKind: Code): Code {
  const length = i32.shrU(lengthAndKind, i32.const(KIND_BITS));
  return i32.and(i32.add(length, i32.const(BYTES + 15)), i32.const(-16));
}

/**
 * Compiles `makeRoom(bytes)`, which makes room for a key that takes `bytes` bytes: if the memo is full it evicts all
 * keys, and if the table is half full it doubles the table and inserts all keys again.
 */
export function compileRoomMaker(): FunctionCode {
  return makeFunction("makeRoom", ({ param, local }) => {
    const bytes = param(), key = local(I32), mask = local(I32);
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
      i32.gtU(size, i32.const(MAX_PLACES / 2 - 1)),
    );
    return all(
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
              i32.const(MIN_PLACES - 1),
            ),
          ),
          key.set(i32.const(MEMO_AT)),
          repeatWhile(
            i32.ltU(key.get, end),
            all(
              mask.set(call("insertKey", key.get)),
              key.increase(bytesOfKey(i32.load(key.get, LENGTH_AND_KIND))),
            ),
          ),
        ),
      ),
      i32.const(0),
    );
  });
}

/**
 * Compiles `appendKey(start, mixed, lengthAndKind)`, which copies the key that begins at an address behind all
 * others of the memo, and inserts it into the table. It gives the address of the copy.
 */
export function compileKeyAppender(): FunctionCode {
  return makeFunction("appendKey", ({ param, local }) => {
    const start = param(), mixed = param(), lengthAndKind = param();
    const key = local(I32), bytes = local(I32), at = local(I32);
    return all(
      bytes.set(bytesOfKey(lengthAndKind.get)),
      key.set(call("makeRoom", bytes.get)),
      key.set(i32.load(i32.const(MEMO_END))),
      i32.store(i32.const(MEMO_END), i32.add(key.get, bytes.get)),
      i32.store(
        i32.const(MEMO_SIZE),
        i32.add(i32.load(i32.const(MEMO_SIZE)), i32.const(1)),
      ),
      i32.store(key.get, lengthAndKind.get, LENGTH_AND_KIND),
      i32.store(key.get, mixed.get, MIX),
      repeatWhile(
        i32.ltU(at.get, i32.sub(bytes.get, i32.const(BYTES))),
        all(
          v128.store(
            i32.add(key.get, at.get),
            v128.load(i32.add(start.get, at.get)),
            BYTES,
          ),
          at.increase(i32.const(16)),
        ),
      ),
      at.set(call("insertKey", key.get)),
      key.get,
    );
  });
}

/**
 * Compiles `remember(kind, first, left)`, which remembers the slot and the stamp of each key of a kind that was
 * missed: the first `left` in `missed` of a column that starts at the address `first`.
 *
 * @param column A column as all are.
 */
export function compileRemember(
  { starts, ends, slots, stamps, missed }: KeyColumn,
): FunctionCode {
  return makeFunction("remember", ({ param, local }) => {
    const kind = param(), first = param(), left = param();
    const row = local(I32), start = local(I32), mixed = local(I32), known = local(I32);
    const key = local(I32), miss = local(I32);
    const of = (column: Int32Array) => column.byteOffset - starts.byteOffset;
    const slot = i32.load(row.get, of(slots));
    return all(
      miss.set(first.get),
      repeatWhile(
        left.get,
        all(
          row.set(i32.add(
            first.get,
            i32.shl(i32.load(miss.get, of(missed)), i32.const(2)),
          )),
          // A negative slot is none.
          when(
            i32.eqz(i32.shrU(slot, i32.const(31))),
            all(
              start.set(i32.load(row.get)),
              known.set(lengthAndKind(start.get, i32.load(row.get, of(ends)), kind.get)),
              mixed.set(call("mixKey", start.get, i32.load(row.get, of(ends)))),
              key.set(call("findKey", start.get, mixed.get, known.get)),
              when(
                i32.eqz(key.get),
                key.set(call("appendKey", start.get, mixed.get, known.get)),
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
  });
}
