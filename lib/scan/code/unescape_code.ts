import {
  all,
  call,
  type Code,
  I32,
  i32,
  Local,
  repeatWhile,
  returnWith,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/module.ts";
import { COPY_CHARACTER, UNIT_AT, WRITE_CODE } from "./function_indexes.ts";

const BACKSLASH = 0x5C, REPLACEMENT = 0xFFFD;
const UNICODE_ESCAPE = "u".charCodeAt(0);
/** Escapes that do not stand for what is behind their backslash. */
const CONTROLS = Object.entries({ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" });
const FAILED = i32.const(0);

/** The code unit of an escape at an address: `UNIT_AT`. */
export function unitAt(): FunctionCode {
  const at = new Local(0), digit = new Local(1), unit = new Local(2);
  // Letters have a bit that digits have not.
  const ofLetter = i32.mul(i32.shrU(digit.get, i32.const(6)), i32.const(9));
  const value = i32.add(i32.and(digit.get, i32.const(0xF)), ofLetter);
  const digits = [2, 3, 4, 5].map((place) =>
    all(
      digit.set(i32.load8U(at.get, place)),
      unit.set(i32.or(i32.shl(unit.get, i32.const(4)), value)),
    )
  );
  return makeFunction(1, [I32, I32], all(...digits, unit.get));
}

/**
 * Copies a character that is not ASCII from an address to another: `COPY_CHARACTER` gives how many bytes it
 * has, or 0 if it is none (Unicode 16.0, table 3-7).
 */
export function copyCharacter(): FunctionCode {
  const from = new Local(0), to = new Local(1), byte = new Local(2);
  const code = new Local(3), more = new Local(4), place = new Local(5);
  // What fewer bytes could say is not said in more.
  const least = i32.shl(
    i32.const(1),
    i32.add(i32.mul(more.get, i32.const(5)), i32.const(1)),
  );
  const body = all(
    byte.set(i32.load8U(from.get)),
    failIf(i32.gtU(i32.sub(byte.get, i32.const(0xC2)), i32.const(0xF4 - 0xC2))),
    more.set(bytesMore(byte.get, [0xDF, 0xEF])),
    code.set(i32.and(byte.get, i32.shrU(i32.const(0x3F), more.get))),
    i32.store8(to.get, byte.get),
    repeatWhile(
      i32.ltU(place.get, more.get),
      all(
        place.increase(i32.const(1)),
        byte.set(i32.load8U(i32.add(from.get, place.get))),
        failIf(i32.ne(i32.and(byte.get, i32.const(0xC0)), i32.const(0x80))),
        code.set(
          i32.or(i32.shl(code.get, i32.const(6)), i32.and(byte.get, i32.const(0x3F))),
        ),
        i32.store8(i32.add(to.get, place.get), byte.get),
      ),
    ),
    failIf(i32.ltU(code.get, least)),
    failIf(i32.gtU(code.get, i32.const(0x10FFFF))),
    failIf(isSurrogate(code.get)),
    i32.add(more.get, i32.const(1)),
  );
  return makeFunction(2, [I32, I32, I32, I32], body);
}

/** Writes a code point in UTF-8 to an address: `WRITE_CODE` gives where it ends. */
export function writeCode(): FunctionCode {
  const code = new Local(0), to = new Local(1), more = new Local(2), shift = new Local(3);
  const lead = i32.and(
    i32.shrU(i32.const(0xF00), i32.add(more.get, i32.const(1))),
    i32.const(0xFF),
  );
  const body = all(
    when(
      i32.ltU(code.get, i32.const(0x80)),
      all(i32.store8(to.get, code.get), returnWith(i32.add(to.get, i32.const(1)))),
    ),
    more.set(bytesMore(code.get, [0x7FF, 0xFFFF])),
    shift.set(i32.mul(more.get, i32.const(6))),
    i32.store8(to.get, i32.or(lead, i32.shrU(code.get, shift.get))),
    repeatWhile(
      shift.get,
      all(
        shift.increase(i32.const(-6)),
        to.increase(i32.const(1)),
        i32.store8(
          to.get,
          i32.or(i32.const(0x80), i32.and(i32.shrU(code.get, shift.get), i32.const(0x3F))),
        ),
      ),
    ),
    i32.add(to.get, i32.const(1)),
  );
  return makeFunction(2, [I32, I32], body);
}

/**
 * Writes what the text of a JSON string stands for, which stands between two addresses, to another: escapes
 * become what they mean, half a surrogate pair becomes U+FFFD. It never has more bytes than the text.
 * `UNESCAPE` gives where it ends, or 0 if the text is no well-formed UTF-8.
 */
export function unescape(): FunctionCode {
  const at = new Local(0), end = new Local(1), to = new Local(2);
  const byte = new Local(3), code = new Local(4), low = new Local(5);
  const fromSurrogates = (unit: Code, first: number) => i32.sub(unit, i32.const(first));
  const isPair = i32.and(
    i32.ltU(fromSurrogates(code.get, 0xD800), i32.const(0x400)),
    i32.ltU(fromSurrogates(low.get, 0xDC00), i32.const(0x400)),
  );
  const pair = i32.add(
    i32.add(i32.shl(fromSurrogates(code.get, 0xD800), i32.const(10)), i32.const(0x10000)),
    fromSurrogates(low.get, 0xDC00),
  );
  const takePair = all(
    low.set(i32.const(0)),
    when(
      i32.eq(i32.load16U(at.get), i32.const(UNICODE_ESCAPE << 8 | BACKSLASH)),
      low.set(call(UNIT_AT, at.get)),
    ),
    when(isPair, all(code.set(pair), at.increase(i32.const(6))), code.set(i32.const(REPLACEMENT))),
  );
  const takeUnit = all(
    code.set(call(UNIT_AT, at.get)),
    at.increase(i32.const(6)),
    when(isSurrogate(code.get), takePair),
    to.set(call(WRITE_CODE, code.get, to.get)),
  );
  const takeOther = all(
    ...CONTROLS.map(([letter, control]) =>
      when(
        i32.eq(byte.get, i32.const(letter.charCodeAt(0))),
        code.set(i32.const(control.charCodeAt(0))),
      )
    ),
    i32.store8(to.get, code.get),
    to.increase(i32.const(1)),
    at.increase(i32.const(2)),
  );
  const takeEscape = all(
    byte.set(i32.load8U(at.get, 1)),
    code.set(byte.get),
    when(i32.eq(byte.get, i32.const(UNICODE_ESCAPE)), takeUnit, takeOther),
  );
  const takeCharacter = all(
    byte.set(call(COPY_CHARACTER, at.get, to.get)),
    failIf(i32.eqz(byte.get)),
    at.increase(byte.get),
    to.increase(byte.get),
  );
  const takeAscii = all(
    i32.store8(to.get, byte.get),
    to.increase(i32.const(1)),
    at.increase(i32.const(1)),
  );
  const body = all(
    repeatWhile(
      i32.ltU(at.get, end.get),
      all(
        byte.set(i32.load8U(at.get)),
        when(
          i32.gtU(byte.get, i32.const(0x7F)),
          takeCharacter,
          when(i32.eq(byte.get, i32.const(BACKSLASH)), takeEscape, takeAscii),
        ),
      ),
    ),
    to.get,
  );
  return makeFunction(3, [I32, I32, I32], body);
}

function failIf(condition: Code): Code {
  return when(condition, returnWith(FAILED));
}

function isSurrogate(code: Code): Code {
  return i32.ltU(i32.sub(code, i32.const(0xD800)), i32.const(0x800));
}

/** 1, and one more for each of some numbers that a value is above. */
function bytesMore(value: Code, above: readonly number[]): Code {
  return above.map((limit) => i32.gtU(value, i32.const(limit)))
    .reduce((sum, one) => i32.add(sum, one), i32.const(1));
}
