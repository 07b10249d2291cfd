/**
 * Compares the analyzer's reports on real logs with what other programs found in them:
 * `deno run -A tests/real/compare.ts FOLDER`.
 *
 * A folder holds logs, each with the answer beside it: `NAME.oracle.json` has what another program found
 * in the log `NAME`, `NAME.expected.json` what is right of the small case `NAME.log`. Every small case
 * must pass. Of the real logs nearly all must agree; `expected_differences.json` says of each of the rest
 * why ours is right, and a difference that is gone must go from there too.
 *
 * @module
 */

import { basename } from "@std/path";
import { analyzeLog, findLogs } from "./analyze_log.ts";
import {
  differences,
  type Facts,
  factsForCase,
  factsOfAnswer,
  factsOfCase,
  factsOfReport,
} from "./facts.ts";

/** A real log of which another program found something else, rightly expected. */
export interface ExpectedDifference {
  /** The log's file name. */
  readonly log: string;
  /** Whether all that the other found was found, and more requests besides: such a log agrees. */
  readonly isMore?: boolean;
  /** Why ours is right. */
  readonly reason: string;
}

/** How many logs must agree, as shares from 0 to 1. */
export interface Least {
  /** Of the real logs. */
  readonly logs: number;
  /** Of the small cases. */
  readonly cases: number;
}

/** What came of a comparison. */
export interface Comparison {
  /** A line for each log that differs, and one with the counts. */
  readonly lines: readonly string[];
  /** Whether all is as it must be. */
  readonly isRight: boolean;
}

/**
 * Compares the logs of a folder with their answers.
 *
 * @param folder Where they are.
 * @param options `expected`: the differences that are expected; `least`: how many must agree.
 */
export async function compare(
  folder: string,
  { expected, least }: { readonly expected: readonly ExpectedDifference[]; readonly least: Least },
): Promise<Comparison> {
  const real = await compareReal(folder, { expected, least });
  const small = await compareCases(folder, { expected, least });
  const lines = [...real.lines, ...small.lines];
  if (lines.length === 0) return { lines: [`No log with an answer in ${folder}`], isRight: false };
  return { lines, isRight: real.isRight && small.isRight };
}

async function compareReal(
  folder: string,
  { expected, least }: { readonly expected: readonly ExpectedDifference[]; readonly least: Least },
): Promise<Comparison> {
  const pairs = await findLogs(folder, (log) => `${log}.oracle.json`);
  const lines: string[] = [];
  let agreed = 0, more = 0, listed = 0, isStale = false;
  for (const { log, answers } of pairs) {
    const wanted = factsOfAnswer(await readJson(answers));
    const found = factsOfReport(await analyzeLog(log), wanted);
    const differing = differences(wanted, found);
    const rule = expected.find((each) => each.log === basename(log));
    if (differing.length === 0) {
      agreed++;
      if (rule === undefined) continue;
      isStale = true;
      lines.push(`${basename(log)}: agrees, but a difference is expected`);
    } else if (rule?.isMore === true && hasMore(wanted, found)) more++;
    else {
      if (rule !== undefined && rule.isMore !== true) listed++;
      const note = rule === undefined ? "" : ` (expected: ${rule.reason})`;
      lines.push(`${basename(log)}: ${differing.join("; ")}${note}`);
    }
  }
  if (pairs.length === 0) return { lines: [], isRight: true };
  const right = agreed + more, needed = Math.floor(least.logs * pairs.length);
  lines.push(
    `${right} of ${pairs.length} logs agree, ${more} of them with more requests; ${listed} more differ ` +
      `as expected; at least ${needed} must agree`,
  );
  return { lines, isRight: right >= needed && !isStale };
}

/** Whether ours has all that the other found, and more requests. */
function hasMore(wanted: Facts, found: Facts): boolean {
  const count = (facts: Facts, name: string) => facts[name] as number;
  const all = (facts: Facts) => count(facts, "records") + count(facts, "unused");
  return count(found, "records") > count(wanted, "records") && all(found) === all(wanted) &&
    count(found, "4xx") >= count(wanted, "4xx") && count(found, "5xx") >= count(wanted, "5xx");
}

async function compareCases(
  folder: string,
  { expected, least }: { readonly expected: readonly ExpectedDifference[]; readonly least: Least },
): Promise<Comparison> {
  const pairs = await findLogs(
    folder,
    (log) => log.endsWith(".log") ? log.replace(/\.log$/, ".expected.json") : undefined,
  );
  const lines: string[] = [];
  let listed = 0;
  for (const { log, answers } of pairs) {
    const asked = factsOfCase(await readJson(answers));
    const differing = differences(asked, factsForCase(await analyzeLog(log), asked));
    const rule = expected.find((each) => each.log === basename(log));
    if (differing.length > 0) {
      const why = rule === undefined ? "" : ` (expected: ${rule.reason})`;
      if (rule !== undefined) listed++;
      lines.push(`${basename(log)}: ${differing.join("; ")}${why}`);
    }
  }
  if (pairs.length === 0) return { lines: [], isRight: true };
  const passed = pairs.length - lines.length;
  lines.push(`${passed} of ${pairs.length} small cases pass; ${listed} more differ as expected`);
  return { lines, isRight: passed + listed >= least.cases * pairs.length };
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(path));
}

/** What holds while formats are still being added: 92 of 96 logs and all cases are what is to hold. */
const LEAST: Least = { logs: 92 / 96, cases: 1 };

if (import.meta.main) {
  const [folder = "."] = Deno.args;
  const expected = await readJson(
    new URL("expected_differences.json", import.meta.url).pathname,
  ) as ExpectedDifference[];
  const { lines, isRight } = await compare(folder, { expected, least: LEAST });
  console.log(lines.join("\n"));
  if (!isRight) Deno.exit(1);
}
