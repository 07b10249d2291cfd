import type { AnalysisOptions } from "../../aggregates/analysis_options.ts";
import { MAX_CLIENTS, MAX_ENDPOINTS, MAX_PAIRS, MAX_WINDOWS } from "../../aggregates/capacities.ts";
import { USUAL_PERCENTILES } from "../../report/usual_percentiles.ts";
import type { Options } from "../command/command.ts";
import {
  DURATION,
  EXPECTATION,
  type Expectation,
  INTEGER_FROM_2,
  LIMIT,
  type Limit,
  NAME,
  OFFSET,
  oneOf,
  PATH,
  PERCENTILES,
  POSITIVE_INTEGER,
  SIZE,
  TEXTS,
  THREADS,
  WHOLE_NUMBER,
} from "../command/value_kinds.ts";

/** The settings of the analyzer, as its command line gives them. */
export interface AnalyzerSettings
  extends Required<Omit<AnalysisOptions, "hashKey" | "exactPercentilesUpTo">> {
  /** Paths of the inputs, `-` for stdin; empty for stdin alone. */
  readonly files: readonly string[];
  /** Names and templates of the formats that lines are read in, in order; `auto` stands for all that are known. */
  readonly formats: readonly string[];
  /** Where JSON lines have the facts about a request, each `TARGET=PATH[:UNIT]`. */
  readonly fields: readonly string[];
  /** The offset from UTC, east of it, of times without a zone, in microseconds. */
  readonly assumedOffsetUs: number;
  /** The form of the report. */
  readonly output: "text" | "json";
  /** Which percentiles of the response times the report shows, from 0 to 100, ascending. */
  readonly percentiles: readonly number[];
  /** How many rows a list of the text report shows. */
  readonly top: number;
  /** When the text report has colours. */
  readonly color: "auto" | "always" | "never";
  /** The most bytes that a line may have, without its terminator. */
  readonly maxLineBytes: number;
  /** The path of the file that rejected lines are written to; `undefined` for none. */
  readonly rejects: string | undefined;
  /** How many lines may be rejected before the exit code is 1. */
  readonly maxRejected: Limit;
  /** How many threads read; `undefined` leaves the choice to the analyzer. */
  readonly jobs: number | undefined;
  /** Whether lines are read as bytes where they can be, without a parser of JSON. */
  readonly isScanning: boolean;
  /** Whether a state is printed in place of the report. */
  readonly isPartial: boolean;
  /** The name of the input in a state; `undefined` for none. */
  readonly shard: string | undefined;
  /** Whether states are read in place of logs. */
  readonly isMerge: boolean;
  /** Which shards the states must have; `undefined` for any. */
  readonly expect: Expectation | undefined;
}

/** The subject of an option of the analyzer; `run` is for options that fit whatever it reads and prints. */
export type AnalyzerSubject = "logs" | "state of logs" | "states" | "report" | "run";

/** The options of the analyzer, in the order of its help. */
export const ANALYZER_OPTIONS: Options<AnalyzerSettings, AnalyzerSubject> = {
  formats: {
    of: "logs",
    name: "format",
    short: "f",
    placeholder: "FORMAT",
    help: [
      "a format's name, or the server's own template; list",
      "shows all; of several the first that fits (auto)",
    ],
    kind: TEXTS,
    join: concat,
    example: "--format combined",
    fallback: ["auto"],
  },
  fields: {
    of: "logs",
    name: "field",
    placeholder: "FACT=PATH",
    help: [
      "where JSON lines have a fact: endpoint=request.uri",
      "or response_time=took:ms; may be given repeatedly",
    ],
    kind: TEXTS,
    join: concat,
    example: "--field endpoint=request.uri",
    fallback: [],
  },
  client: {
    of: "logs",
    name: "client",
    placeholder: "WHICH",
    help: ["first or last address of a list that is logged (first)"],
    kind: oneOf(["first", "last"]),
    example: "--client last",
    fallback: "first",
  },
  assumedOffsetUs: {
    of: "logs",
    name: "assume-tz",
    placeholder: "OFFSET",
    help: ["offset of times without one: ±HH:MM or Z (Z)"],
    kind: OFFSET,
    example: "--assume-tz=-05:00",
    fallback: 0,
  },
  output: {
    of: "report",
    name: "output",
    short: "o",
    placeholder: "FORM",
    help: ["form of the report: text or json (text)"],
    kind: oneOf(["text", "json"]),
    example: "--output json",
    fallback: "text",
  },
  windowUs: {
    of: "logs",
    name: "window",
    placeholder: "DURATION",
    help: ["length of a window: integer and ms, s, m, h or d (60s)"],
    kind: DURATION,
    example: "--window 5m",
    fallback: 60_000_000,
  },
  suspiciousOver: {
    of: "logs",
    name: "suspicious",
    placeholder: "N",
    help: ["an IP is suspicious above N requests in a window (25)"],
    kind: WHOLE_NUMBER,
    example: "--suspicious 100",
    fallback: 25,
  },
  percentiles: {
    of: "report",
    name: "percentiles",
    placeholder: "LIST",
    help: ["percentiles of the response times (50,90,95,99)"],
    kind: PERCENTILES,
    example: "--percentiles 50,99,99.9",
    fallback: USUAL_PERCENTILES,
  },
  top: {
    of: "report",
    name: "top",
    placeholder: "N",
    help: ["rows that a list of the text report shows (10)"],
    kind: POSITIVE_INTEGER,
    example: "--top 10",
    fallback: 10,
  },
  color: {
    of: "report",
    name: "color",
    placeholder: "WHEN",
    help: ["colour: auto (on a terminal, heeding NO_COLOR), always", "or never (auto)"],
    kind: oneOf(["auto", "always", "never"]),
    example: "--color never",
    fallback: "auto",
  },
  maxEndpoints: {
    of: "logs",
    name: "max-endpoints",
    placeholder: "N",
    help: ["exact up to N endpoints, the busiest of more (20000)"],
    kind: POSITIVE_INTEGER,
    example: "--max-endpoints 50000",
    fallback: MAX_ENDPOINTS,
  },
  maxClients: {
    of: "logs",
    name: "max-clients",
    placeholder: "N",
    help: ["exact up to N clients, the busiest of more (200000)"],
    kind: POSITIVE_INTEGER,
    example: "--max-clients 500000",
    fallback: MAX_CLIENTS,
  },
  maxWindows: {
    of: "logs",
    name: "max-windows",
    placeholder: "N",
    help: ["exact up to N windows, the worst of more (100000)"],
    kind: INTEGER_FROM_2,
    example: "--max-windows 500000",
    fallback: MAX_WINDOWS,
  },
  maxPairs: {
    of: "logs",
    name: "max-pairs",
    placeholder: "N",
    help: ["exact up to N clients in windows, the busiest of more", "(1000000)"],
    kind: INTEGER_FROM_2,
    example: "--max-pairs 5000000",
    fallback: MAX_PAIRS,
  },
  jobs: {
    of: "logs",
    name: "jobs",
    short: "j",
    placeholder: "N",
    help: ["threads (up to 4 for files, where of use; else 1)"],
    kind: THREADS,
    example: "--jobs 2",
    fallback: undefined,
  },
  isScanning: {
    of: "logs",
    name: "no-scan",
    help: ["parse every line as JSON: slower, with the same report"],
    example: "--no-scan",
    on: false,
    fallback: true,
  },
  maxLineBytes: {
    of: "logs",
    name: "max-line",
    placeholder: "BYTES",
    help: ["a longer line is rejected unread (1MiB)"],
    kind: SIZE,
    example: "--max-line 64KiB",
    fallback: 2 ** 20,
  },
  rejects: {
    of: "logs",
    name: "rejects",
    placeholder: "FILE",
    help: ["write rejected lines to FILE, as JSON with the reason"],
    kind: PATH,
    example: "--rejects rejects.ndjson",
    fallback: undefined,
  },
  maxRejected: {
    of: "run",
    name: "max-rejected",
    placeholder: "N",
    help: ["exit with 1, after the report, if more than N lines,", "or N% of them, were rejected"],
    kind: LIMIT,
    example: "--max-rejected 1%",
    fallback: { percent: 100 },
    shorthand: {
      name: "strict",
      help: ["as --max-rejected 0"],
      example: "--strict",
      on: { count: 0 },
    },
  },
  isPartial: {
    of: "run",
    name: "partial",
    help: ["print a state, to be merged, in place of the report"],
    example: "--partial",
    on: true,
    fallback: false,
  },
  shard: {
    of: "state of logs",
    name: "shard",
    placeholder: "ID",
    help: ["what --partial reads, so that it counts only once"],
    kind: NAME,
    example: "--partial --shard logs/17",
    fallback: undefined,
  },
  isMerge: {
    of: "run",
    name: "merge",
    help: ["read states, one a line, in place of logs"],
    example: "--merge",
    on: true,
    fallback: false,
  },
  expect: {
    of: "states",
    name: "expect",
    placeholder: "N|FILE",
    help: ["fail unless --merge finds N shards, or those of FILE,", "lines of ID, TAB and bytes"],
    kind: EXPECTATION,
    example: "--merge --expect 3",
    fallback: undefined,
  },
};

/** Joins the values of an option that may be given more than once. */
function concat(before: readonly string[], after: readonly string[]): readonly string[] {
  return [...before, ...after];
}
