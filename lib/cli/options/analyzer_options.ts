import { MAX_CLIENTS, MAX_ENDPOINTS, MAX_PAIRS, MAX_WINDOWS } from "../../aggregates/capacities.ts";
import { USUAL_PERCENTILES } from "../../report/usual_percentiles.ts";
import type { Option } from "../command/command.ts";
import {
  DURATION,
  EXPECTATION,
  type Expectation,
  INTEGER_FROM_2,
  LIMIT,
  type Limit,
  NAME,
  oneOf,
  PATH,
  PERCENTILES,
  POSITIVE_INTEGER,
  SIZE,
  THREADS,
  WHOLE_NUMBER,
} from "../command/value_kinds.ts";

/** See its help. */
export const OUTPUT: Option<"text" | "json"> = {
  name: "output",
  short: "o",
  placeholder: "FORM",
  help: ["form of the report: text or json (text)"],
  kind: oneOf(["text", "json"]),
  example: "--output json",
  fallback: "text",
};

/** See its help. */
export const WINDOW: Option<number> = {
  name: "window",
  placeholder: "DURATION",
  help: ["length of a window: integer and ms, s, m, h or d (60s)"],
  kind: DURATION,
  example: "--window 5m",
  fallback: 60_000_000,
};

/** See its help. */
export const SUSPICIOUS: Option<number> = {
  name: "suspicious",
  placeholder: "N",
  help: ["an IP is suspicious above N requests in a window (25)"],
  kind: WHOLE_NUMBER,
  example: "--suspicious 100",
  fallback: 25,
};

/** See its help. */
export const PERCENTILES_OPTION: Option<readonly number[]> = {
  name: "percentiles",
  placeholder: "LIST",
  help: ["percentiles of the response times (50,90,95,99)"],
  kind: PERCENTILES,
  example: "--percentiles 50,99,99.9",
  fallback: USUAL_PERCENTILES,
};

/** See its help. */
export const TOP: Option<number> = {
  name: "top",
  placeholder: "N",
  help: ["rows that a list of the text report shows (10)"],
  kind: POSITIVE_INTEGER,
  example: "--top 10",
  fallback: 10,
};

/** See its help. */
export const COLOR: Option<"auto" | "always" | "never"> = {
  name: "color",
  placeholder: "WHEN",
  help: ["colour: auto (on a terminal, heeding NO_COLOR), always", "or never (auto)"],
  kind: oneOf(["auto", "always", "never"]),
  example: "--color never",
  fallback: "auto",
};

/** See its help. */
export const MAX_ENDPOINTS_OPTION: Option<number> = {
  name: "max-endpoints",
  placeholder: "N",
  help: ["exact up to N endpoints, the busiest of more (20000)"],
  kind: POSITIVE_INTEGER,
  example: "--max-endpoints 50000",
  fallback: MAX_ENDPOINTS,
};

/** See its help. */
export const MAX_CLIENTS_OPTION: Option<number> = {
  name: "max-clients",
  placeholder: "N",
  help: ["exact up to N clients, the busiest of more (200000)"],
  kind: POSITIVE_INTEGER,
  example: "--max-clients 500000",
  fallback: MAX_CLIENTS,
};

/** See its help. */
export const MAX_WINDOWS_OPTION: Option<number> = {
  name: "max-windows",
  placeholder: "N",
  help: ["exact up to N windows, the worst of more (100000)"],
  kind: INTEGER_FROM_2,
  example: "--max-windows 500000",
  fallback: MAX_WINDOWS,
};

/** See its help. */
export const MAX_PAIRS_OPTION: Option<number> = {
  name: "max-pairs",
  placeholder: "N",
  help: ["exact up to N clients in windows, the busiest of more", "(1000000)"],
  kind: INTEGER_FROM_2,
  example: "--max-pairs 5000000",
  fallback: MAX_PAIRS,
};

/** The longest line, in bytes. */
export const MAX_LINE: Option<number> = {
  name: "max-line",
  placeholder: "BYTES",
  help: ["a longer line is rejected unread (1MiB)"],
  kind: SIZE,
  example: "--max-line 64KiB",
  fallback: 2 ** 20,
};

/** See its help. */
export const REJECTS: Option<string | undefined> = {
  name: "rejects",
  placeholder: "FILE",
  help: ["write rejected lines to FILE, as JSON with the reason"],
  kind: PATH,
  example: "--rejects rejects.ndjson",
  fallback: undefined,
};

/** See its help. */
export const MAX_REJECTED: Option<Limit> = {
  name: "max-rejected",
  placeholder: "N",
  help: ["exit with 1, after the report, if more than N lines,", "or N% of them, were rejected"],
  kind: LIMIT,
  example: "--max-rejected 1%",
  fallback: { percent: 100 },
};

/** See its help. */
export const STRICT: Option<boolean> = {
  name: "strict",
  help: ["as --max-rejected 0"],
  example: "--strict",
  fallback: false,
};

/** See its help. */
export const JOBS: Option<number | undefined> = {
  name: "jobs",
  short: "j",
  placeholder: "N",
  help: ["threads (up to 4 for files, where of use; else 1)"],
  kind: THREADS,
  example: "--jobs 2",
  fallback: undefined,
};

/** See its help. */
export const NO_SCAN: Option<boolean> = {
  name: "no-scan",
  help: ["parse every line as JSON: slower, with the same report"],
  example: "--no-scan",
  fallback: false,
};

/** See its help. */
export const PARTIAL: Option<boolean> = {
  name: "partial",
  help: ["print a state, to be merged, in place of the report"],
  example: "--partial",
  fallback: false,
};

/** See its help. */
export const SHARD: Option<string | undefined> = {
  name: "shard",
  placeholder: "ID",
  help: ["what --partial reads, so that it counts only once"],
  kind: NAME,
  example: "--partial --shard logs/17",
  fallback: undefined,
};

/** See its help. */
export const MERGE: Option<boolean> = {
  name: "merge",
  help: ["read states, one a line, in place of logs"],
  example: "--merge",
  fallback: false,
};

/** See its help. */
export const EXPECT: Option<Expectation | undefined> = {
  name: "expect",
  placeholder: "N|FILE",
  help: ["fail unless --merge finds N shards, or those of FILE,", "lines of ID, TAB and bytes"],
  kind: EXPECTATION,
  example: "--merge --expect 3",
  fallback: undefined,
};
