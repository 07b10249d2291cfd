/**
 * As many instructions of WebAssembly as reading lines takes, each by its name in the specification, without
 * the underscores.
 *
 * Numbers are little-endian, addresses integers of 32 bits.
 *
 * @see {@link https://www.w3.org/TR/wasm-core-2/} WebAssembly Core Specification, section 5.4.
 *
 * @module
 */

import type { Code } from "./code.ts";
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
