import { caretError, type CaretFault } from "../formats/description/caret_error.ts";

/** Makes the error for a condition that cannot be read. */
export function conditionError(fault: Omit<CaretFault, "doing">): SyntaxError {
  return caretError({ doing: "read the condition", ...fault });
}
