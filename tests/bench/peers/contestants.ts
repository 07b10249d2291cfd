/** A command to be timed. */
export interface Contestant {
  /** Its name in the table. */
  readonly name: string;
  /** What it reads from; a generator reads nothing. */
  readonly input: "pipe" | "file" | "nothing";
  /** The command for a shell; `$LOG` is the file, `$TIME` stands before what is measured. */
  readonly command: string;
  /** How many records, as a share of all. */
  readonly share: number;
  /** Which of the questions it answers. */
  readonly answers: string;
  /** A command that fails where it is not installed. */
  readonly needs: string;
}

const ALL = "all";
const AWK = "totals, endpoints, windows, suspicious";

const AWK_PROGRAM =
  `{ n++; e = $8; s = $12; w = substr($0, length($0) - 27, 16); c[e]++; p[w $16]++` +
  `; if (s >= "400") { f++; ef[e]++; wf[w]++ } } END { print n, f; for (e in c) print e, c[e], ef[e]` +
  `; for (w in wf) if (wf[w] > m) { m = wf[w]; b = w } print b, m; for (k in p) if (p[k] > 25) k2[substr(k, 17)]` +
  `; for (k in k2) print k }`;

/**
 * Who takes part.
 *
 * @param commands How the analyzer and the generator are run, and compiled if they could be; DuckDB's
 * script, if it could be installed.
 */
export function contestants(
  { deno, compiled, duckdb, records }: {
    readonly deno: string;
    readonly compiled: string | undefined;
    readonly duckdb: string | undefined;
    readonly records: number;
  },
): Contestant[] {
  const analyzer = `$TIME ${deno} run -R analyzer.ts -o json`;
  const piped = (command: string) => `cat $LOG | ${command}`;
  const own = (name: string, command: string, input: "pipe" | "file"): Contestant => ({
    name,
    input,
    command,
    share: 1,
    answers: ALL,
    needs: "true",
  });
  const peer = (name: string, needs: string, command: string, answers: string): Contestant => ({
    name,
    input: "pipe",
    command: piped(`$TIME ${command}`),
    share: 0.1,
    answers,
    needs,
  });
  return [
    own("analyzer", piped(analyzer), "pipe"),
    own("analyzer --jobs 2", piped(`${analyzer} --jobs 2`), "pipe"),
    own("analyzer --no-scan", piped(`${analyzer} --no-scan`), "pipe"),
    own("analyzer --jobs 1", `${analyzer} --jobs 1 $LOG`, "file"),
    own("analyzer --jobs 2", `${analyzer} --jobs 2 $LOG`, "file"),
    ...compiled === undefined ? [] : [
      own("compiled analyzer", piped(`$TIME ${compiled}/analyzer -o json`), "pipe"),
      own("compiled analyzer --jobs 2", `$TIME ${compiled}/analyzer -o json --jobs 2 $LOG`, "file"),
    ],
    ...duckdb === undefined ? [] : [
      own("DuckDB, 2 threads", piped(`$TIME node ${duckdb} /dev/stdin 2`), "pipe"),
      own("DuckDB, 2 threads", `$TIME node ${duckdb} $LOG 2`, "file"),
    ],
    peer(
      "GoAccess",
      "goaccess --version",
      `goaccess - -o json --no-global-config --date-format=%Y-%m-%d --time-format=%H:%M:%S ` +
        `--log-format='${GOACCESS_FORMAT}'`,
      "totals, endpoints, statuses, clients",
    ),
    peer(
      "Miller",
      "mlr --version",
      `mlr --ijson --ojson stats1 -a count,min,mean,max,p50,p90,p95,p99 -f response_time -g endpoint`,
      "endpoints with percentiles",
    ),
    peer(
      "jq",
      "jq --version",
      `jq -cn 'reduce inputs as $r ({}; .n += 1 | .e[$r.endpoint] += 1 | ` +
        `if $r.status_code >= "400" then .f += 1 else . end)'`,
      "totals, endpoints",
    ),
    peer("mawk", "mawk -W version", `mawk -F'"' '${AWK_PROGRAM}'`, AWK),
    peer("gawk", "gawk --version", `gawk -F'"' '${AWK_PROGRAM}'`, AWK),
    { ...own("wc -l", piped("$TIME wc -l"), "pipe"), answers: "lines" },
    { ...own("cat", piped("$TIME cat"), "pipe"), answers: "nothing" },
    {
      name: "generator",
      input: "nothing",
      command: `$TIME ${deno} run generator.ts -n ${records} | cat`,
      share: 1,
      answers: "writes them",
      needs: "true",
    },
  ];
}

const GOACCESS_FORMAT = '{"method":"%m","endpoint":"%U","status_code":"%s","ip":"%h",' +
  '"response_time":"%L","user_agent":"%u","timestamp":"%dT%t.%^"}';
