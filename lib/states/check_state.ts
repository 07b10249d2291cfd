import { parseTimestamp } from "../../schema.ts";
import type { AnalysisOptions } from "../aggregates/analysis_options.ts";
import type { AnalysisState } from "../aggregates/analysis_state.ts";
import { MAX_METHODS } from "../aggregates/kinds.ts";
import type { OutcomeTableState } from "../aggregates/outcome_counts.ts";
import { hasTarget } from "../records/has_target.ts";
import { ENDPOINT_BYTES, NAME_BYTES } from "../records/limit_keys.ts";
import type { SpaceSavingState } from "../sketches/space_saving_state.ts";
import type { Column } from "../tables/json_column.ts";
import { type Integers, wrong } from "../tables/read_state.ts";
import { checkDurations, LONGEST_US } from "./check_durations.ts";
import { checkClientTexts, checkTexts, textsOf } from "./check_texts.ts";

/** How many requests there are, and how many of them failed in each class. */
type Counts = readonly [
  requests: number,
  failed4xx: number,
  failed5xx: number,
  failedOther: number,
];

/** The first and the last timestamp that a record may have, in microseconds since the epoch. */
const FIRST_US = parseTimestamp("1684-07-29T00:00:00")!;
const LAST_US = parseTimestamp("2255-06-04T23:59:59.999999")!;

/**
 * Asserts that the members of an analysis are consistent, and have nothing that no log can have: no timestamp
 * out of range, no text above its limit.
 *
 * The checks hold above the capacities too: a key surely came `count - error` times, and if no key was evicted,
 * the counts of all rows add up to those of all records.
 *
 * @param state The analysis as JSON. The form of each member was checked before.
 * @param options The options of the analysis.
 * @throws {SyntaxError} If two members contradict each other, or one has something that no log can have.
 */
export function checkState(state: AnalysisState, options: Required<AnalysisOptions>): void {
  const { records } = state.lines;
  const total = sumOfRows(state.outcomes, 1, "outcomes");
  assert(total[0] === records, "outcomes", `${records} requests, one a record, not ${total[0]}`);
  checkSpan(state);
  checkStatuses(state, total);
  checkKeys(state.kinds.methods, "kinds.methods", { capacity: MAX_METHODS, records });
  checkTexts(state.kinds.methods.texts, "kinds.methods", NAME_BYTES);
  checkDurations(state.response_times, "response_times", records);
  checkExtremes(state);
  checkEndpoints(state, total, options.maxEndpoints);
  checkClients(state, total, options.maxClients);
  checkWindows(state, total, options);
  checkPairs(state, options.windowUs);
  checkTimeline(state, total);
}

function checkSpan({ span, lines: { records } }: AnalysisState): void {
  assert(
    span.length === (records === 0 ? 0 : 2),
    "span",
    "two times, or none if there is no record",
  );
  const [first = 0, last = 0] = span;
  assert(first <= last, "span", "the first time before the last");
  assert(first >= FIRST_US && last <= LAST_US, "span", "times within all dates");
}

function checkStatuses({ kinds: { statuses } }: AnalysisState, total: Counts): void {
  const counted = [0, 0, 0, 0];
  for (const [status, count] of Object.entries(statuses)) {
    counted[0]! += count;
    const failedClass = Math.min(Number(status[0]) - 3, 3);
    if (failedClass > 0) counted[failedClass]! += count;
  }
  assert(
    counted.every((count, i) => count === total[i]),
    "kinds.statuses",
    "those of the outcomes",
  );
}

function checkExtremes({ extremes, span, response_times: times }: AnalysisState): void {
  const name = "extremes", [fastest, slowest] = extremes;
  if (fastest === undefined) return;
  assert(extremes.length === 2 && slowest !== undefined, name, "two requests or none");
  for (const { texts: [endpoint, method], response_time: us, timestamp } of [fastest, slowest!]) {
    checkTexts([endpoint], name, ENDPOINT_BYTES);
    checkTexts([method], name, NAME_BYTES);
    assert(hasTarget(endpoint), name, "requests that have a target");
    assert(us <= LONGEST_US, name, `response times up to ${LONGEST_US}`);
    assert(timestamp >= span[0]! && timestamp <= span[1]!, name, "times within the span");
  }
  const { count, min, max } = checkDurations(times, "response_times", Infinity);
  const [least, most] = [fastest.response_time, slowest!.response_time];
  assert(
    count > 0 && min <= least && least <= most && most <= max,
    name,
    "response times that came",
  );
}

function checkEndpoints(state: AnalysisState, total: Counts, capacity: number): void {
  const name = "endpoints", ofKeys = "endpoints.keys", ofTimes = "endpoints.times";
  const ofOutcomes = "endpoints.outcomes";
  const { keys, outcomes, times, requests, failed, without_endpoint: without } = state.endpoints;
  const { records } = state.lines, allFailed = failuresOf(total);
  assert(requests + without === records, name, `${records} requests, one a record`);
  assert(failed <= requests && failed <= allFailed, name, "no more failures than requests failed");
  assert(allFailed - failed <= without, name, "the failures of all requests with a target");
  checkKeys(keys, ofKeys, { capacity, records: requests });
  checkTexts(keys.texts, ofKeys, ENDPOINT_BYTES);
  for (const text of textsOf(keys.texts)) assert(hasTarget(text), ofKeys, "targets");

  let timed = 0;
  const sums = sumOfRows(outcomes, times.length, ofOutcomes, (row, requests) => {
    assert(requests === sureAt(keys, row), ofOutcomes, "the requests of keys less their errors");
    timed += checkDurations(times[row]!, ofTimes, requests).count;
  });
  const isWhole = keys.missing === 0, sum = failuresOf(sums);
  assert(isWhole ? sum === failed : sum <= failed, ofOutcomes, `${failed} failures`);
  const gone = requests - sums[0];
  assert(failed - sum <= gone, ofOutcomes, "no more failures missing than requests");
  assertWithin(sums, total, ofOutcomes);
  const all = checkDurations(state.response_times, "response_times", records).count;
  assert(timed <= all, ofTimes, `no more than all ${all} response times`);
  assert(
    timed === 0 || state.extremes.length > 0,
    "extremes",
    "the fastest and the slowest request",
  );
}

function checkClients({ clients, lines }: AnalysisState, total: Counts, capacity: number): void {
  const { keys, failed, without_client: without } = clients, allFailed = failuresOf(total);
  checkKeys(keys, "clients.keys", { capacity, records: lines.records - without });
  checkClientTexts(keys.texts, "clients.keys");
  let sum = 0;
  for (const [row, count] of failed.entries()) {
    assert(count <= sureAt(keys, row), "clients.failed", "no more failures than requests");
    sum += count;
  }
  const isWhole = keys.missing === 0 ? allFailed - sum <= without : true;
  const wanted = `the ${allFailed} failures of all requests with a client`;
  assert(sum <= allFailed && isWhole, "clients.failed", wanted);
}

function checkWindows(
  { windows, lines: { records }, span }: AnalysisState,
  total: Counts,
  { windowUs, maxWindows: capacity }: Required<AnalysisOptions>,
): void {
  const { worst, outcomes, requests } = windows, allFailed = failuresOf(total);
  const { length } = listOf(worst.counts);
  // The column of numbers is absent if all are 0: then the only window is that of index 0.
  const indexes = worst.numbers === undefined && length > 0 ? [0] : listOf(worst.numbers);
  checkIndexes(indexes, "windows.worst", { span, stepUs: windowUs });
  checkKeys(worst, "windows.worst", { capacity, records: allFailed, least: 0 });
  assert(worst.texts === undefined, "windows.worst", "numbers alone");
  assert(requests === records, "windows.requests", `${records}, one a record`);
  const sums = sumOfRows(outcomes, length, "windows.outcomes", (row, requests, failures) => {
    assert(requests > 0, "windows.outcomes", "a request in each window");
    assert(
      failures === sureAt(worst, row),
      "windows.outcomes",
      "the failures of the worst windows",
    );
  });
  assertWithin(sums, total, "windows.outcomes");
  const isWhole = length < capacity;
  assert(!isWhole || sums[0] === records, "windows.outcomes", `${records} requests, one a record`);
}

function checkPairs(state: AnalysisState, windowUs: number): void {
  const { windows: { pairs }, clients, lines, span } = state;
  const name = "windows.pairs", { missing, numbers, texts } = pairs;
  const records = lines.records - clients.without_client;
  checkIndexes(numbers, name, { span, stepUs: windowUs });
  checkClientTexts(texts, name);
  checkCounts(pairs, name, { records, least: 1 });
  assert(missing <= records, name, "no more missing than came");
}

function checkTimeline({ timeline, span }: AnalysisState, total: Counts): void {
  const { step, indexes, outcomes } = timeline;
  checkIndexes(indexes, "timeline", { span, stepUs: step });
  const sums = sumOfRows(outcomes, indexes.length, "timeline.outcomes", (_, requests) => {
    assert(requests > 0, "timeline.outcomes", "a request in each step");
  });
  assert(sums.every((sum, i) => sum === total[i]), "timeline.outcomes", "all requests");
}

/** Asserts that each window or step overlaps the span of the log, and so lies within the range of dates. */
function checkIndexes(
  indexes: Iterable<number>,
  name: string,
  { span: [first = 0, last = 0], stepUs }: { span: readonly number[]; stepUs: number },
): void {
  const [lowest, highest] = [Math.floor(first / stepUs), Math.floor(last / stepUs)];
  for (const index of indexes) {
    if (index >= lowest && index <= highest) continue;
    throw wrong(name, `windows within the span, not ${index}`);
  }
}

/** Checks the counts and errors of keys, and that keys are missing only if there is no room for them. */
function checkKeys(
  keys: SpaceSavingState,
  name: string,
  { capacity, ...limits }: { capacity: number; records: number; least?: number },
): void {
  const { missing } = keys, { length } = listOf(keys.counts);
  checkCounts(keys, name, { least: 1, ...limits });
  assert(
    missing === 0 || length === capacity,
    name,
    "keys missing only where there is no room",
  );
  assert(missing <= limits.records, name, "no more missing than came");
}

/** Checks the counts and errors of rows; if no key is missing, the counts add up to `records`. */
function checkCounts(
  rows: Pick<SpaceSavingState, "missing" | "counts" | "errors">,
  name: string,
  { records, least }: { readonly records: number; readonly least: number },
): void {
  const { missing } = rows, errors = listOf(rows.errors);
  let sum = 0;
  const counts = listOf(rows.counts);
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!, error = errors[i] ?? 0;
    // Messages are made on failure only: there may be a million rows.
    if (error > missing) {
      throw wrong(name, `errors up to ${missing}, how often a missing one may have come`);
    }
    if (count > records) throw wrong(name, `counts up to ${records}`);
    assert(count - error >= least, name, "counts above their errors");
    sum += count - error;
  }
  const isRight = missing === 0 ? sum === records : sum <= records;
  assert(isRight, name, `counts that add up to ${records}, not ${sum}`);
}

/** How often the key of a row surely came: its count less its error. */
function sureAt({ counts, errors }: SpaceSavingState, row: number): number {
  return listOf(counts)[row]! - (listOf(errors)[row] ?? 0);
}

/**
 * Adds up the rows of a table, and asserts that in no row more requests failed than came. `check` is called with
 * each row.
 */
function sumOfRows(
  table: OutcomeTableState,
  length: number,
  name: string,
  check: (row: number, requests: number, failures: number) => void = () => {},
): Counts {
  const { requests, failed_4xx: in4xx, failed_5xx: in5xx, failed_other: others } = table;
  const sums = [0, 0, 0, 0] as [number, number, number, number];
  // An absent column is all 0. No object is made for a row, as there may be a hundred thousand rows.
  for (let row = 0; row < length; row++) {
    const came = requests?.[row] ?? 0, failed4xx = in4xx?.[row] ?? 0;
    const failed5xx = in5xx?.[row] ?? 0, failedOther = others?.[row] ?? 0;
    const failures = failed4xx + failed5xx + failedOther;
    assert(failures <= came, name, "no more failures than requests");
    check(row, came, failures);
    sums[0] += came;
    sums[1] += failed4xx;
    sums[2] += failed5xx;
    sums[3] += failedOther;
  }
  return sums;
}

/** A column of integers of a parsed state; empty if it is absent. */
function listOf(column: Column<number> | undefined): Integers {
  return (column ?? []) as readonly number[];
}

function failuresOf([, failed4xx, failed5xx, failedOther]: Counts): number {
  return failed4xx + failed5xx + failedOther;
}

function assertWithin(sums: Counts, total: Counts, name: string): void {
  assert(sums.every((sum, i) => sum <= total[i]!), name, "no more requests than all");
}

function assert(isRight: boolean, name: string, wanted: string): void {
  if (!isRight) throw wrong(name, wanted);
}
