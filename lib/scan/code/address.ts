import { NAME_BYTES } from "../../records/limit_keys.ts";
import type { KeyColumn } from "../../records/key_column.ts";
import type { Code } from "../wasm/code.ts";
import { all, repeatWhile } from "../wasm/control.ts";
import { i32 } from "../wasm/instructions.ts";
import { I32, type Local } from "../wasm/local.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { digitAt } from "./digits.ts";
import { storeKey } from "./key.ts";
import { refuseIf, refuseUnlessBetween } from "./refuse.ts";

const PERCENT = 0x25, MINUS = 0x2D, DOT = 0x2E, SLASH = 0x2F, COLON = 0x3A, UNDERSCORE = 0x5F;
const LOWER_A = 0x61, LETTERS = 26, TO_LOWER = 0x20;
const PORT_DIGITS = 5;

/** The characters that a client has which is taken as it stands. */
export const CLIENT_CHARACTER: RegExp = /[0-9A-Za-z.:%_-]/;

/**
 * Compiles `readAddress(at, row)`, which reads an IPv4 address in dotted decimals into a row. It gives the address
 * behind it, or −1 if there is none.
 *
 * @param column The column of the row.
 */
export function compileAddressReader(column: KeyColumn): FunctionCode {
  return makeFunction("readAddress", ({ param, local }) => {
    const at = param(), row = param(), start = local(I32), part = local(I32);
    return all(takeAddress({ at, start, part }), storeKey(column, row, start.get, at.get), at.get);
  });
}

/**
 * Compiles `readPeer(at, row)`, which reads an IPv4 address with a port, and writes it into a row without the port.
 * It gives the address behind the port, or −1 if there is none.
 *
 * @param column The column of the row.
 */
export function compilePeerReader(column: KeyColumn): FunctionCode {
  return makeFunction("readPeer", ({ param, local }) => {
    const at = param(), row = param(), start = local(I32), part = local(I32), end = local(I32);
    return all(
      takeAddress({ at, start, part }),
      end.set(at.get),
      takeByte(at, COLON),
      takeNumber({ at, part }, PORT_DIGITS),
      storeKey(column, row, start.get, end.get),
      at.get,
    );
  });
}

/**
 * Compiles `readClient(at, row)`, which reads an address or a host name, or a lone `-`, into a row. It gives the
 * address behind it, or −1 if it would be shown in another way: if there is none, if it has a port or is an IPv4
 * address that is mapped into IPv6, or is longer than counts.
 *
 * @param column The column of the row.
 */
export function compileClientReader(column: KeyColumn): FunctionCode {
  return makeFunction("readClient", ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), byte = local(I32), hasDot = local(I32), hasColon = local(I32);
    const isByte = (wanted: number) => i32.eq(byte.get, i32.const(wanted));
    const lower = i32.or(byte.get, i32.const(TO_LOWER));
    const isLetter = i32.ltU(i32.sub(lower, i32.const(LOWER_A)), i32.const(LETTERS));
    // From - to :, which are digits and others.
    const isFigure = i32.and(
      i32.ltU(i32.sub(byte.get, i32.const(MINUS)), i32.const(COLON - MINUS + 1)),
      i32.ne(byte.get, i32.const(SLASH)),
    );
    const isTaken = [isLetter, isByte(PERCENT), isByte(UNDERSCORE)]
      .reduce((one, other) => i32.or(one, other), isFigure);
    return all(
      start.set(at.get),
      repeatWhile(
        all(byte.set(i32.load8U(at.get)), isTaken),
        all(
          hasDot.set(i32.or(hasDot.get, isByte(DOT))),
          hasColon.set(i32.or(hasColon.get, isByte(COLON))),
          at.increase(i32.const(1)),
        ),
      ),
      refuseIf(i32.and(hasDot.get, hasColon.get)),
      refuseUnlessBetween(i32.sub(at.get, start.get), 1, NAME_BYTES),
      storeKey(column, row, start.get, at.get),
      at.get,
    );
  });
}

/** The variables of a function that reads an address. */
interface AddressVariables {
  readonly at: Local;
  /** Where the address begins. */
  readonly start: Local;
  /** Where the number begins that is read. */
  readonly part: Local;
}

function takeAddress({ at, start, part }: AddressVariables): Code {
  const number = takeNumber({ at, part }, 3), point = takeByte(at, DOT);
  return all(start.set(at.get), number, point, number, point, number, point, number);
}

/** Takes a number of one digit or more. */
function takeNumber({ at, part }: Pick<AddressVariables, "at" | "part">, mostDigits: number): Code {
  return all(
    part.set(at.get),
    repeatWhile(i32.ltU(digitAt(at), i32.const(10)), at.increase(i32.const(1))),
    refuseUnlessBetween(i32.sub(at.get, part.get), 1, mostDigits),
  );
}

function takeByte(at: Local, byte: number): Code {
  return all(
    refuseIf(i32.ne(i32.load8U(at.get), i32.const(byte))),
    at.increase(i32.const(1)),
  );
}
