import { type ConditionOptions, parseInstant } from "./compile_condition.ts";
import { comparisonsOf } from "./condition.ts";
import { instantOf } from "./describe_selection.ts";
import { parseCondition } from "./parse_condition.ts";

/**
 * Writes the times of a condition that have no zone in UTC: so it says the same, whatever zone is assumed where it is
 * read again.
 *
 * @param text The condition.
 * @param options The offset that its times have.
 * @throws {SyntaxError} If it is none.
 *
 * @example Two hours east of UTC
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pinTimes } from "./pin_times.ts";
 *
 * const text = "status>=500 && timestamp>='2026-03-02 02:00'";
 * const pinned = "status>=500 && timestamp>=2026-03-02T00:00:00Z";
 * assertEquals(pinTimes(text, { assumedOffsetUs: 7_200e6 }), pinned);
 * assertEquals(pinTimes(pinned, { assumedOffsetUs: 7_200e6 }), pinned);
 * ```
 */
export function pinTimes(text: string, { assumedOffsetUs }: ConditionOptions): string {
  const times = comparisonsOf(parseCondition(text))
    .flatMap(({ field, literals }) => field === "timestamp" ? literals : []);
  // From the last on, so that the places of the others hold.
  return times.reduceRight((pinned, { text, at, length }) => {
    const instant = parseInstant(text, assumedOffsetUs);
    const hasZone = instant === parseInstant(text, assumedOffsetUs + 1);
    if (instant === undefined || hasZone) return pinned;
    return pinned.slice(0, at) + instantOf(instant) + pinned.slice(at + length);
  }, text);
}
