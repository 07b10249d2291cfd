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

/** Those that are slow get a tenth of the records. */
const FEWER = 0.1;

const ALL = "all";
const MOST = "totals, endpoints, windows, suspicious";

const AWK_PROGRAM =
  `{ n++; e = $8; s = $12; w = substr($0, length($0) - 27, 16); c[e]++; p[w $16]++` +
  `; if (s >= "400") { f++; ef[e]++; wf[w]++ } } END { print n, f; for (e in c) print e, c[e], ef[e]` +
  `; for (w in wf) if (wf[w] > m) { m = wf[w]; b = w } print b, m; for (k in p) if (p[k] > 25) k2[substr(k, 17)]` +
  `; for (k in k2) print k }`;

// Without percentiles: a list of all times is copied for each record.
const JQ_PROGRAM = "reduce inputs as $r ({}; $r.timestamp[0:16] as $w" +
  "| .n += 1 | .e[$r.endpoint].n += 1 | .e[$r.endpoint].time += $r.response_time" +
  "| .ip[$r.ip] += 1 | .status[$r.status_code] += 1 | .method[$r.method] += 1" +
  "| .w[$w].n += 1 | .p[$w][$r.ip] += 1" +
  '| if $r.status_code >= "400" then .f += 1 | .e[$r.endpoint].f += 1' +
  '| if $r.status_code >= "500" then .w[$w].f5 += 1 else .w[$w].f4 += 1 end else . end' +
  "| if .min == null or $r.response_time < .min.response_time then .min = $r else . end" +
  "| if .max == null or $r.response_time > .max.response_time then .max = $r else . end)";

const MILLER_PROGRAM = `w = substr($timestamp, 0, 15); @n += 1; @w[w] += 1; @p[w][$ip] += 1; ` +
  `@ip[$ip] += 1; @status[$status_code] += 1; @method[$method] += 1; ` +
  `if (is_absent(@min) || $response_time < @min["response_time"]) { @min = $* } ` +
  `if (is_absent(@max) || $response_time > @max["response_time"]) { @max = $* } ` +
  `if ($status_code >= 400) { @f[$endpoint] += 1; ` +
  `if ($status_code >= 500) { @w5[w] += 1 } else { @w4[w] += 1 } } ` +
  `end { emit > stderr, @n; emit > stderr, @f, "endpoint"; emit > stderr, @ip, "ip"; ` +
  `emit > stderr, @status, "status_code"; emit > stderr, @method, "method"; ` +
  `emit > stderr, @min; emit > stderr, @max; ` +
  `emit > stderr, (@w, @w4, @w5), "window"; emit > stderr, @p, "window", "ip" }`;

/** How programs are run. */
export interface Programs {
  /** The path of Deno. */
  readonly deno: string;
  /** The folder of the compiled analyzer and generator, if they could be compiled. */
  readonly compiled: string | undefined;
  /** DuckDB's script, if it could be installed. */
  readonly duckdb: string | undefined;
  /** How many records there are. */
  readonly records: number;
}

/**
 * Who takes part with lines of the project's own schema.
 *
 * @param programs How they are run.
 */
export function contestants({ deno, compiled, duckdb, records }: Programs): Contestant[] {
  const analyzer = `$TIME ${deno} run -R analyzer.ts -o json`;
  const piped = (command: string) => `cat $LOG | ${command}`;
  const own = (name: string, command: string, input: "pipe" | "file", share = 1): Contestant => ({
    name,
    input,
    command,
    share,
    answers: ALL,
    needs: "true",
  });
  const peer = (name: string, needs: string, command: string, answers: string): Contestant => ({
    name,
    input: "pipe",
    command: piped(`$TIME ${command}`),
    share: FEWER,
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
    own("analyzer, fewer records", piped(analyzer), "pipe", FEWER),
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
      `mlr --ijson --ojson put '${MILLER_PROGRAM}' ` +
        `then stats1 -a count,min,mean,max,p50,p90,p95,p99 -f response_time -g endpoint`,
      ALL,
    ),
    peer(
      "jq",
      "jq --version",
      `jq -cn '${JQ_PROGRAM}'`,
      "all but percentiles",
    ),
    peer("mawk", "mawk -W version", `mawk -F'"' '${AWK_PROGRAM}'`, MOST),
    peer("gawk", "gawk --version", `gawk -F'"' '${AWK_PROGRAM}'`, MOST),
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
