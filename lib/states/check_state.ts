import { parseTimestamp } from "../../schema.ts";
import type { AnalysisOptions } from "../aggregates/analysis_options.ts";
import type { AnalysisState } from "../aggregates/analysis_state.ts";
import { MAX_METHODS } from "../aggregates/kinds.ts";
import type { ResponseTimesState } from "../aggregates/response_times.ts";
import type { TimeSumsState } from "../aggregates/time_sums.ts";
import { hasTarget } from "../records/absent_values.ts";
import { ENDPOINT_BYTES, NAME_BYTES } from "../records/limit_keys.ts";
import { wrong } from "../tables/read_state.ts";
import {
  checkClientTexts,
  checkDurations,
  checkFailures,
  checkTexts,
  LONGEST_US,
  textsOf,
} from "./check_parts.ts";
import {
  assert,
  assertWithin,
  checkCounts,
  checkIndexes,
  checkKeys,
  type Counts,
  failuresOf,
  listOf,
  sumOfRows,
  sureAt,
} from "./check_rows.ts";

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
  checkSlow(state, total, options.slowOverUs);
  checkKeys(state.kinds.methods, "kinds.methods", { capacity: MAX_METHODS, records });
  checkTexts(state.kinds.methods.texts, "kinds.methods", NAME_BYTES);
  checkResponseTimes(state);
  checkExtremes(state);
  checkEndpoints(state, total, options.maxEndpoints);
  checkClients(state, total, options.maxClients);
  checkWindows(state, total, options);
  checkPairs(state, options.windowUs);
  checkFailures(state, total, options.windowUs);
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

function checkResponseTimes({ response_times: times, lines, span }: AnalysisState): void {
  const name = "response_times", { records } = lines;
  checkIndexes(times.indexes, name, { span, stepUs: times.step });
  for (const its of times.times) checkDurations(its, name, records);
  assert(timesOfAll(times).count <= records, name, `no more durations than ${records} requests`);
}

/** How many response times there are in all steps, and the shortest and the longest. */
function timesOfAll({ times }: ResponseTimesState): { count: number; min: number; max: number } {
  let all = { count: 0, min: Infinity, max: -Infinity };
  for (const its of times) {
    const { count, min, max } = checkDurations(its, "response_times", Infinity);
    all = {
      count: all.count + count,
      min: Math.min(all.min, min),
      max: Math.max(all.max, max),
    };
  }
  return all;
}

/** Asserts that no more requests were slow than took a time, and none if the longest took less. */
function checkSlow({ response_times: times }: AnalysisState, total: Counts, overUs: number): void {
  const { count, max } = timesOfAll(times), slow = total[4];
  assert(slow <= count, "outcomes", `no more slow requests than the ${count} that have a time`);
  assert(slow > 0 === max > overUs, "outcomes", "slow requests where times are above what is slow");
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
  const { count, min, max } = timesOfAll(times);
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
  const { keys, outcomes, times, failed_times: failedTimes, requests, failed, slow } =
    state.endpoints;
  const { without_endpoint: without } = state.endpoints;
  const { records } = state.lines, allFailed = failuresOf(total);
  assert(requests + without === records, name, `${records} requests, one a record`);
  assert(failed <= requests && failed <= allFailed, name, "no more failures than requests failed");
  assert(allFailed - failed <= without, name, "the failures of all requests with a target");
  assert(slow <= requests && slow <= total[4], name, "no more slow requests than were slow");
  assert(total[4] - slow <= without, name, "the slow ones of all requests with a target");
  checkKeys(keys, ofKeys, { capacity, records: requests });
  checkTexts(keys.texts, ofKeys, ENDPOINT_BYTES);
  for (const text of textsOf(keys.texts)) assert(hasTarget(text), ofKeys, "targets");

  let timed = 0;
  const sums = sumOfRows(outcomes, times.length, ofOutcomes, (row, requests, failures) => {
    assert(requests === sureAt(keys, row), ofOutcomes, "the requests of keys less their errors");
    timed += checkDurations(times[row]!, ofTimes, requests - failures).count;
    const ofFailed = failedTimes?.[row];
    if (ofFailed !== undefined) {
      timed += checkDurations(ofFailed, "endpoints.failed_times", failures).count;
    }
  });
  const isWhole = keys.missing === 0, sum = failuresOf(sums);
  assert(isWhole ? sum === failed : sum <= failed, ofOutcomes, `${failed} failures`);
  assert(isWhole ? sums[4] === slow : sums[4] <= slow, ofOutcomes, `${slow} slow requests`);
  const gone = requests - sums[0];
  assert(failed - sum <= gone, ofOutcomes, "no more failures missing than requests");
  assertWithin(sums, total, ofOutcomes);
  const all = timesOfAll(state.response_times).count;
  assert(timed <= all, ofTimes, `no more than all ${all} response times`);
  assert(
    timed === 0 || state.extremes.length > 0,
    "extremes",
    "the fastest and the slowest request",
  );
  checkRoutes(state.endpoints);
}

/** Asserts that the methods and statuses of each endpoint are those of its requests. */
function checkRoutes({ keys, routes, outcomes }: AnalysisState["endpoints"]): void {
  const name = "endpoints.routes", { methods, sizes, kinds, counts, others } = routes;
  checkTexts(methods, name, NAME_BYTES);
  let at = 0;
  for (let row = 0; row < sizes.length; row++) {
    const other = others?.[row] ?? 0;
    let requests = other, failed = 0;
    for (const end = at + sizes[row]!; at < end; at++) {
      requests += counts[at]!;
      if (kinds[at]! % 1000 >= 400) failed += counts[at]!;
    }
    const all = (outcomes.failed_4xx?.[row] ?? 0) + (outcomes.failed_5xx?.[row] ?? 0) +
      (outcomes.failed_other?.[row] ?? 0);
    assert(requests === sureAt(keys, row), name, "the requests of each endpoint");
    assert(failed <= all && all - failed <= other, name, "the failures of each endpoint");
  }
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
  { windows, lines: { records }, span, response_times: responseTimes }: AnalysisState,
  total: Counts,
  { windowUs, maxWindows: capacity, slowOverUs }: Required<AnalysisOptions>,
): void {
  const { worst, outcomes, times, requests } = windows, allFailed = failuresOf(total);
  const { length } = listOf(worst.counts);
  // The column of numbers is absent if all are 0: then the only window is that of index 0.
  const indexes = worst.numbers === undefined && length > 0 ? [0] : listOf(worst.numbers);
  checkIndexes(indexes, "windows.worst", { span, stepUs: windowUs });
  checkKeys(worst, "windows.worst", { capacity, records: allFailed, least: 0 });
  assert(worst.texts === undefined, "windows.worst", "numbers alone");
  assert(requests === records, "windows.requests", `${records}, one a record`);
  let timed = 0;
  const sums = sumOfRows(outcomes, length, "windows.outcomes", (row, requests, failures) => {
    assert(requests > 0, "windows.outcomes", "a request in each window");
    timed += checkTimes(times, row, { requests, slow: outcomes.slow?.[row] ?? 0, slowOverUs });
    assert(
      failures === sureAt(worst, row),
      "windows.outcomes",
      "the failures of the worst windows",
    );
  });
  assertWithin(sums, total, "windows.outcomes");
  const all = timesOfAll(responseTimes).count;
  assert(timed <= all, "windows.times", `no more than all ${all} response times`);
  const isWhole = length < capacity;
  assert(!isWhole || sums[0] === records, "windows.outcomes", `${records} requests, one a record`);
}

/** Asserts that a row's times are such as its requests may have; returns how many there are. */
function checkTimes(
  { counts, low, high }: TimeSumsState,
  row: number,
  { requests, slow, slowOverUs }: Readonly<Record<"requests" | "slow" | "slowOverUs", number>>,
): number {
  const count = counts?.[row] ?? 0,
    rest = low?.[row] ?? 0,
    sum = (high?.[row] ?? 0) * 2 ** 32 + rest;
  if (rest >= 2 ** 32) throw wrong("windows.times", "a low part below 2^32");
  assert(count <= requests, "windows.times", "no more times than requests");
  assert(slow <= count, "windows.times", "a time of each slow request");
  assert(sum <= count * LONGEST_US, "windows.times", `times up to ${LONGEST_US} µs`);
  assert(sum >= slow * (slowOverUs + 1), "windows.times", "sums that slow requests make");
  return count;
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
