import type { Command } from "../command/command.ts";
import {
  ANALYZER_OPTIONS,
  type AnalyzerSettings,
  type AnalyzerSubject,
} from "./analyzer_options.ts";

/** The command line of the analyzer. */
export const ANALYZER: Command<AnalyzerSettings, AnalyzerSubject> = {
  name: "analyzer",
  usage: "[OPTION]... [FILE]...",
  summary: [
    "Reads HTTP request logs, as servers write them or one JSON object a line, and",
    "reports what is wrong with the service. Without FILE, or where FILE is -, it",
    "reads stdin. Input may be compressed with gzip or zstd.",
  ],
  takesFiles: true,
  options: ANALYZER_OPTIONS,
  conflicts: [
    {
      of: ["report"],
      when: "with",
      others: ["isPartial"],
      why: "it prints a state, and the report comes from --merge",
    },
    {
      of: ["logs", "state of logs"],
      when: "with",
      others: ["isMerge"],
      why: "it is for reading logs, and states carry their settings",
    },
    { of: ["states"], when: "without", others: ["isMerge"], why: "it is about states" },
    { of: ["state of logs"], when: "without", others: ["isPartial"], why: "it names a state" },
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
    "  zcat access.log*.gz | analyzer",
    "  analyzer --window 5m --output json access.ndjson",
    "  analyzer --suspicious 100 access.ndjson.gz access.ndjson",
    "  cat states | analyzer --merge     where a state is: analyzer --partial < part",
    "",
    "Exit codes:",
    "  0  done, also when nobody reads the report to its end",
    "  1  not one line was a record, more lines were rejected than may be, or a file",
    "     could not be read or written; what was read is reported all the same. Or",
    "     states did not go together: then nothing is printed, nor a state but with 0",
    "  2  the command line was not understood",
    "  129, 130, 143  ended by SIGHUP, Ctrl-C or SIGTERM, after the report of what",
    "     was read so far; a second one ends it at once",
  ],
};
