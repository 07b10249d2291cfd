import { Rejection } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import { decimalToUs } from "../description/duration.ts";
import type { ReadingOptions, ReadRecord } from "../description/format.ts";
import { readEpoch, type ReadTime, readTime } from "../description/read_time.ts";
import type { Unit } from "../description/shapes.ts";
import { type Column, COLUMNS, type ColumnTarget } from "./column_names.ts";

/** Which columns of a log tell what. */
export interface ColumnPlan {
  /** How many columns there are. */
  readonly count: number;
  /** The place of the column that tells a fact, and how it does. */
  readonly at: ReadonlyMap<ColumnTarget, Column & { readonly index: number }>;
}

/**
 * Finds out which columns tell what.
 *
 * @param names The names of the columns, in order.
 * @returns The columns that tell something.
 *
 * @example Where the status is
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { planColumns } from "./read_columns.ts";
 *
 * assertEquals(planColumns(["time", "sc-status"]).at.get("status")?.index, 1);
 * ```
 */
export function planColumns(names: readonly string[]): ColumnPlan {
  const at = new Map<ColumnTarget, Column & { readonly index: number }>();
  for (const [index, name] of names.entries()) {
    const column = COLUMNS.get(name.toLowerCase());
    if (column === undefined) continue;
    const known = at.get(column.to);
    if (known === undefined || (column.rank ?? 0) < (known.rank ?? 0)) {
      at.set(column.to, { ...column, index });
    }
  }
  return { count: names.length, at };
}

/** What the values of a line are read with. */
export interface ColumnContext {
  /** The unit of lengths of time whose column says none; without it they are not read. */
  readonly unit?: Unit | undefined;
  /** The day of times without a date, as ISO 8601 has it. */
  readonly day?: string | undefined;
}

/**
 * Makes a record of the values of a line.
 *
 * @param values The values, one for each column.
 * @param plan Which of them tell what.
 * @param context What the header of the log says.
 * @param how What the line is read with.
 * @returns The record, or why there is none.
 */
export function readColumns(
  values: readonly string[],
  { at }: ColumnPlan,
  { unit, day }: ColumnContext,
  how: ReadingOptions,
): ReadRecord | Rejection {
  const textOf = (target: ColumnTarget) => {
    const column = at.get(target);
    const text = column === undefined ? "-" : values[column.index]!;
    return text === "-" || text === "" ? undefined : text.toWellFormed();
  };
  if (!at.has("status") || !at.has("stem")) return new Rejection("not_a_request");
  const method = textOf("method") ?? "-";
  if (OTHER_PROTOCOL.test(method)) return new Rejection("not_a_request");
  const status = textOf("status");
  if (status === undefined || !STATUS.test(status)) return new Rejection("bad_status", "status");
  const time = timeOf(textOf, { isLocal: at.get("time")?.isLocal === true, day }, how);
  if (time instanceof Rejection) return time;

  const stem = textOf("stem"), query = textOf("query");
  const taken = textOf("responseTime"), takenUnit = at.get("responseTime")?.unit ?? unit;
  return {
    method,
    endpoint: stem === undefined ? "-" : query === undefined ? stem : `${stem}?${query}`,
    statusCode: Number(status),
    ip: clientOf(textOf("ip") ?? "-", how),
    responseTimeUs: taken === undefined || takenUnit === undefined
      ? undefined
      : decimalToUs(taken, takenUnit),
    userAgent: how.keepsAgent ? textOf("userAgent") : undefined,
    timestampUs: time.us,
    ...time.isZoneAssumed && { isZoneAssumed: true },
  };
}

const STATUS = /^[1-9]\d\d$/;
/** IIS logs FTP and SMTP in such files too, with the number of the session before the command. */
const OTHER_PROTOCOL = /^\[\d+\]/;

function timeOf(
  textOf: (target: ColumnTarget) => string | undefined,
  { isLocal, day }: { readonly isLocal: boolean; readonly day: string | undefined },
  how: ReadingOptions,
): ReadTime | Rejection {
  const epoch = textOf("epoch"), clock = textOf("time"), date = textOf("date") ?? day;
  const bad = new Rejection("bad_timestamp", "timestamp");
  if (epoch !== undefined) return readEpoch(epoch, "s") ?? bad;
  if (clock !== undefined && date !== undefined) {
    return readTime(`${date}T${clock}${isLocal ? "" : "Z"}`, how) ?? bad;
  }
  const { lentTimeUs: us, isLentZoneAssumed: isZoneAssumed = false } = how;
  return us === undefined ? new Rejection("missing_field", "timestamp") : { us, isZoneAssumed };
}

/** The client of an address or a list of them. */
export function clientOf(text: string, { client }: Pick<ReadingOptions, "client">): string {
  if (!text.includes(",")) return toClientAddress(text.replace(/^[ +]+/, ""));
  const list = text.replaceAll("%20", " ");
  const one = client === "last" ? list.slice(list.lastIndexOf(",") + 1) : list;
  return toClientAddress(one.replace(/^[ +]+/, ""));
}
