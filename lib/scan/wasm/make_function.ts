import { type Code, Local, type ValueType } from "./instructions.ts";

/** A function whose parameters and result are integers of 32 bits. */
export interface FunctionCode {
  /** The name that code calls it by. */
  readonly name: string;
  /** How many parameters it has. */
  readonly parameters: number;
  /** The types of its local variables, in order. */
  readonly locals: readonly ValueType[];
  /** What it does, as runs of bytes and, between them, names of functions; its last value is its result. */
  readonly body: readonly (readonly number[] | string)[];
}

/** Declares the variables of a function, in the order of their indexes. */
export interface Variables {
  /** Declares the next parameter, an integer of 32 bits. */
  readonly param: () => Local;
  /** Declares the next local variable, which is 0 at first. */
  readonly local: (type: ValueType) => Local;
}

/**
 * Makes a function.
 *
 * @param name The name that code calls it by.
 * @param define Declares all parameters and then all local variables, and gives the body: its last value, or
 * that of {@linkcode returnWith}, is the result of the function.
 * @throws {Error} If a parameter is declared after a local variable.
 *
 * @example The sum of the integers up to one
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { all, i32, I32, repeatWhile } from "./instructions.ts";
 * import { makeFunction } from "./make_function.ts";
 *
 * const sumUpTo = makeFunction("sumUpTo", ({ param, local }) => {
 *   const number = param(), sum = local(I32);
 *   return all(
 *     repeatWhile(
 *       number.get,
 *       all(sum.increase(number.get), number.increase(i32.const(-1))),
 *     ),
 *     sum.get,
 *   );
 * });
 * assertEquals([sumUpTo.parameters, sumUpTo.locals], [1, [I32]]);
 * ```
 */
export function makeFunction(
  name: string,
  define: (variables: Variables) => Code,
): FunctionCode {
  const locals: ValueType[] = [];
  let parameters = 0;
  const body = define({
    param: () => {
      if (locals.length > 0) {
        throw new Error(`A parameter of ${name} is declared after a local variable`);
      }
      return new Local(parameters++);
    },
    local: (type) => new Local(parameters + locals.push(type) - 1),
  });
  return { name, parameters, locals, body: flatten(body) };
}

function flatten(code: Code): readonly (readonly number[] | string)[] {
  let run: number[] = [];
  const flat: (number[] | string)[] = [run];
  const append = (code: Code): void => {
    for (const part of code) {
      if (typeof part === "number") run.push(part);
      else if (typeof part === "string") flat.push(part, run = []);
      else append(part);
    }
  };
  append(code);
  return flat;
}
