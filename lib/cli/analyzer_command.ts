import type { WindowOptions } from "../aggregates/windows.ts";
import type { Command, Option } from "./command.ts";
import { DURATION, oneOf, POSITIVE_INTEGER, WHOLE_NUMBER } from "./value_kinds.ts";

/** What the analyzer was asked for. */
export interface AnalyzerSettings extends WindowOptions {
  /** Paths of the inputs, `-` for stdin; empty for stdin alone. */
  readonly files: readonly string[];
  /** The form of the report. */
  readonly output: "text" | "json";
  /** How many rows a list of the text report shows. */
  readonly top: number;
  /** When the text report has colours. */
  readonly color: "auto" | "always" | "never";
  /** Whether a rejected line is a failure. */
  readonly strict: boolean;
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

const STRICT: Option<boolean> = {
  name: "strict",
  help: ["exit with 1, after the report, if a line was rejected"],
  example: "--strict",
  fallback: false,
};

/** The command line of the analyzer. */
export const ANALYZER: Command<AnalyzerSettings> = {
  name: "analyzer",
  usage: "[OPTION]... [FILE]...",
  summary: [
    "Reads HTTP request logs, one JSON object a line, and reports what is wrong with",
    "the service. Without FILE, or where FILE is -, it reads stdin.",
  ],
  takesFiles: true,
  options: [OUTPUT, WINDOW, SUSPICIOUS, TOP, COLOR, STRICT],
  notes: [
    "Under deno run a FILE needs permission to read: deno run -R analyzer.ts FILE",
    "",
    "Examples:",
    "  generator | analyzer",
    "  analyzer --window 5m --output json access.ndjson",
    "  zcat access.ndjson.gz | analyzer --suspicious 100",
    "",
    "Exit codes:",
    "  0  done, also when nobody reads the report to its end",
    "  1  not one line was a record, an input could not be read, or --strict and a",
    "     line was rejected; the report is printed all the same",
    "  2  the command line was not understood",
    "  130, 143  ended by Ctrl-C or SIGTERM, after the report of what was read so far",
  ],
  settings: (parsed) => ({
    files: parsed.files,
    output: parsed.get(OUTPUT),
    windowUs: parsed.get(WINDOW),
    suspiciousOver: parsed.get(SUSPICIOUS),
    top: parsed.get(TOP),
    color: parsed.get(COLOR),
    strict: parsed.get(STRICT),
  }),
};
