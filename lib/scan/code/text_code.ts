import type { KeyColumn } from "../../records/key_column.ts";
import {
  all,
  call,
  type Code,
  I32,
  i32,
  i8x16,
  Local,
  repeatWhile,
  returnWith,
  V128,
  v128,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/module.ts";
import { MIX_KEY, READ_KEY, SKIP_ESCAPE, SKIP_TEXT, UNESCAPE } from "./function_indexes.ts";
import { IS_PLAIN, KEYS_AT, KEYS_BYTES, KEYS_END } from "./reader_memory.ts";

const QUOTE = 0x22, BACKSLASH = 0x5C;
const NOT_TAKEN = i32.const(-1);
const KEYS_LIMIT = KEYS_AT + KEYS_BYTES;

/** Goes over a text: `SKIP_TEXT`. */
export function skipText(): FunctionCode {
  const at = new Local(0), bytes = new Local(1), bits = new Local(2), byte = new Local(3);
  const body = all(
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
            at.set(call(SKIP_ESCAPE, at.get)),
            when(i32.eq(at.get, NOT_TAKEN), returnWith(NOT_TAKEN)),
          ),
        ),
      ),
    ),
    NOT_TAKEN,
  );
  return makeFunction(1, [V128, I32, I32], body);
}

/** Goes over an escape (RFC 8259, section 7): `SKIP_ESCAPE`. */
export function skipEscape(): FunctionCode {
  const at = new Local(0), byte = new Local(1);
  const isHex = (byte: Code) => {
    const digit = i32.ltU(i32.sub(byte, i32.const(0x30)), i32.const(10));
    const letter = i32.sub(i32.or(byte, i32.const(0x20)), i32.const(0x61));
    return i32.or(digit, i32.ltU(letter, i32.const(6)));
  };
  const body = all(
    byte.set(i32.load8U(at.get, 1)),
    ...[...'"\\/bfnrt'].map((letter) =>
      when(
        i32.eq(byte.get, i32.const(letter.charCodeAt(0))),
        returnWith(i32.add(at.get, i32.const(2))),
      )
    ),
    when(i32.ne(byte.get, i32.const("u".charCodeAt(0))), returnWith(NOT_TAKEN)),
    ...[2, 3, 4, 5].map((place) =>
      when(i32.eqz(isHex(i32.load8U(at.get, place))), returnWith(NOT_TAKEN))
    ),
    i32.add(at.get, i32.const(6)),
  );
  return makeFunction(1, [I32], body);
}

/** Of sixteen bytes, a bit for each that is a quote, a backslash or a control character. */
function specialBits(bytes: Code): Code {
  return i8x16.bitmask(v128.or(
    v128.or(
      i8x16.eq(bytes, i8x16.splat(i32.const(QUOTE))),
      i8x16.eq(bytes, i8x16.splat(i32.const(BACKSLASH))),
    ),
    i8x16.eq(i8x16.minU(bytes, i8x16.splat(i32.const(0x1F))), bytes),
  ));
}

/**
 * Reads a text that counts: `READ_KEY`. If its bytes are not what counts, that is written elsewhere; the line is
 * not plain if this cannot be, or the key is too long. Its mix is written where its stamp will be.
 */
export function readKey({ starts, ends, stamps }: KeyColumn): FunctionCode {
  const [start, most, place] = [new Local(0), new Local(1), new Local(2)];
  const [at, bits, isOdd, bytes] = [new Local(3), new Local(4), new Local(5), new Local(6)];
  const [end, to] = [new Local(7), new Local(8)];
  const fromStarts = (column: Int32Array) => column.byteOffset - starts.byteOffset;
  const lowBits = (count: Code) => i32.sub(i32.shl(i32.const(1), count), i32.const(1));
  const leaveOdd = all(i32.store(i32.const(IS_PLAIN), i32.const(0)), returnWith(at.get));
  const takeEscapes = all(
    isOdd.set(i32.const(1)),
    at.set(call(SKIP_TEXT, at.get)),
    when(i32.eq(at.get, NOT_TAKEN), returnWith(NOT_TAKEN)),
  );
  const moveKey = all(
    i32.store(place.get, at.get, fromStarts(ends)),
    to.set(i32.load(i32.const(KEYS_END))),
    when(
      i32.gtU(i32.sub(at.get, start.get), i32.sub(i32.const(KEYS_LIMIT), to.get)),
      leaveOdd,
    ),
    end.set(call(UNESCAPE, start.get, at.get, to.get)),
    when(i32.eqz(end.get), leaveOdd),
    when(i32.gtU(i32.sub(end.get, to.get), most.get), leaveOdd),
    i32.store(i32.const(KEYS_END), end.get),
    start.set(to.get),
  );
  const body = all(
    i32.store(place.get, start.get),
    at.set(start.get),
    repeatWhile(
      i32.eqz(all(bytes.set(v128.load(at.get)), bits.tee(specialBits(bytes.get)))),
      all(
        isOdd.set(i32.or(isOdd.get, i8x16.bitmask(bytes.get))),
        at.increase(i32.const(16)),
      ),
    ),
    bits.set(i32.ctz(bits.get)),
    isOdd.set(i32.or(isOdd.get, i32.and(i8x16.bitmask(bytes.get), lowBits(bits.get)))),
    at.increase(bits.get),
    when(i32.ne(i32.load8U(at.get), i32.const(QUOTE)), takeEscapes),
    end.set(at.get),
    when(isOdd.get, moveKey),
    i32.store(place.get, start.get),
    i32.store(place.get, end.get, fromStarts(ends)),
    when(i32.gtU(i32.sub(end.get, start.get), most.get), leaveOdd),
    i32.store(place.get, call(MIX_KEY, start.get, end.get), fromStarts(stamps)),
    at.get,
  );
  return makeFunction(3, [I32, I32, I32, V128, I32, I32], body);
}

/** Reads a text that counts into a column. */
export function readText(mostBytes: number, { starts }: KeyColumn): FunctionCode {
  const at = new Local(0), row = new Local(1);
  const place = i32.add(i32.shl(row.get, i32.const(2)), i32.const(starts.byteOffset));
  return makeFunction(
    2,
    [],
    call(READ_KEY, at.get, i32.const(mostBytes), place),
  );
}

/** Goes over a text that does not count. */
export function readOtherText(): FunctionCode {
  return makeFunction(2, [], call(SKIP_TEXT, new Local(0).get));
}
