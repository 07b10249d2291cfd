import {
  all,
  call,
  type Code,
  I32,
  i32,
  I64,
  type Local,
  repeatWhile,
  returnWith,
  when,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { refuseUnlessInteger, takeDecimals, takeDigits } from "./digits.ts";
import { NOT_TAKEN } from "./refuse.ts";

/** Objects and arrays that lie deeper in each other are left to the parser. */
const MAX_DEPTH = 64;

const QUOTE = 0x22, COMMA = 0x2C, COLON = 0x3A, OPEN_BRACKET = 0x5B, OPEN_BRACE = 0x7B;
const SPACES = [0x20, 0x09, 0x0D];

/**
 * Compiles `skipOtherValue(at, row)`, which skips any value of JSON (RFC 8259), and the functions that it calls.
 * It gives the address behind the value, or −1 if it is none, or if it holds a number with an exponent, or values
 * deeper than {@linkcode MAX_DEPTH}.
 */
export function compileValueSkippers(): readonly FunctionCode[] {
  const skipper = makeFunction("skipOtherValue", ({ param }) => {
    const at = param(), _row = param();
    return call("skipValue", at.get, i32.const(0));
  });
  return [skipper, compileValueSkipper(), compileNestedSkipper(), compileSpaceSkipper()];
}

/** Compiles `skipValue(at, depth)`, which skips a value that lies in `depth` others. */
function compileValueSkipper(): FunctionCode {
  return makeFunction("skipValue", ({ param, local }) => {
    const at = param(), depth = param(), byte = local(I32);
    const isByte = (wanted: number) => i32.eq(byte.get, i32.const(wanted));
    return all(
      byte.set(i32.load8U(at.get)),
      when(
        isByte(QUOTE),
        all(skipText(at), returnWith(at.get)),
      ),
      when(
        i32.or(isByte(OPEN_BRACE), isByte(OPEN_BRACKET)),
        returnWith(call("skipNested", at.get, depth.get)),
      ),
      ...["true", "null"].map((word) => when(isWord(at, word), returnWith(behind(at, 4)))),
      when(
        i32.and(isWord(at, "fals"), i32.eq(i32.load8U(at.get, 4), i32.const(0x65))),
        returnWith(behind(at, 5)),
      ),
      call("skipOtherNumber", at.get, i32.const(0)),
    );
  });
}

/** Compiles `skipNested(at, depth)`, which skips an object or an array. */
function compileNestedSkipper(): FunctionCode {
  return makeFunction("skipNested", ({ param, local }) => {
    const at = param(), depth = param();
    const isObject = local(I32), closing = local(I32);
    const isClosed = i32.eq(i32.load8U(at.get), closing.get);
    return all(
      when(i32.gtU(depth.get, i32.const(MAX_DEPTH - 1)), returnWith(NOT_TAKEN)),
      isObject.set(i32.eq(i32.load8U(at.get), i32.const(OPEN_BRACE))),
      // } is two above {, and ] is two above [.
      closing.set(i32.add(i32.load8U(at.get), i32.const(2))),
      skipSpace(at, behind(at, 1)),
      when(isClosed, returnWith(behind(at, 1))),
      repeatWhile(
        i32.const(1),
        all(
          when(
            isObject.get,
            all(
              expect(at, QUOTE),
              skipText(at),
              skipSpace(at, at.get),
              expect(at, COLON),
              skipSpace(at, behind(at, 1)),
            ),
          ),
          at.set(call("skipValue", at.get, i32.add(depth.get, i32.const(1)))),
          refuseIfNone(at),
          skipSpace(at, at.get),
          when(isClosed, returnWith(behind(at, 1))),
          expect(at, COMMA),
          skipSpace(at, behind(at, 1)),
        ),
      ),
      NOT_TAKEN,
    );
  });
}

/** Compiles `skipSpace(at)`, which gives the address of the next byte that is no white space of JSON. */
function compileSpaceSkipper(): FunctionCode {
  return makeFunction("skipSpace", ({ param, local }) => {
    const at = param(), byte = local(I32);
    const isSpace = SPACES.map((space) => i32.eq(byte.get, i32.const(space)))
      .reduce((one, other) => i32.or(one, other));
    return all(
      byte.set(i32.load8U(at.get)),
      repeatWhile(isSpace, all(at.increase(i32.const(1)), byte.set(i32.load8U(at.get)))),
      at.get,
    );
  });
}

/** Moves from the quote that begins a text behind the one that ends it. */
function skipText(at: Local): Code {
  return all(
    at.set(call("skipText", behind(at, 1))),
    refuseIfNone(at),
    at.increase(i32.const(1)),
  );
}

function skipSpace(at: Local, from: Code): Code {
  return at.set(call("skipSpace", from));
}

function expect(at: Local, byte: number): Code {
  return when(i32.ne(i32.load8U(at.get), i32.const(byte)), returnWith(NOT_TAKEN));
}

function refuseIfNone(at: Local): Code {
  return when(i32.eq(at.get, NOT_TAKEN), returnWith(NOT_TAKEN));
}

function behind(at: Local, bytes: number): Code {
  return i32.add(at.get, i32.const(bytes));
}

/** Whether four letters stand at an address. */
function isWord(at: Local, word: string): Code {
  const [a, b, c, d] = new TextEncoder().encode(word) as unknown as [
    number,
    number,
    number,
    number,
  ];
  return i32.eq(i32.load(at.get), i32.const(a | b << 8 | c << 16 | d << 24));
}

const MINUS = 0x2D;

/**
 * Compiles `skipOtherText(at, row)`, which skips a text that does not count. It gives the address of the quote
 * behind the text, or −1 if it is none.
 */
export function compileOtherTextSkipper(): FunctionCode {
  return makeFunction("skipOtherText", ({ param }) => {
    const at = param(), _row = param();
    return call("skipText", at.get);
  });
}

/**
 * Compiles `skipOtherNumber(at, row)`, which skips a number that does not count. It gives the address behind the
 * number, or −1 if it is none; an exponent is not part of it.
 */
export function compileOtherNumberSkipper(): FunctionCode {
  return makeFunction("skipOtherNumber", ({ param, local }) => {
    const at = param(), _row = param();
    const start = local(I32), digit = local(I32), value = local(I64);
    const variables = { start, at, digit, value };
    return all(
      at.increase(i32.eq(i32.load8U(at.get), i32.const(MINUS))),
      start.set(at.get),
      takeDigits(variables),
      refuseUnlessInteger(variables),
      takeDecimals(variables, when(i32.eq(at.get, start.get), returnWith(NOT_TAKEN))),
      at.get,
    );
  });
}
