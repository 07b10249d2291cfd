import type { Code } from "../wasm/code.ts";
import { all, returnWith, when } from "../wasm/control.ts";
import { i32 } from "../wasm/instructions.ts";
import { I32 } from "../wasm/local.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";

const NOT_TAKEN = i32.const(-1);

/**
 * Compiles `readStatus(at, row)`, which reads a status of three digits, the first of which is not 0, into a row.
 * It gives the address behind the status, or −1 if it takes none.
 *
 * @param codes The column of statuses.
 */
export function compileStatusReader(codes: Uint16Array): FunctionCode {
  return makeFunction("readStatus", ({ param, local }) => {
    const at = param(), row = param(), word = local(I32);
    // Digits are 0x30 to 0x39; with six added to them they are still below 0x40.
    const isDigits = (word: Code) =>
      i32.eq(i32.and(word, i32.const(0xF0F0F0)), i32.const(0x303030));
    const digit = (place: number) =>
      i32.and(i32.shrU(word.get, i32.const(8 * place)), i32.const(0xF));
    const hundreds = i32.mul(digit(0), i32.const(100)), tens = i32.mul(digit(1), i32.const(10));
    return all(
      word.set(i32.load(at.get)),
      when(i32.eqz(isDigits(word.get)), returnWith(NOT_TAKEN)),
      when(i32.eqz(isDigits(i32.add(word.get, i32.const(0x060606)))), returnWith(NOT_TAKEN)),
      when(i32.eqz(digit(0)), returnWith(NOT_TAKEN)),
      i32.store16(
        i32.shl(row.get, i32.const(1)),
        i32.add(i32.add(hundreds, tens), digit(2)),
        codes.byteOffset,
      ),
      i32.add(at.get, i32.const(3)),
    );
  });
}
