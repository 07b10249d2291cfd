import type { DurationState } from "../aggregates/durations/duration_stats.ts";
import { wrong } from "../tables/read_state.ts";

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
