import { caretError, type CaretFault } from "../formats/description/caret_error.ts";

/** The fields that a condition may be about, as it names them. */
export const FIELDS = [
  "method",
  "endpoint",
  "path",
  "query",
  "status",
  "ip",
  "response_time",
  "user_agent",
  "timestamp",
] as const;

/** A field that a condition may be about. */
export type Field = typeof FIELDS[number];

/** How a field is compared with a value. */
export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~" | "in";

/** A value as it is written in a condition, and where. */
export interface Literal {
  /** Its text, without quotes. */
  readonly text: string;
  /** Where it begins in the condition. */
  readonly at: number;
  /** How many characters it has there, with its quotes. */
  readonly length: number;
}

/** A comparison of a field with a value, or with several where the operator is `in`. */
export interface Comparison {
  /** What it is. */
  readonly kind: "comparison";
  /** The field. */
  readonly field: Field;
  /** How it is compared. */
  readonly operator: Operator;
  /** Where the operator begins in the condition. */
  readonly at: number;
  /** With what it is compared: one value, or one or more. */
  readonly literals: readonly Literal[];
}

/** A condition on a record, as it is written. */
export type Condition =
  | Comparison
  | { readonly kind: "and" | "or"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition };

/**
 * Returns the comparisons of a condition, as they stand in it.
 *
 * @param condition The condition.
 */
export function comparisonsOf(condition: Condition): readonly Comparison[] {
  if (condition.kind === "comparison") return [condition];
  return condition.kind === "not"
    ? comparisonsOf(condition.of)
    : condition.of.flatMap(comparisonsOf);
}

/** Makes the error for a condition, or what else `doing` says, that cannot be read. */
export function conditionError(
  fault: Omit<CaretFault, "doing"> & Partial<Pick<CaretFault, "doing">>,
): SyntaxError {
  return caretError({ doing: "read the condition", ...fault });
}
