/**
 * As much of WebAssembly as reading lines takes: instructions, each by its name in the specification, without the
 * underscores; variables; and what runs statements one after the other, or not at all, or again.
 *
 * Numbers are little-endian, addresses integers of 32 bits.
 *
 * @see {@link https://www.w3.org/TR/wasm-core-2/} WebAssembly Core Specification, section 5.4.
 *
 * @module
 */

import { signed, unsigned } from "./leb128.ts";

/** Puts operands before an operator. */
export type Operator = (...operands: readonly Code[]) => Code;

/** Loads from an address, to which an offset is added. */
export type Load = (address: Code, offset?: number) => Code;

/** Stores a value at an address, to which an offset is added. */
export type Store = (address: Code, value: Code, offset?: number) => Code;

/** The instructions of a type that take operands, load and store. */
export type Instructions<
  Operators extends string,
  Loads extends string = never,
  Stores extends string = never,
> =
  & Readonly<Record<Operators, Operator>>
  & Readonly<Record<Loads, Load>>
  & Readonly<Record<Stores, Store>>;

/** Makes a constant. */
export interface Constants<Value> {
  /** A value that is known when the code is compiled. */
  readonly const: (value: Value) => Code;
}

const operator = (...opcode: readonly number[]): Operator => (...operands) => [
  ...operands,
  ...opcode,
];

// Of unknown alignment, which costs nothing where there is any.
const load = (...opcode: readonly number[]): Load => (address, offset = 0) => [
  ...[address, ...opcode],
  ...[0, ...unsigned(offset)],
];

const store = (...opcode: readonly number[]): Store => (address, value, offset = 0) => [
  ...[address, value, ...opcode],
  ...[0, ...unsigned(offset)],
];

/** Integers of 32 bits; what compares gives 1 or 0. `U` is for unsigned. */
export const i32:
  & Constants<number>
  & Instructions<
    | ("eqz" | "eq" | "ne" | "ltU" | "gtU" | "ctz" | "popcnt" | "add" | "sub" | "mul")
    | ("and" | "or" | "xor" | "shl" | "shrU" | "wrapI64"),
    "load" | "load8U" | "load16U",
    "store" | "store8" | "store16"
  > = {
    const: (value: number): Code => [0x41, ...signed(BigInt(value | 0))],
    load: load(0x28),
    load8U: load(0x2D),
    load16U: load(0x2F),
    store: store(0x36),
    store8: store(0x3A),
    store16: store(0x3B),
    eqz: operator(0x45),
    eq: operator(0x46),
    ne: operator(0x47),
    ltU: operator(0x49),
    gtU: operator(0x4B),
    ctz: operator(0x68),
    popcnt: operator(0x69),
    add: operator(0x6A),
    sub: operator(0x6B),
    mul: operator(0x6C),
    and: operator(0x71),
    or: operator(0x72),
    xor: operator(0x73),
    shl: operator(0x74),
    shrU: operator(0x76),
    wrapI64: operator(0xA7),
  };

/** Integers of 64 bits; what compares gives an integer of 32 bits. `S` is for signed, `U` for unsigned. */
export const i64:
  & Constants<bigint>
  & Instructions<
    | (
      | "ne"
      | "gtU"
      | "add"
      | "sub"
      | "mul"
      | "divU"
      | "and"
      | "or"
      | "xor"
      | "shl"
      | "shrS"
      | "shrU"
    )
    | ("extendI32S" | "extendI32U"),
    "load",
    "store"
  > = {
    const: (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))],
    load: load(0x29),
    store: store(0x37),
    ne: operator(0x52),
    gtU: operator(0x56),
    add: operator(0x7C),
    sub: operator(0x7D),
    mul: operator(0x7E),
    divU: operator(0x80),
    and: operator(0x83),
    or: operator(0x84),
    xor: operator(0x85),
    shl: operator(0x86),
    shrS: operator(0x87),
    shrU: operator(0x88),
    extendI32S: operator(0xAC),
    extendI32U: operator(0xAD),
  };

/** Doubles. */
export const f64: Constants<number> & Instructions<"add" | "convertI64S", "load", "store"> = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  load: load(0x2B),
  store: store(0x39),
  add: operator(0xA0),
  convertI64S: operator(0xB9),
};

/** Vectors of 128 bits; `anyTrue` tells whether one bit is 1. */
export const v128: Instructions<"and" | "or" | "xor" | "anyTrue", "load", "store"> = {
  load: load(0xFD, 0x00),
  store: store(0xFD, 0x0B),
  and: operator(0xFD, 0x4E),
  or: operator(0xFD, 0x50),
  xor: operator(0xFD, 0x51),
  anyTrue: operator(0xFD, 0x53),
};

/**
 * Vectors as sixteen bytes side by side: `splat` has the same byte in all places, `eq` gives bytes of ones or
 * of zeros, `bitmask` takes the highest bit of each byte, that of the first as the lowest, `sub` wraps around, and
 * `minU` takes the lesser of each two bytes, unsigned.
 */
export const i8x16: Instructions<"splat" | "eq" | "bitmask" | "sub" | "minU"> = {
  splat: operator(0xFD, 0x0F),
  eq: operator(0xFD, 0x23),
  bitmask: operator(0xFD, 0x64),
  sub: operator(0xFD, 0x71),
  minU: operator(0xFD, 0x77),
};

/** Writes zeros to `bytes` bytes from an address on: `memory.fill`. */
export function fillWithZeros(address: Code, bytes: Code): Code {
  return [address, i32.const(0), bytes, 0xFC, 0x0B, 0];
}

/**
 * Instructions of WebAssembly, put together from expressions and statements: an expression leaves a value on
 * the stack, a statement leaves none.
 *
 * A number is a byte. A text is the name of a function, and stands for its index, which is not known before the
 * module is put together. Code may hold other code, which is flattened once, when the function is made: so
 * long expressions are put together without copying what they are made of.
 */
export type Code = readonly (number | string | Code)[];

const NO_RESULT = 0x40;

/** Runs one statement after the other; the last may be an expression. */
export function all(...statements: readonly Code[]): Code {
  return statements;
}

/** Runs a statement if a condition is not 0, and otherwise perhaps another. */
export function when(condition: Code, then: Code, otherwise?: Code): Code {
  const last = otherwise === undefined ? [] : [0x05, otherwise];
  return [condition, 0x04, NO_RESULT, then, ...last, 0x0B];
}

/** Runs a statement again and again as long as a condition is not 0, which is asked each time before. */
export function repeatWhile(condition: Code, body: Code): Code {
  return [
    ...[0x02, NO_RESULT, 0x03, NO_RESULT],
    ...[i32.eqz(condition), 0x0D, 1],
    ...[body, 0x0C, 0],
    ...[0x0B, 0x0B],
  ];
}

/** Ends the function with a result. */
export function returnWith(value: Code): Code {
  return [value, 0x0F];
}

/** Calls a function by its name. */
export function call(name: string, ...parameters: readonly Code[]): Code {
  return [...parameters, 0x10, name];
}

/** The types of variables: integers, doubles, and vectors. */
export const I32 = 0x7F, I64 = 0x7E, F64 = 0x7C, V128 = 0x7B;

/** One of {@linkcode I32}, {@linkcode I64}, {@linkcode F64} and {@linkcode V128}. */
export type ValueType = typeof I32 | typeof I64 | typeof F64 | typeof V128;

/** A parameter or a local variable of a function. */
export class Local {
  readonly #index: readonly number[];

  /** The variable of an index: parameters come first. */
  constructor(index: number) {
    this.#index = unsigned(index);
  }

  /** Its value. */
  get get(): Code {
    return [0x20, ...this.#index];
  }

  /** Gives it a value. */
  set(value: Code): Code {
    return [value, 0x21, ...this.#index];
  }

  /** Gives it a value, which is the value of the expression as well. */
  tee(value: Code): Code {
    return [value, 0x22, ...this.#index];
  }

  /** Adds to it; it is an integer of 32 bits. */
  increase(by: Code): Code {
    return this.set(i32.add(this.get, by));
  }
}

/**
 * Reads up to eight bytes as an integer, the first of which is the lowest.
 *
 * @example Two bytes
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { wordOf } from "./instructions.ts";
 *
 * assertEquals(wordOf(0x34, 0x12), 0x1234n);
 * ```
 */
export function wordOf(...bytes: readonly number[]): bigint {
  return bytes.reduceRight((word, byte) => word << 8n | BigInt(byte), 0n);
}
