/**
 * What runs instructions one after the other, or not at all, or again.
 *
 * @module
 */

import type { Code } from "./code.ts";
import { i32 } from "./instructions.ts";

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
