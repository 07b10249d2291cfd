import { Analysis, type AnalysisOptions } from "../../lib/aggregates/analysis.ts";
import type { Finding } from "../../lib/findings/finding.ts";
import { findAll } from "../../lib/findings/find.ts";
import type { LogRecord } from "../../schema.ts";
import { addLines } from "../support/add_lines.ts";
import { makeRecord } from "../support/make_record.ts";

/** Length of a window in these tests, in microseconds. */
export const MINUTE = 60_000_000;

/** The options of these tests. */
export const OPTIONS: AnalysisOptions = { windowUs: MINUTE, suspiciousOver: 25 };

/** A rule. */
export type Rule = Finding["rule"];

/** What a rule finds. */
export type FindingOf<Name extends Rule> = Extract<Finding, { readonly rule: Name }>;

/** Makes equal requests in a minute; all but a few fields have default values, and they succeed. */
export function requests(
  count: number,
  minute: number,
  fields: Partial<LogRecord> = {},
): LogRecord[] {
  return Array<LogRecord>(count).fill(makeRecord({ ...fields, timestampUs: minute * MINUTE }));
}

/** Makes the same number of equal requests in each of some minutes. */
export function requestsIn(
  minutes: Iterable<number>,
  count: number,
  fields: Partial<LogRecord> = {},
): LogRecord[] {
  return Array.from(minutes, (minute) => requests(count, minute, fields)).flat();
}

/** The whole numbers from `first` to `last`. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** An instant as findings have it. */
export function minuteOf(minute: number): string {
  return new Date(minute * 60_000).toISOString().replace(".000Z", "Z");
}

/** Counts records. */
export function analyze(
  records: Iterable<LogRecord>,
  options: Partial<AnalysisOptions> = {},
): Analysis {
  const analysis = new Analysis({ ...OPTIONS, ...options });
  addLines(analysis, records);
  return analysis;
}

/** What stands out in records. */
export function findIn(
  records: Iterable<LogRecord>,
  options: Partial<AnalysisOptions> = {},
): Finding[] {
  return findAll(analyze(records, options));
}

/** The findings of one rule. */
export function pick<Name extends Rule>(
  rule: Name,
  findings: readonly Finding[],
): FindingOf<Name>[] {
  return findings.filter((one): one is FindingOf<Name> => one.rule === rule);
}

/** How many findings of one rule records give. */
export function countOf(
  rule: Rule,
  records: Iterable<LogRecord>,
  options: Partial<AnalysisOptions> = {},
): number {
  return pick(rule, findIn(records, options)).length;
}

/** The first of some findings that a rule gave; it fails if there is none. */
export function firstAmong<Name extends Rule>(
  rule: Name,
  findings: readonly Finding[],
): FindingOf<Name> {
  const [first] = pick(rule, findings);
  if (first === undefined) throw new Error(`no ${rule} in ${JSON.stringify(findings)}`);
  return first;
}

/** The first finding of one rule in records; it fails if there is none. */
export function firstOf<Name extends Rule>(
  rule: Name,
  records: Iterable<LogRecord>,
  options: Partial<AnalysisOptions> = {},
): FindingOf<Name> {
  return firstAmong(rule, findIn(records, options));
}
