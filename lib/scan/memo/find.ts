import { type KeyColumn, UNCOUNTED } from "../../records/key_column.ts";
import { MEMO_MASK, ONES_AT } from "../code/reader_memory.ts";
import { all, call, I32, i32, repeatWhile, returnWith, v128, when } from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import {
  BYTES,
  KIND_BITS,
  LENGTH_AND_KIND,
  lengthAndKind,
  MAX_PROBES,
  PLACE_KEY,
  PLACE_MIX,
  placeAt,
  SLOT,
  STAMP,
} from "./table.ts";

/** Compiles `isKey(key, at, lengthAndKind)`: whether a key of the memo is the key that is at an address. */
export function compileKeyTest(): FunctionCode {
  return makeFunction("isKey", ({ param, local }) => {
    const key = param(), at = param(), lengthAndKind = param(), left = local(I32);
    const difference = v128.xor(v128.load(at.get), v128.load(key.get, BYTES));
    const ones = v128.load(i32.sub(i32.const(ONES_AT + 16), left.get));
    return all(
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
  });
}

/**
 * Compiles `findKey(start, mixed, lengthAndKind)`, which probes the table for the key that begins at an address. It
 * gives the address of the key in the memo, or 0.
 */
export function compileKeyFinder(): FunctionCode {
  return makeFunction("findKey", ({ param, local }) => {
    const start = param(), mixed = param(), lengthAndKind = param();
    const place = local(I32), key = local(I32), probes = local(I32);
    return all(
      place.set(mixed.get),
      repeatWhile(
        i32.ltU(probes.get, i32.const(MAX_PROBES)),
        all(
          place.set(i32.and(place.get, i32.load(i32.const(MEMO_MASK)))),
          key.set(i32.load(placeAt(place), PLACE_KEY)),
          when(i32.eqz(key.get), returnWith(i32.const(0))),
          when(
            i32.eq(i32.load(placeAt(place), PLACE_MIX), mixed.get),
            when(call("isKey", key.get, start.get, lengthAndKind.get), returnWith(key.get)),
          ),
          place.increase(i32.const(1)),
          probes.increase(i32.const(1)),
        ),
      ),
      i32.const(0),
    );
  });
}

/**
 * Compiles `recall(kind, row, rows)`, which writes the slot and the stamp of each key of a kind that the memo knows,
 * into the first `rows` rows of a column that starts at the address `row`. A key that it does not know is uncounted.
 *
 * It goes over the rows twice: first it loads a place of the table for each row, and then the keys of these
 * places. So the processor need not wait for one key to come from memory before it asks for the next.
 *
 * @param column A column as all are.
 */
export function compileRecall({ starts, ends, slots, stamps }: KeyColumn): FunctionCode {
  return makeFunction("recall", ({ param, local }) => {
    const kind = param(), row = param(), rows = param();
    const left = local(I32), place = local(I32), mixed = local(I32), key = local(I32);
    const of = (column: Int32Array) => column.byteOffset - starts.byteOffset;
    const next = all(row.increase(i32.const(4)), left.increase(i32.const(-1)));
    const start = i32.load(row.get), end = i32.load(row.get, of(ends));
    return all(
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
              i32.eqz(call("isKey", key.get, start, lengthAndKind(start, end, kind.get))),
              key.set(call("findKey", start, mixed.get, lengthAndKind(start, end, kind.get))),
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
  });
}
