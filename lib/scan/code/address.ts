import type { KeyColumn } from "../../records/key_column.ts";
import { NAME_BYTES } from "../../records/limit_keys.ts";
import {
  all,
  type Code,
  I32,
  i32,
  i8x16,
  type Local,
  repeatWhile,
  V128,
  v128,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { digitAt } from "./digits.ts";
import { anyOf, isBetween, isByte, splat } from "./find_byte.ts";
import { storeKey } from "./key.ts";
import { refuseIf, refuseUnlessBetween } from "./refuse.ts";

const PERCENT = 0x25, MINUS = 0x2D, DOT = 0x2E, COLON = 0x3A, UNDERSCORE = 0x5F;
const ZERO = 0x30, NINE = 0x39, LOWER_A = 0x61, LOWER_Z = 0x7A, TO_LOWER = 0x20;
const PORT_DIGITS = 5;
/** A bit for each of sixteen bytes. */
const SIXTEEN = i32.const(0xFFFF);

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
    const at = param(), row = param();
    const length = local(I32), points = local(I32), bytes = local(V128);
    const end = i32.add(at.get, length.get);
    return all(
      measureAddress({ at, length, points, bytes }),
      storeKey(column, row, at.get, end),
      end,
    );
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
    const at = param(), row = param();
    const length = local(I32), points = local(I32), bytes = local(V128), port = local(I32);
    const end = i32.add(at.get, length.get);
    return all(
      measureAddress({ at, length, points, bytes }),
      storeKey(column, row, at.get, end),
      at.set(end),
      refuseIf(i32.ne(i32.load8U(at.get), i32.const(COLON))),
      at.increase(i32.const(1)),
      port.set(at.get),
      repeatWhile(i32.ltU(digitAt(at), i32.const(10)), at.increase(i32.const(1))),
      refuseUnlessBetween(i32.sub(at.get, port.get), 1, PORT_DIGITS),
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
    const start = local(I32), stops = local(I32), inside = local(I32), bytes = local(V128);
    const hasDot = local(I32), hasColon = local(I32);
    const isTaken = anyOf(
      isBetween(v128.or(bytes.get, splat(TO_LOWER)), LOWER_A, LOWER_Z),
      isBetween(bytes.get, ZERO, COLON),
      isBetween(bytes.get, MINUS, DOT),
      isByte(bytes, PERCENT),
      isByte(bytes, UNDERSCORE),
    );
    const note = (hasIt: Local, byte: number) =>
      hasIt.set(i32.or(hasIt.get, i32.and(inside.get, i8x16.bitmask(isByte(bytes, byte)))));
    return all(
      start.set(at.get),
      repeatWhile(
        all(
          bytes.set(v128.load(at.get)),
          stops.set(i32.xor(i8x16.bitmask(isTaken), SIXTEEN)),
          // The bits below the lowest; all if there is none.
          inside.set(i32.sub(i32.and(stops.get, i32.sub(i32.const(0), stops.get)), i32.const(1))),
          note(hasDot, DOT),
          note(hasColon, COLON),
          i32.eqz(stops.get),
        ),
        at.increase(i32.const(16)),
      ),
      at.increase(i32.ctz(stops.get)),
      when(hasDot.get, refuseIf(hasColon.get)),
      refuseUnlessBetween(i32.sub(at.get, start.get), 1, NAME_BYTES),
      storeKey(column, row, start.get, at.get),
      at.get,
    );
  });
}

/** The variables of a function that reads an address. */
interface AddressVariables {
  /** Where the address begins. */
  readonly at: Local;
  /** How many bytes it has. */
  readonly length: Local;
  /** A bit for each of its points, and one for the byte behind it. */
  readonly points: Local;
  /** Its bytes, and those behind it. */
  readonly bytes: Local;
}

/** Finds the length of the address; takes no value if there is none. */
function measureAddress({ at, length, points, bytes }: AddressVariables): Code {
  const isTaken = v128.or(isBetween(bytes.get, ZERO, NINE), isByte(bytes, DOT));
  const behind = i32.shl(i32.const(1), length.get);
  const upTo = (bit: Code) => i32.sub(bit, i32.const(1));
  const digits = i32.xor(points.get, upTo(i32.shl(i32.const(2), length.get)));
  const shifted = (places: number) => i32.shrU(digits, i32.const(places));
  return all(
    bytes.set(v128.load(at.get)),
    // Sixteen, which are too many, if all are taken.
    length.set(i32.ctz(i32.xor(i8x16.bitmask(isTaken), i32.const(0x1FFFF)))),
    points.set(i32.or(behind, i32.and(i8x16.bitmask(isByte(bytes, DOT)), upTo(behind)))),
    refuseIf(i32.ne(i32.popcnt(points.get), i32.const(4))),
    // No point is the first byte, or behind another; nor are there four digits side by side.
    refuseIf(i32.and(points.get, i32.or(i32.shl(points.get, i32.const(1)), i32.const(1)))),
    refuseIf(i32.and(i32.and(digits, shifted(1)), i32.and(shifted(2), shifted(3)))),
  );
}
