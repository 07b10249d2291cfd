/**
 * Code that leaves a value to the plain reader.
 *
 * @module
 */

import { type Code, i32, returnWith, when } from "../wasm/instructions.ts";

/** In place of the address behind a value: the value is not taken. */
export const NOT_TAKEN: Code = i32.const(-1);

/** Takes no value if a condition is not 0. */
export function refuseIf(condition: Code): Code {
  return when(condition, returnWith(NOT_TAKEN));
}

/** Takes no value unless an integer is in a range; one below 0 is in none. */
export function refuseUnlessBetween(value: Code, least: number, most: number): Code {
  return refuseIf(i32.gtU(i32.sub(value, i32.const(least)), i32.const(most - least)));
}
