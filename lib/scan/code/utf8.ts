import { all, type Code, I32, i32, repeatWhile, returnWith, when } from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";

const FAILED = i32.const(0);

/**
 * Compiles `copyCharacter(from, to)`, which copies a character that is not ASCII from an address to another. It
 * gives how many bytes the character has, or 0 if it is no well-formed UTF-8 (Unicode 16.0, table 3-7).
 */
export function compileCharacterCopier(): FunctionCode {
  return makeFunction("copyCharacter", ({ param, local }) => {
    const from = param(), to = param();
    const byte = local(I32), code = local(I32), more = local(I32), place = local(I32);
    // What fewer bytes could say is not said in more.
    const least = i32.shl(
      i32.const(1),
      i32.add(i32.mul(more.get, i32.const(5)), i32.const(1)),
    );
    return all(
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
  });
}

/**
 * Compiles `writeCodePoint(code, to)`, which writes a code point in UTF-8 to an address. It gives the address
 * behind it.
 */
export function compileCodePointWriter(): FunctionCode {
  return makeFunction("writeCodePoint", ({ param, local }) => {
    const code = param(), to = param(), more = local(I32), shift = local(I32);
    const lead = i32.and(
      i32.shrU(i32.const(0xF00), i32.add(more.get, i32.const(1))),
      i32.const(0xFF),
    );
    return all(
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
  });
}

/** Whether a code point is a surrogate. */
export function isSurrogate(code: Code): Code {
  return i32.ltU(i32.sub(code, i32.const(0xD800)), i32.const(0x800));
}

function failIf(condition: Code): Code {
  return when(condition, returnWith(FAILED));
}

/** How many bytes follow the first: 1, and one more for each of the limits that a value is above. */
function bytesMore(value: Code, limits: readonly number[]): Code {
  return limits.map((limit) => i32.gtU(value, i32.const(limit)))
    .reduce((sum, one) => i32.add(sum, one), i32.const(1));
}
