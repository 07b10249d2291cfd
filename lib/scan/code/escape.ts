import {
  all,
  call,
  type Code,
  I32,
  i32,
  repeatWhile,
  returnWith,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { NOT_TAKEN } from "./refuse.ts";
import { isSurrogate } from "./utf8.ts";

const BACKSLASH = 0x5C, REPLACEMENT = 0xFFFD;
const UNICODE_ESCAPE = "u".charCodeAt(0);
/** Escapes that do not stand for what is behind their backslash. */
const CONTROLS = Object.entries({ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" });
const FAILED = i32.const(0);

/**
 * Compiles `skipEscape(at)`, which gives the address behind the escape at an address, or −1 if JSON has no such
 * escape (RFC 8259, section 7).
 */
export function compileEscapeSkipper(): FunctionCode {
  return makeFunction("skipEscape", ({ param, local }) => {
    const at = param(), byte = local(I32);
    const isHex = (byte: Code) => {
      const digit = i32.ltU(i32.sub(byte, i32.const(0x30)), i32.const(10));
      const letter = i32.sub(i32.or(byte, i32.const(0x20)), i32.const(0x61));
      return i32.or(digit, i32.ltU(letter, i32.const(6)));
    };
    return all(
      byte.set(i32.load8U(at.get, 1)),
      ...[...'"\\/bfnrt'].map((letter) =>
        when(
          i32.eq(byte.get, i32.const(letter.charCodeAt(0))),
          returnWith(i32.add(at.get, i32.const(2))),
        )
      ),
      when(i32.ne(byte.get, i32.const(UNICODE_ESCAPE)), returnWith(NOT_TAKEN)),
      ...[2, 3, 4, 5].map((place) =>
        when(i32.eqz(isHex(i32.load8U(at.get, place))), returnWith(NOT_TAKEN))
      ),
      i32.add(at.get, i32.const(6)),
    );
  });
}

/**
 * Compiles `readCodeUnit(at)`, which gives the code unit that an escape at an address stands for: `\u` and four
 * hexadecimal digits.
 */
export function compileCodeUnitReader(): FunctionCode {
  return makeFunction("readCodeUnit", ({ param, local }) => {
    const at = param(), digit = local(I32), unit = local(I32);
    // Letters have a bit that digits have not.
    const ofLetter = i32.mul(i32.shrU(digit.get, i32.const(6)), i32.const(9));
    const value = i32.add(i32.and(digit.get, i32.const(0xF)), ofLetter);
    const digits = [2, 3, 4, 5].map((place) =>
      all(
        digit.set(i32.load8U(at.get, place)),
        unit.set(i32.or(i32.shl(unit.get, i32.const(4)), value)),
      )
    );
    return all(...digits, unit.get);
  });
}

/**
 * Compiles `unescape(at, end, to)`, which decodes the text of a JSON string between two addresses and writes it to
 * another: escapes become what they stand for, half a surrogate pair becomes U+FFFD. It gives the address behind
 * what it wrote, which never has more bytes than the text, or 0 if the text is no well-formed UTF-8.
 */
export function compileUnescaper(): FunctionCode {
  return makeFunction("unescape", ({ param, local }) => {
    const at = param(), end = param(), to = param();
    const byte = local(I32), code = local(I32), low = local(I32);
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
        low.set(call("readCodeUnit", at.get)),
      ),
      when(
        isPair,
        all(code.set(pair), at.increase(i32.const(6))),
        code.set(i32.const(REPLACEMENT)),
      ),
    );
    const takeUnit = all(
      code.set(call("readCodeUnit", at.get)),
      at.increase(i32.const(6)),
      when(isSurrogate(code.get), takePair),
      to.set(call("writeCodePoint", code.get, to.get)),
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
      byte.set(call("copyCharacter", at.get, to.get)),
      when(i32.eqz(byte.get), returnWith(FAILED)),
      at.increase(byte.get),
      to.increase(byte.get),
    );
    const takeAscii = all(
      i32.store8(to.get, byte.get),
      to.increase(i32.const(1)),
      at.increase(i32.const(1)),
    );
    return all(
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
  });
}
