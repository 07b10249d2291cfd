import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { WindowClients } from "./window_clients.ts";
import { WindowFailures } from "./window_failures.ts";
import type { WindowOptions } from "./window_options.ts";
import type { WindowPairsParts } from "./windows_state.ts";

/**
 * Merges what the windows of several threads have counted in pairs.
 *
 * @param parts The pairs of each thread, in their order; none of them is of use afterwards.
 * @param options The options of all of them.
 * @param hashKey The key of their hashes.
 * @returns The pairs of all, to be transferred to another thread.
 */
export function mergeWindowPairs(
  parts: readonly WindowPairsParts[],
  options: Required<WindowOptions>,
  hashKey: HashKey,
): WindowPairsParts {
  const clients = new WindowClients(options, hashKey, parts[0]?.pairs);
  const failures = WindowFailures.ofParts(parts[0]?.failures, options.maxPairs, hashKey);
  for (const its of parts.slice(1)) {
    clients.merge(new WindowClients(options, hashKey, its.pairs));
    failures.merge(WindowFailures.ofParts(its.failures, options.maxPairs, hashKey));
  }
  return { pairs: clients.toParts(), failures: failures.toParts() };
}
