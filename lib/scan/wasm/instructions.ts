/**
 * As many instructions of WebAssembly as reading lines takes, as code that is put together from
 * expressions.
 *
 * An expression is the bytes of its instructions, which leave a value on the stack; a statement leaves
 * none. Numbers are little-endian, addresses integers of 32 bits.
 *
 * @see {@link https://www.w3.org/TR/wasm-core-2/} WebAssembly Core Specification, section 5.4.
 *
 * @module
 */

/** The bytes of some instructions. */
export type Code = readonly number[];

/** Puts operands before an operator. */
export type Operator = (...operands: readonly Code[]) => Code;

const operator = (...opcode: readonly number[]): Operator => (...operands) => [
  ...operands.flat(),
  ...opcode,
];

/** Loads from an address, and an offset that is added to it. */
export type Access = (address: Code, offset?: number) => Code;

// Of unknown alignment, which costs nothing where there is any.
const load = (...opcode: readonly number[]): Access => (address, offset = 0) => [
  ...address,
  ...opcode,
  0,
  ...unsigned(offset),
];

/** Stores a value at an address, and an offset that is added to it. */
export type Store = (address: Code, value: Code, offset?: number) => Code;

const store = (...opcode: readonly number[]): Store => (address, value, offset = 0) => [
  ...address,
  ...value,
  ...opcode,
  0,
  ...unsigned(offset),
];

/** The instructions of a type: those that compute, load and store, and what makes a constant. */
export type Instructions<
  Operators extends string,
  Loads extends string,
  Stores extends string,
  Constant,
> =
  & Readonly<Record<Operators, Operator>>
  & Readonly<Record<Loads, Access>>
  & Readonly<Record<Stores, Store>>
  & { readonly of: (value: Constant) => Code };

/** Integers of 32 bits; what compares gives 1 or 0. */
export const i32: Instructions<
  | ("not" | "equal" | "less" | "greater" | "trailingZeros" | "subtract" | "ofI64")
  | ("differ" | "add" | "multiply" | "and" | "or" | "xor" | "shiftLeft" | "shiftRight"),
  "load" | "load8" | "load16",
  "store" | "store8" | "store16",
  number
> = {
  of: (value: number): Code => [0x41, ...signed(BigInt(value | 0))],
  load: load(0x28),
  load8: load(0x2D),
  load16: load(0x2F),
  store: store(0x36),
  store8: store(0x3A),
  store16: store(0x3B),
  not: operator(0x45),
  equal: operator(0x46),
  differ: operator(0x47),
  /** Unsigned. */
  less: operator(0x49),
  /** Unsigned. */
  greater: operator(0x4B),
  trailingZeros: operator(0x68),
  add: operator(0x6A),
  subtract: operator(0x6B),
  multiply: operator(0x6C),
  and: operator(0x71),
  or: operator(0x72),
  xor: operator(0x73),
  shiftLeft: operator(0x74),
  /** Unsigned. */
  shiftRight: operator(0x76),
  ofI64: operator(0xA7),
};

/** Integers of 64 bits. */
export const i64: Instructions<
  | ("ofSigned" | "ofI32" | "shiftLeft" | "subtract")
  | ("differ" | "add" | "multiply" | "and" | "or" | "xor" | "shiftRight"),
  "load",
  never,
  bigint
> = {
  of: (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))],
  load: load(0x29),
  differ: operator(0x52),
  add: operator(0x7C),
  subtract: operator(0x7D),
  multiply: operator(0x7E),
  and: operator(0x83),
  or: operator(0x84),
  xor: operator(0x85),
  shiftLeft: operator(0x86),
  shiftRight: operator(0x88),
  /** Signed. */
  ofSigned: operator(0xAC),
  /** Unsigned. */
  ofI32: operator(0xAD),
};

/** Doubles. */
export const f64: Instructions<"add" | "ofI64", "load", "store", number> = {
  of: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  load: load(0x2B),
  store: store(0x39),
  add: operator(0xA0),
  /** Signed. */
  ofI64: operator(0xB9),
};

/** Sixteen bytes side by side; what compares gives bytes of ones or of zeros. */
export const i8x16: Instructions<
  "equal" | "and" | "or" | "xor" | "highestBits" | "least" | "isAny",
  "load",
  "store",
  number
> = {
  load: load(0xFD, 0x00),
  store: store(0xFD, 0x0B),
  /** The same byte in all places. */
  of: (byte: number): Code => [...i32.of(byte), 0xFD, 0x0F],
  equal: operator(0xFD, 0x23),
  and: operator(0xFD, 0x4E),
  or: operator(0xFD, 0x50),
  xor: operator(0xFD, 0x51),
  /** Whether one bit is 1. */
  isAny: operator(0xFD, 0x53),
  /** The highest bit of each byte, the first byte's lowest. */
  highestBits: operator(0xFD, 0x64),
  /** The lesser of each two, unsigned. */
  least: operator(0xFD, 0x77),
};

/** The types of variables: integers, doubles, and sixteen bytes. */
export const I32 = 0x7F, I64 = 0x7E, F64 = 0x7C, I8X16 = 0x7B;
const NO_RESULT = 0x40;

/** A parameter or a local variable of a function. */
export class Local {
  readonly #index: number;

  /** The variable of an index: parameters come first. */
  constructor(index: number) {
    this.#index = index;
  }

  /** Its value. */
  get get(): Code {
    return [0x20, ...unsigned(this.#index)];
  }

  /** Gives it a value. */
  set(value: Code): Code {
    return [...value, 0x21, ...unsigned(this.#index)];
  }

  /** Gives it a value, which is the value of the expression as well. */
  tee(value: Code): Code {
    return [...value, 0x22, ...unsigned(this.#index)];
  }

  /** Adds to it; it is an integer of 32 bits. */
  increase(by: Code): Code {
    return this.set(i32.add(this.get, by));
  }
}

/** One statement after the other. */
export function all(...statements: readonly Code[]): Code {
  return statements.flat();
}

/** Does something if a condition is not 0, and else may do something else. */
export function when(condition: Code, then: Code, otherwise: Code = []): Code {
  const last = otherwise.length > 0 ? [0x05, ...otherwise] : [];
  return [...condition, 0x04, NO_RESULT, ...then, ...last, 0x0B];
}

/** Does something again and again as long as a condition is not 0, which is asked before. */
export function repeatWhile(condition: Code, body: Code): Code {
  return [
    ...[0x02, NO_RESULT, 0x03, NO_RESULT],
    ...i32.not(condition),
    ...[0x0D, 1, ...body, 0x0C, 0],
    ...[0x0B, 0x0B],
  ];
}

/** Leaves the function with a result. */
export function leaveWith(value: Code): Code {
  return [...value, 0x0F];
}

/** Calls a function by its index: those that are imported come first. */
export function call(index: number, ...parameters: readonly Code[]): Code {
  return [...parameters.flat(), 0x10, ...unsigned(index)];
}

/** Writes zeros, so many from an address on. */
export function clear(address: Code, bytes: Code): Code {
  return [...address, ...i32.of(0), ...bytes, 0xFC, 0x0B, 0];
}

/** Eight bytes as an integer, the first of which is the lowest. */
export function wordOf(...bytes: readonly number[]): bigint {
  return bytes.reduceRight((word, byte) => word << 8n | BigInt(byte), 0n);
}

/** An unsigned integer as LEB128, seven bits a byte, lowest first. */
export function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [value & 0x7F | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: bigint): Code {
  const low = Number(value & 0x7Fn), isLast = value >= -64n && value < 64n;
  return isLast ? [low] : [low | 0x80, ...signed(value >> 7n)];
}
