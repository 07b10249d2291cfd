import type { Layout } from "../description/layout.ts";
import type { Piece } from "../description/piece.ts";
import type { Slot, Unit } from "../description/shapes.ts";
import { toLayout } from "../description/to_layout.ts";
import type { ColumnTarget } from "./column_names.ts";
import type { ColumnPlan } from "./read_columns.ts";
import { splitColumns } from "./split_columns.ts";

const WORD: Slot = { to: "other", as: "word" };
const EPOCH: Slot = { to: "timestamp", as: "epoch", unit: "s" };
const DECIMAL = /^\d+(?:\.\d+)?$/;
/** A client that is shown as it is logged. */
const CLIENT = /^(?:[\d.]+|[\da-f:]+|-)$/;
/** More columns than are worth compiling. */
const MAX_LEARNED = 60;

/** What is known of the columns of a line. */
export interface LearnedColumns {
  /** The name of the format. */
  readonly format: string;
  /** Which columns tell what. */
  readonly plan: ColumnPlan;
  /** The unit of lengths of time whose column says none. */
  readonly unit: Unit | undefined;
}

/**
 * Learns the layout of a line of columns that is a record: one separator between words without quotes, each of which
 * is a slot.
 *
 * @param line The line.
 * @param columns What is known of its columns.
 * @returns The layout; `undefined` if compiled code cannot read such lines: those with empty values, with two
 * separators side by side, without a date or with times of an unnamed zone.
 */
export function learnColumns(
  line: string,
  { format, plan, unit }: LearnedColumns,
): Layout | undefined {
  const separator = line.includes("\t") ? "\t" : " ";
  const values = splitColumns(line, plan.count);
  // Compiled code takes neither a quote for the start of a text nor a separator for a part of a value.
  if (values === undefined || values.length > MAX_LEARNED) return undefined;
  if (line.includes('"') || values.join(separator) !== line) return undefined;
  if (values.some((value) => value === "" || /[ \t]/.test(value))) return undefined;

  const pieces: Piece[] = [];
  for (let i = 0; i < values.length; i++) {
    const piece = pieceAt(i, values[i]!, plan, unit);
    if (piece === undefined) return undefined;
    if (i > 0) pieces.push(separator);
    pieces.push(piece);
    // Date and time are one slot.
    if (typeof piece !== "string" && piece.as === "columns") i++;
  }
  return toLayout(format, pieces);
}

/** The piece for the values of a column; `undefined` if compiled code cannot read values like this one. */
function pieceAt(
  index: number,
  value: string,
  { at }: ColumnPlan,
  unit: Unit | undefined,
): Piece | undefined {
  const place = (target: ColumnTarget) => at.get(target)?.index;
  const column = [...at.values()].find((column) => column.index === index);
  switch (column?.to) {
    case "epoch":
      return DECIMAL.test(value) ? EPOCH : undefined;
    case "date":
      if (at.has("epoch")) return WORD;
      if (place("time") !== index + 1 || column.isLocal === true) return undefined;
      return at.get("time")?.isLocal === true ? undefined : { to: "timestamp", as: "columns" };
    case "time":
      return at.has("epoch") ? WORD : undefined;
    case "method":
      return /^[A-Z]+$/.test(value) ? { to: "method", as: "token" } : undefined;
    case "stem":
      return { to: "endpoint", as: "word" };
    case "query":
      // It is joined to what is before it.
      if (value === "-") return value;
      return index > place("stem")! ? { to: "query", as: "word" } : undefined;
    case "status":
      return { to: "status", as: "status" };
    case "userAgent":
      return { to: "userAgent", as: "word" };
    case "ip":
      return CLIENT.test(value) ? { to: "ip", as: "client" } : undefined;
    case "responseTime":
      if (value === "-") return value;
      return lengthPiece(value, column.unit ?? unit);
    default:
      return WORD;
  }
}

function lengthPiece(value: string, unit: Unit | undefined): Slot | undefined {
  if (unit === undefined) return WORD;
  return DECIMAL.test(value) ? { to: "responseTime", as: "decimal", unit } : undefined;
}
