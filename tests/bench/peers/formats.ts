import { type Contestant, contestants, type Programs } from "./contestants.ts";
import { type Measured, median, ratios } from "./render_table.ts";

/** How fast one must be, as a multiple of another. */
interface Must {
  readonly what: string;
  readonly one: string;
  readonly other: string;
  readonly input: Contestant["input"];
  readonly least: number;
}

/** What is measured of a format of lines. */
export interface BenchedFormat {
  /** A command for a shell that writes `$COUNT` records to `$LOG`, and what else its contestants read. */
  readonly write: string;
  /** Who takes part. */
  readonly contestants: (programs: Programs) => readonly Contestant[];
  /** What is to hold. */
  readonly musts: readonly Must[];
}

/** nginx's combined format with the response time behind it, which is read with a pasted template. */
const TEMPLATE = `'$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent ` +
  `"$http_referer" "$http_user_agent" $request_time'`;

const piped = (command: string) => `cat $LOG | ${command}`;

/** The analyzer, and DuckDB on the same questions, from a file and from a pipe. */
function analyzerAndDuckDb({ deno, duckdb }: Programs, format: string): Contestant[] {
  const analyzer = `$TIME ${deno} run -R analyzer.ts -o json`;
  const own = (name: string, command: string, input: "pipe" | "file"): Contestant => ({
    name,
    input,
    command,
    share: 1,
    answers: "all",
    needs: "true",
  });
  return [
    own("analyzer --jobs 1", `${analyzer} --jobs 1 $LOG`, "file"),
    own("analyzer --jobs 2", `${analyzer} --jobs 2 $LOG`, "file"),
    own("analyzer", piped(analyzer), "pipe"),
    own("analyzer --jobs 2", piped(`${analyzer} --jobs 2`), "pipe"),
    ...duckdb === undefined ? [] : [
      own("DuckDB, 2 threads", `$TIME node ${duckdb} $LOG 2 ${format}`, "file"),
      own("DuckDB, 1 thread", `$TIME node ${duckdb} $LOG 1 ${format}`, "file"),
      own("DuckDB, 2 threads", piped(`$TIME node ${duckdb} /dev/stdin 2 ${format}`), "pipe"),
    ],
  ];
}

/** What can be measured, by name. */
export const BENCHED_FORMATS: Readonly<Record<string, BenchedFormat>> = {
  ndjson: {
    write: "$DENO run generator.ts -n $COUNT > $LOG",
    contestants,
    musts: [],
  },
  combined: {
    write: "$DENO run generator.ts --format combined -n $COUNT > $LOG && " +
      `awk '{ printf "%s %d.%03d\\n", $0, NR % 3, NR % 997 }' $LOG > $LOG.timed`,
    contestants: (programs) => {
      const { deno } = programs, template = `${deno} run -R analyzer.ts -o json -f ${TEMPLATE}`;
      return [
        ...analyzerAndDuckDb(programs, "combined"),
        {
          name: "analyzer --jobs 1, with times",
          input: "file",
          command: `$TIME ${deno} run -R analyzer.ts -o json --jobs 1 $LOG.timed`,
          share: 1,
          answers: "all, and response times",
          needs: "true",
        },
        {
          name: "analyzer -f TEMPLATE --jobs 1",
          input: "file",
          command: `$TIME ${template} --jobs 1 $LOG.timed`,
          share: 1,
          answers: "all, and response times",
          needs: `! { ${template} < /dev/null 2>&1 | grep -q "Cannot use"; }`,
        },
        goAccess("pipe", piped(`$TIME ${GOACCESS} -`)),
        goAccess("file", `$TIME ${GOACCESS} $LOG`),
      ];
    },
    musts: [
      duckDbMust("file", "analyzer --jobs 1", 1.5),
      duckDbMust("file", "analyzer --jobs 2", 2),
      duckDbMust("pipe", "analyzer", 1.3),
      {
        what: "analyzer --jobs 1 from a file × GoAccess",
        one: "analyzer --jobs 1",
        other: "GoAccess",
        input: "file",
        least: 15,
      },
      {
        what: "analyzer from a pipe × GoAccess",
        one: "analyzer",
        other: "GoAccess",
        input: "pipe",
        least: 15,
      },
      {
        what: "analyzer -f TEMPLATE --jobs 1 × built-in combined on the same lines",
        one: "analyzer -f TEMPLATE --jobs 1",
        other: "analyzer --jobs 1, with times",
        input: "file",
        least: 0.9,
      },
    ],
  },
  caddy: {
    write: "$DENO run generator.ts -n $COUNT | $DENO run tests/bench/peers/write_caddy.ts > $LOG",
    contestants: (programs) => analyzerAndDuckDb(programs, "caddy"),
    musts: [
      duckDbMust("file", "analyzer --jobs 1", 1),
      duckDbMust("file", "analyzer --jobs 2", 1),
      duckDbMust("pipe", "analyzer", 1),
    ],
  },
};

const GOACCESS = "goaccess -o json --no-global-config --log-format=COMBINED";

function goAccess(input: "file" | "pipe", command: string): Contestant {
  const answers = "totals, endpoints, statuses, clients";
  return { name: "GoAccess", input, command, share: 1, answers, needs: "goaccess --version" };
}

function duckDbMust(input: "file" | "pipe", one: string, least: number): Must {
  const what = `${one} from a ${input} × DuckDB with 2 threads`;
  return { what, one, other: "DuckDB, 2 threads", input, least };
}

/**
 * Says of each thing that is to hold whether it does.
 *
 * @param musts What is to hold.
 * @param measured What was measured.
 * @returns A line each, but for those of which one was missing.
 */
export function judge(musts: readonly Must[], measured: readonly Measured[]): string[] {
  return musts.flatMap(({ what, one, other, input, least }) => {
    const of = (name: string) =>
      measured.find(({ contestant }) => contestant.name === name && contestant.input === input);
    const [first, second] = [of(one), of(other)];
    if (first === undefined || second === undefined) return [];
    const ratio = median(ratios(first, second));
    const verdict = ratio >= least ? "holds" : "MISSED";
    return [`- ${what}: ${ratio.toFixed(2)}, must be ${least}: ${verdict}`];
  });
}
