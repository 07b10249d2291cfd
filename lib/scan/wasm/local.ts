import type { Code } from "./code.ts";
import { i32 } from "./instructions.ts";
import { unsigned } from "./leb128.ts";

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
