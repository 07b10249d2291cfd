import type { AnalysisState } from "../aggregates/analysis_state.ts";
import { FAILURE_KINDS, type FailureKind, LETTERS } from "../aggregates/window_failures.ts";
import { hasTarget } from "../records/has_target.ts";
import { ENDPOINT_BYTES } from "../records/limit_keys.ts";
import { wrong } from "../tables/read_state.ts";
import { assert, checkIndexes, type Counts, failuresOf, listOf } from "./check_rows.ts";
import { checkClientTexts, checkTexts, textsOf } from "./check_texts.ts";

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
