import { caretError, type CaretFault } from "../formats/description/caret_error.ts";

/** Makes the error for a condition, or what else `doing` says, that cannot be read. */
export function conditionError(
  fault: Omit<CaretFault, "doing"> & Partial<Pick<CaretFault, "doing">>,
): SyntaxError {
  return caretError({ doing: "read the condition", ...fault });
}
