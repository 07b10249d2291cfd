import { comparisonsOf } from "./condition.ts";
import { parseCondition } from "./parse_condition.ts";
import type { SelectionSettings } from "./selection_settings.ts";

/**
 * Whether a selection asks for user agents: they are read only then.
 *
 * @param settings The selection.
 * @throws {SyntaxError} If a condition cannot be understood.
 *
 * @example Two conditions
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { needsAgent } from "./needs_agent.ts";
 * import { ALL } from "./selection_settings.ts";
 *
 * assertEquals(needsAgent({ ...ALL, conditions: ["status>=500"] }), false);
 * assertEquals(needsAgent({ ...ALL, conditions: ["status>=500", "!(user_agent~curl)"] }), true);
 * ```
 */
export function needsAgent({ conditions, excludedAgents, bots }: SelectionSettings): boolean {
  return excludedAgents.length > 0 || bots !== "count" ||
    conditions.some((text) =>
      comparisonsOf(parseCondition(text)).some(({ field }) => field === "user_agent")
    );
}
