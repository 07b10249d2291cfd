import {
  type AnalysisOptions,
  MAX_CLIENTS,
  MAX_ENDPOINTS,
  MAX_PAIRS,
  MAX_WINDOWS,
} from "../aggregates/analysis.ts";
import { USUAL_PERCENTILES } from "../report/to_report.ts";
import type { Command, Option } from "./command.ts";
import {
  DURATION,
  INTEGER_FROM_2,
  LIMIT,
  type Limit,
  oneOf,
  PATH,
  PERCENTILES,
  POSITIVE_INTEGER,
  SIZE,
  WHOLE_NUMBER,
} from "./value_kinds.ts";

/** What the analyzer was asked for. */
export interface AnalyzerSettings extends AnalysisOptions {
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
}

const OUTPUT: Option<AnalyzerSettings["output"]> = {
  name: "output",
  short: "o",
  placeholder: "FORM",
  help: ["form of the report: text or json (text)"],
  kind: oneOf(["text", "json"]),
  example: "--output json",
  fallback: "text",
};

const WINDOW: Option<number> = {
  name: "window",
  placeholder: "DURATION",
  help: ["length of a window: integer and ms, s, m, h or d (60s)"],
  kind: DURATION,
  example: "--window 5m",
  fallback: 60_000_000,
};

const SUSPICIOUS: Option<number> = {
  name: "suspicious",
  placeholder: "N",
  help: ["an IP is suspicious above N requests in a window (25)"],
  kind: WHOLE_NUMBER,
  example: "--suspicious 100",
  fallback: 25,
};

const PERCENTILES_OPTION: Option<readonly number[]> = {
  name: "percentiles",
  placeholder: "LIST",
  help: ["percentiles of the response times (50,90,95,99)"],
  kind: PERCENTILES,
  example: "--percentiles 50,99,99.9",
  fallback: USUAL_PERCENTILES,
};

const TOP: Option<number> = {
  name: "top",
  placeholder: "N",
  help: ["rows that a list of the text report shows (10)"],
  kind: POSITIVE_INTEGER,
  example: "--top 10",
  fallback: 10,
};

const COLOR: Option<AnalyzerSettings["color"]> = {
  name: "color",
  placeholder: "WHEN",
  help: ["colour: auto (on a terminal, heeding NO_COLOR), always", "or never (auto)"],
  kind: oneOf(["auto", "always", "never"]),
  example: "--color never",
  fallback: "auto",
};

const MAX_ENDPOINTS_OPTION: Option<number> = {
  name: "max-endpoints",
  placeholder: "N",
  help: ["exact up to N endpoints, the busiest of more (20000)"],
  kind: POSITIVE_INTEGER,
  example: "--max-endpoints 50000",
  fallback: MAX_ENDPOINTS,
};

const MAX_CLIENTS_OPTION: Option<number> = {
  name: "max-clients",
  placeholder: "N",
  help: ["exact up to N clients, the busiest of more (200000)"],
  kind: POSITIVE_INTEGER,
  example: "--max-clients 500000",
  fallback: MAX_CLIENTS,
};

const MAX_WINDOWS_OPTION: Option<number> = {
  name: "max-windows",
  placeholder: "N",
  help: ["exact up to N windows, the worst of more (100000)"],
  kind: INTEGER_FROM_2,
  example: "--max-windows 500000",
  fallback: MAX_WINDOWS,
};

const MAX_PAIRS_OPTION: Option<number> = {
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

const REJECTS: Option<string | undefined> = {
  name: "rejects",
  placeholder: "FILE",
  help: ["write rejected lines to FILE, as JSON with the reason"],
  kind: PATH,
  example: "--rejects rejects.ndjson",
  fallback: undefined,
};

const MAX_REJECTED: Option<Limit> = {
  name: "max-rejected",
  placeholder: "N",
  help: ["exit with 1, after the report, if more than N lines,", "or N% of them, were rejected"],
  kind: LIMIT,
  example: "--max-rejected 1%",
  fallback: { percent: 100 },
};

const STRICT: Option<boolean> = {
  name: "strict",
  help: ["as --max-rejected 0"],
  example: "--strict",
  fallback: false,
};

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
    MAX_LINE,
    REJECTS,
    MAX_REJECTED,
    STRICT,
  ],
  notes: [
    "Memory stops growing at some 350 MiB with the usual limits, whatever is read.",
    "",
    "Under deno run a FILE needs permission to read, --rejects to write:",
    "  deno run -R analyzer.ts FILE",
    "  deno run -W=rejects.ndjson analyzer.ts --rejects rejects.ndjson < FILE",
    "",
    "Examples:",
    "  generator | analyzer",
    "  analyzer --window 5m --output json access.ndjson",
    "  analyzer --suspicious 100 access.ndjson.gz access.ndjson",
    "",
    "Exit codes:",
    "  0  done, also when nobody reads the report to its end",
    "  1  not one line was a record, more lines were rejected than may be, or a file",
    "     could not be read or written; the report is printed all the same",
    "  2  the command line was not understood",
    "  130, 143  ended by Ctrl-C or SIGTERM, after the report of what was read so far",
  ],
  settings: (parsed) => ({
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
  }),
};
