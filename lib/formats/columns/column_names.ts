import type { Unit } from "../description/shapes.ts";

/** What a column tells: a fact about a request, or a part of one. */
export type ColumnTarget =
  | "ip"
  | "method"
  | "stem"
  | "query"
  | "status"
  | "responseTime"
  | "userAgent"
  | "date"
  | "time"
  | "epoch";

/** What a column tells, and how. */
export interface Column {
  /** What it tells. */
  readonly to: ColumnTarget;
  /** The unit of a length of time, where the name of the column says it. */
  readonly unit?: Unit;
  /** Whether its time is that of an unnamed zone. */
  readonly isLocal?: true;
  /** Which column of a target counts where a log has several: the lowest; 0 if absent. */
  readonly rank?: number;
}

/**
 * The columns that tell something, by their names in lower case: those of the W3C's draft, of IIS, CloudFront and
 * Zeek. `time-taken` has no unit of its own.
 */
export const COLUMNS: ReadonlyMap<string, Column> = new Map<string, Column>([
  ["date", { to: "date" }],
  ["time", { to: "time" }],
  ["date-local", { to: "date", isLocal: true, rank: 1 }],
  ["time-local", { to: "time", isLocal: true, rank: 1 }],
  ["c-ip", { to: "ip" }],
  ["x-forwarded-for", { to: "ip", rank: 1 }],
  ["cs(x-forwarded-for)", { to: "ip", rank: 2 }],
  ["c-dns", { to: "ip", rank: 3 }],
  ["cs-method", { to: "method" }],
  ["cs-uri-stem", { to: "stem" }],
  ["cs-uri", { to: "stem", rank: 1 }],
  ["cs-uri-query", { to: "query" }],
  ["sc-status", { to: "status" }],
  ["timetakenms", { to: "responseTime", unit: "ms" }],
  ["time-taken", { to: "responseTime", rank: 1 }],
  ["cs(user-agent)", { to: "userAgent" }],
  ["user_agent", { to: "userAgent", rank: 1 }],
  ["ts", { to: "epoch" }],
  ["id.orig_h", { to: "ip" }],
  ["method", { to: "method", rank: 1 }],
  ["uri", { to: "stem", rank: 1 }],
  ["status_code", { to: "status", rank: 1 }],
]);
