import type { AnalysisOptions } from "../../aggregates/analysis_options.ts";
import { type Command, type Option, type ParsedArguments, UsageError } from "../command/command.ts";
import type { Expectation, Limit } from "../command/value_kinds.ts";
import {
  COLOR,
  EXPECT,
  JOBS,
  MAX_CLIENTS_OPTION,
  MAX_ENDPOINTS_OPTION,
  MAX_LINE,
  MAX_PAIRS_OPTION,
  MAX_REJECTED,
  MAX_WINDOWS_OPTION,
  MERGE,
  NO_SCAN,
  OUTPUT,
  PARTIAL,
  PERCENTILES_OPTION,
  REJECTS,
  SHARD,
  STRICT,
  SUSPICIOUS,
  TOP,
  WINDOW,
} from "./analyzer_options.ts";

/** What the analyzer was asked for. */
export interface AnalyzerSettings
  extends Required<Omit<AnalysisOptions, "hashKey" | "exactPercentilesUpTo">> {
  /** Paths of the inputs, `-` for stdin; empty for stdin alone. */
  readonly files: readonly string[];
  /** The form of the report. */
  readonly output: "text" | "json";
  /** Which percentiles of the response times, ascending. */
  readonly percentiles: readonly number[];
  /** How many rows a list of the text report shows. */
  readonly top: number;
  /** When the text report has colours. */
  readonly color: "auto" | "always" | "never";
  /** The most bytes that a line may have, without its terminator. */
  readonly maxLineBytes: number;
  /** The file that rejected lines are written to. */
  readonly rejects: string | undefined;
  /** How many rejected lines are no failure yet. */
  readonly maxRejected: Limit;
  /** How many threads read; as many as are of use if not given. */
  readonly jobs: number | undefined;
  /** Whether lines are taken as bytes where they can be. */
  readonly isScanning: boolean;
  /** Whether a state is printed in place of the report. */
  readonly isPartial: boolean;
  /** What a state calls the input, if it has a name. */
  readonly shard: string | undefined;
  /** Whether states are read in place of logs. */
  readonly isMerge: boolean;
  /** Which shards must be among the states. */
  readonly expect: Expectation | undefined;
}

/** The command line of the analyzer. */
export const ANALYZER: Command<AnalyzerSettings> = {
  name: "analyzer",
  usage: "[OPTION]... [FILE]...",
  summary: [
    "Reads HTTP request logs, one JSON object a line, and reports what is wrong with",
    "the service. Without FILE, or where FILE is -, it reads stdin. Input may be",
    "compressed with gzip or zstd.",
  ],
  takesFiles: true,
  options: [
    OUTPUT,
    WINDOW,
    SUSPICIOUS,
    PERCENTILES_OPTION,
    TOP,
    COLOR,
    MAX_ENDPOINTS_OPTION,
    MAX_CLIENTS_OPTION,
    MAX_WINDOWS_OPTION,
    MAX_PAIRS_OPTION,
    JOBS,
    NO_SCAN,
    MAX_LINE,
    REJECTS,
    MAX_REJECTED,
    STRICT,
    PARTIAL,
    SHARD,
    MERGE,
    EXPECT,
  ],
  notes: [
    "Memory stops growing at some 200 MiB with the usual limits, however much is",
    "read, or at 240 MiB if millions of names are as long as they may be. A thread",
    "more takes 40 MiB, or up to 150 if it has as much to remember as there may be.",
    "A line above 1 MiB, where --max-line allows it, takes up to 8 times its length.",
    "",
    "Under deno run a FILE needs permission to read, --rejects to write:",
    "  deno run -R analyzer.ts FILE",
    "  deno run -W=rejects.ndjson analyzer.ts --rejects rejects.ndjson < FILE",
    "",
    "Examples:",
    "  generator | analyzer",
    "  analyzer --window 5m --output json access.ndjson",
    "  analyzer --suspicious 100 access.ndjson.gz access.ndjson",
    "  cat states | analyzer --merge     where a state is: analyzer --partial < part",
    "",
    "Exit codes:",
    "  0  done, also when nobody reads the report to its end",
    "  1  not one line was a record, more lines were rejected than may be, or a file",
    "     could not be read or written; the report is printed all the same. Or states",
    "     did not go together: then nothing is printed, nor ever a state but with 0",
    "  2  the command line was not understood",
    "  129, 130, 143  ended by SIGHUP, Ctrl-C or SIGTERM, after the report of what",
    "     was read so far; a second one ends it at once",
  ],
  settings: (parsed) => {
    rejectConflicts(parsed);
    return toSettings(parsed);
  },
};

function toSettings(parsed: ParsedArguments): AnalyzerSettings {
  return {
    files: parsed.files,
    output: parsed.get(OUTPUT),
    windowUs: parsed.get(WINDOW),
    suspiciousOver: parsed.get(SUSPICIOUS),
    percentiles: parsed.get(PERCENTILES_OPTION),
    top: parsed.get(TOP),
    color: parsed.get(COLOR),
    maxEndpoints: parsed.get(MAX_ENDPOINTS_OPTION),
    maxClients: parsed.get(MAX_CLIENTS_OPTION),
    maxWindows: parsed.get(MAX_WINDOWS_OPTION),
    maxPairs: parsed.get(MAX_PAIRS_OPTION),
    maxLineBytes: parsed.get(MAX_LINE),
    rejects: parsed.get(REJECTS),
    maxRejected: parsed.get(STRICT) ? { count: 0 } : parsed.get(MAX_REJECTED),
    jobs: parsed.get(JOBS),
    isScanning: !parsed.get(NO_SCAN),
    isPartial: parsed.get(PARTIAL),
    shard: parsed.get(SHARD),
    isMerge: parsed.get(MERGE),
    expect: parsed.get(EXPECT),
  };
}

const OF_REPORTS: readonly Option<unknown>[] = [OUTPUT, PERCENTILES_OPTION, TOP, COLOR];
const OF_LOGS: readonly Option<unknown>[] = [
  WINDOW,
  SUSPICIOUS,
  MAX_ENDPOINTS_OPTION,
  MAX_CLIENTS_OPTION,
  MAX_WINDOWS_OPTION,
  MAX_PAIRS_OPTION,
  JOBS,
  NO_SCAN,
  MAX_LINE,
  REJECTS,
  SHARD,
];

/** An option that would do nothing is a misunderstanding, which is better told. */
function rejectConflicts(parsed: ParsedArguments): void {
  const reject = (options: readonly Option<unknown>[], why: string) => {
    const given = options.find((option) => parsed.isGiven(option));
    if (given !== undefined) throw new UsageError(`Cannot use --${given.name} ${why}`);
  };
  if (parsed.get(PARTIAL)) {
    reject(OF_REPORTS, "with --partial: it prints a state, and the report comes from --merge");
  }
  if (parsed.get(MERGE)) {
    reject(OF_LOGS, "with --merge: it is for reading logs, and states carry their settings");
  } else {
    reject([EXPECT], "without --merge: it is about states, for example --merge --expect 3");
  }
  if (!parsed.get(PARTIAL)) {
    reject([SHARD], "without --partial: it names a state, for example --partial --shard logs/17");
  }
}
