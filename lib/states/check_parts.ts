import type { AnalysisState } from "../aggregates/analysis_state.ts";
import type { DurationState } from "../aggregates/durations/duration_stats.ts";
import { FAILURE_KINDS, type FailureKind, LETTERS } from "../aggregates/window_failures.ts";
import { hasClient, hasTarget } from "../records/absent_values.ts";
import { ENDPOINT_BYTES, NAME_BYTES } from "../records/limit_keys.ts";
import type { Column } from "../tables/json_columns.ts";
import { wrong } from "../tables/read_state.ts";
import { assert, checkIndexes, type Counts, failuresOf, listOf } from "./check_rows.ts";

const ENCODER = new TextEncoder();
const ELLIPSIS_BYTES = ENCODER.encode("…").length;

/**
 * Asserts that texts are as short as limits leave them.
 *
 * @param texts The column of the texts.
 * @param name The name of the column in errors.
 * @param most How many bytes a text may have, and an ellipsis behind them.
 * @throws {SyntaxError} If a text is longer.
 */
export function checkTexts(texts: Column<string> | undefined, name: string, most: number): void {
  for (const text of textsOf(texts)) {
    // A UTF-16 unit has at most three bytes in UTF-8, so few texts need to be encoded.
    if (3 * text.length <= most || ENCODER.encode(text).length <= most + ELLIPSIS_BYTES) continue;
    throw wrong(name, `texts of at most ${most} bytes and an ellipsis`);
  }
}

/**
 * Asserts that texts are clients.
 *
 * @throws {SyntaxError} If a text is too long, or is none.
 */
export function checkClientTexts(texts: Column<string> | undefined, name: string): void {
  checkTexts(texts, name, NAME_BYTES);
  for (const text of textsOf(texts)) if (!hasClient(text)) throw wrong(name, "clients");
}

/** A column of texts of a parsed state; empty if it is absent. */
export function textsOf(column: Column<string> | undefined): Iterable<string> {
  return (column ?? []) as readonly string[];
}

/** The longest response time that a record may have, 10^12 ms, in microseconds. */
export const LONGEST_US = 1e15;

/**
 * Asserts that the figures of durations are consistent.
 *
 * @param state Durations as JSON. The form of each member was checked before.
 * @param name The name of the durations in errors.
 * @param most How many durations there may be.
 * @returns How many durations there are, and the shortest and the longest in microseconds; if there are none,
 * `Infinity` and `-Infinity`.
 * @throws {SyntaxError} If two figures contradict each other, or one is out of its range.
 */
export function checkDurations(
  state: DurationState,
  name: string,
  most: number,
): { readonly count: number; readonly min: number; readonly max: number } {
  const found = "values" in state ? ofValues(state.values) : ofCounts(state, name);
  if (found.max > LONGEST_US) throw wrong(name, `durations up to ${LONGEST_US} µs`);
  if (found.count > most) throw wrong(name, `no more durations than ${most} requests`);
  return found;
}

function ofValues(values: readonly number[]): { count: number; min: number; max: number } {
  let min = Infinity, max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { count: values.length, min, max };
}

function ofCounts(
  { min = 0, max = 0, total = "", zeros, counts }: Exclude<DurationState, { values: unknown }>,
  name: string,
): { count: number; min: number; max: number } {
  let count = zeros;
  for (const inBucket of counts) if (inBucket > 0) count += inBucket;
  if (!Number.isSafeInteger(count)) throw wrong(name, "a number of durations that can be counted");
  if (zeros > 0 !== (min === 0)) throw wrong(name, "a shortest of 0 where there are zeros");
  if (zeros === count !== (max === 0)) throw wrong(name, "a longest of 0 where all are zeros");
  const sum = BigInt(total);
  // One duration is the shortest, one is the longest, and the others lie between them.
  const others = BigInt(count - 1), [least, longest] = [BigInt(min), BigInt(max)];
  if (sum < others * least + longest || sum > others * longest + least) {
    throw wrong(name, "a total between the count times the shortest and times the longest");
  }
  return { count, min, max };
}

/**
 * Asserts that what failed in windows are the failures of the endpoints, the statuses and the clients.
 *
 * @param state The analysis as JSON, whose other members are checked.
 * @param total How all requests ended.
 * @param windowUs Length of a window, in microseconds.
 * @throws {SyntaxError} If they contradict each other.
 */
export function checkFailures(state: AnalysisState, total: Counts, windowUs: number): void {
  const { windows: { failures }, clients, endpoints, span } = state, allFailed = failuresOf(total);
  const name = "windows.failures", { missing, numbers, keys, counts, errors } = failures;
  checkIndexes(numbers, name, { span, stepUs: windowUs });
  // Each failure is a pair of each kind at most.
  const most = FAILURE_KINDS.length * allFailed;
  assert(missing <= most, name, "no more missing than failed");
  const texts = [...textsOf(failures.texts)], kinds = texts.map(kindOf);
  const sums = { endpoints: 0, statuses: 0, clients: 0 };
  const [ofKeys, ofCounts, ofErrors] = [keys, counts, errors].map(listOf);
  for (let i = 0; i < ofCounts!.length; i++) {
    const count = ofCounts![i]!, error = ofErrors![i] ?? 0;
    if (error > missing) throw wrong(name, `errors up to ${missing}`);
    assert(count - error >= 1, name, "counts above their errors");
    sums[kinds[ofKeys![i]!]!] += count - error;
  }
  const ofClients = clients.failed.reduce((sum, count) => sum + count, 0);
  const wanted = { endpoints: endpoints.failed, statuses: allFailed, clients: ofClients };
  for (const kind of FAILURE_KINDS) {
    // Clients that were evicted have lost their failures.
    if (kind === "clients" && clients.keys.missing > 0) continue;
    const isRight = missing === 0 ? sums[kind] === wanted[kind] : sums[kind] <= wanted[kind];
    assert(isRight, name, `counts of ${kind} that add up to ${wanted[kind]}, not ${sums[kind]}`);
  }
}

/** The kind of a text of what failed, which is checked. */
function kindOf(text: string): FailureKind {
  const kind = FAILURE_KINDS.find((kind) => LETTERS[kind] === text[0]), own = [text.slice(1)];
  const name = "windows.failures";
  if (kind === "endpoints") {
    checkTexts(own, name, ENDPOINT_BYTES);
    assert(hasTarget(own[0]!), name, "targets");
  } else if (kind === "clients") checkClientTexts(own, name);
  else assert(/^s[4-9]\d\d$/.test(text), name, "endpoints, statuses of failures, and clients");
  return kind ?? "statuses";
}
