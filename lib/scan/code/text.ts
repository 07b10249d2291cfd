import type { KeyColumn } from "../../records/key_column.ts";
import {
  all,
  call,
  type Code,
  I32,
  i32,
  i8x16,
  repeatWhile,
  returnWith,
  V128,
  v128,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { IS_REGULAR, KEYS_AT, KEYS_BYTES, KEYS_END } from "./reader_memory.ts";
import { NOT_TAKEN } from "./refuse.ts";

const QUOTE = 0x22, BACKSLASH = 0x5C;
const KEYS_LIMIT = KEYS_AT + KEYS_BYTES;

/**
 * Compiles `skipText(at)`, which gives the address of the quote that ends the text at an address, or −1 if it is
 * no text of JSON.
 */
export function compileTextSkipper(): FunctionCode {
  return makeFunction("skipText", ({ param, local }) => {
    const at = param();
    const bytes = local(V128), bits = local(I32), byte = local(I32);
    return all(
      repeatWhile(
        i32.const(1),
        all(
          bytes.set(v128.load(at.get)),
          bits.set(specialBits(bytes.get)),
          when(
            i32.eqz(bits.get),
            at.increase(i32.const(16)),
            all(
              at.increase(i32.ctz(bits.get)),
              byte.set(i32.load8U(at.get)),
              when(i32.eq(byte.get, i32.const(QUOTE)), returnWith(at.get)),
              when(i32.ne(byte.get, i32.const(BACKSLASH)), returnWith(NOT_TAKEN)),
              at.set(call("skipEscape", at.get)),
              when(i32.eq(at.get, NOT_TAKEN), returnWith(NOT_TAKEN)),
            ),
          ),
        ),
      ),
      NOT_TAKEN,
    );
  });
}

/** For each of sixteen bytes a bit: whether it is a quote, a backslash or a control character. */
function specialBits(bytes: Code): Code {
  const splat = (byte: number) => i8x16.splat(i32.const(byte));
  return i8x16.bitmask(v128.or(
    v128.or(i8x16.eq(bytes, splat(QUOTE)), i8x16.eq(bytes, splat(BACKSLASH))),
    i8x16.eq(i8x16.minU(bytes, splat(0x1F)), bytes),
  ));
}

/**
 * Compiles `readKey(start, max, place)`, which reads a text that counts, and writes where it begins and ends to a
 * place of a column, and its mix where its stamp will be. It gives the address of the quote behind the text, or
 * −1 if it is no text of JSON, or an empty one.
 *
 * A text with an escape or a character that is not ASCII is decoded first, behind the keys that were so before.
 * If there is no room for it, or it is no well-formed UTF-8, or a key of more than `max` bytes, the line is
 * irregular.
 *
 * @param column A column as all are.
 */
export function compileKeyReader({ starts, ends, stamps }: KeyColumn): FunctionCode {
  return makeFunction("readKey", ({ param, local }) => {
    const start = param(), max = param(), place = param();
    const at = local(I32), bits = local(I32), isCoded = local(I32), bytes = local(V128);
    const end = local(I32), to = local(I32);
    const fromStarts = (column: Int32Array) => column.byteOffset - starts.byteOffset;
    const lowBits = (count: Code) => i32.sub(i32.shl(i32.const(1), count), i32.const(1));
    const leaveIrregular = all(i32.store(i32.const(IS_REGULAR), i32.const(0)), returnWith(at.get));
    const takeEscapes = all(
      isCoded.set(i32.const(1)),
      at.set(call("skipText", at.get)),
      when(i32.eq(at.get, NOT_TAKEN), returnWith(NOT_TAKEN)),
    );
    const decodeKey = all(
      i32.store(place.get, at.get, fromStarts(ends)),
      to.set(i32.load(i32.const(KEYS_END))),
      when(
        i32.gtU(i32.sub(at.get, start.get), i32.sub(i32.const(KEYS_LIMIT), to.get)),
        leaveIrregular,
      ),
      end.set(call("unescape", start.get, at.get, to.get)),
      when(i32.eqz(end.get), leaveIrregular),
      when(i32.gtU(i32.sub(end.get, to.get), max.get), leaveIrregular),
      i32.store(i32.const(KEYS_END), end.get),
      start.set(to.get),
    );
    return all(
      i32.store(place.get, start.get),
      at.set(start.get),
      repeatWhile(
        i32.eqz(all(bytes.set(v128.load(at.get)), bits.tee(specialBits(bytes.get)))),
        all(
          isCoded.set(i32.or(isCoded.get, i8x16.bitmask(bytes.get))),
          at.increase(i32.const(16)),
        ),
      ),
      bits.set(i32.ctz(bits.get)),
      isCoded.set(i32.or(isCoded.get, i32.and(i8x16.bitmask(bytes.get), lowBits(bits.get)))),
      at.increase(bits.get),
      when(i32.ne(i32.load8U(at.get), i32.const(QUOTE)), takeEscapes),
      end.set(at.get),
      // In some formats it is as if there were none.
      when(i32.eq(end.get, start.get), returnWith(NOT_TAKEN)),
      when(isCoded.get, decodeKey),
      i32.store(place.get, start.get),
      i32.store(place.get, end.get, fromStarts(ends)),
      when(i32.gtU(i32.sub(end.get, start.get), max.get), leaveIrregular),
      i32.store(place.get, call("mixKey", start.get, end.get), fromStarts(stamps)),
      at.get,
    );
  });
}

/**
 * Compiles a function of `(at, row)` that reads a text that counts into a row. It gives the address of the quote
 * behind the text, or −1 if it is no text of JSON.
 *
 * @param name The name of the function.
 * @param maxBytes How many bytes the text may have.
 * @param column The column of the row.
 */
export function compileTextReader(
  name: string,
  maxBytes: number,
  { starts }: KeyColumn,
): FunctionCode {
  return makeFunction(name, ({ param }) => {
    const at = param(), row = param();
    const place = i32.add(i32.shl(row.get, i32.const(2)), i32.const(starts.byteOffset));
    return call("readKey", at.get, i32.const(maxBytes), place);
  });
}
