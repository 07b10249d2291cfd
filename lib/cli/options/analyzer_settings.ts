import type { AnalysisOptions } from "../../aggregates/analysis_options.ts";
import type { TypedSelection } from "../../select/selection_settings.ts";
import type { Expectation, Limit } from "../command/value_kinds.ts";

/** The subject of an option of the analyzer; `run` is for options that fit whatever it reads and prints. */
export type AnalyzerSubject = "logs" | "state of logs" | "states" | "report" | "run";

/** The settings of the analyzer, as its command line gives them. */
export interface AnalyzerSettings
  extends
    TypedSelection,
    Required<Omit<AnalysisOptions, "hashKey" | "exactPercentilesUpTo" | "selection">> {
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
  /** How many rows a list of the text report shows; `undefined` for the usual number, or what a terminal has room for. */
  readonly top: number | undefined;
  /** By what the endpoints of the text report are sorted. */
  readonly sort: "failed" | "rate" | "requests" | "slow" | "p95" | "time";
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
