import type { Analysis } from "../aggregates/analysis.ts";
import { findFailureBurst, findSlowBurst } from "./bursts.ts";
import { type Evidence, gatherEvidence, type KnownAnswers } from "./evidence.ts";
import { findFailingEndpoints, findNeverSucceeds } from "./failing_routes.ts";
import type { Finding, Severity, Weighed } from "./finding.ts";
import { findNoisyClients } from "./noisy_clients.ts";
import { findSparseWindows, findThreshold } from "./settings_that_fit.ts";
import { findSilence } from "./silence.ts";

/** How many findings there are at most: more than that nobody reads. */
export const MOST_FINDINGS = 10;

const RULES: readonly ((evidence: Evidence) => Weighed[])[] = [
  findNeverSucceeds,
  findFailures,
  findSlowBurst,
  findNoisyClients,
  findSilence,
  findThreshold,
  findSparseWindows,
];

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Finds what stands out: the answer to "what is wrong with my service?". It depends on the analysis alone, and so not
 * on the order of the lines or on how they were split.
 *
 * @param analysis The analysis; nothing of it changes.
 * @param known Answers of it that are at hand; none by default.
 * @returns The findings, most severe first, of one severity those about most requests first; at most ten.
 *
 * @example Nothing stands out of no lines
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Analysis } from "../aggregates/analysis.ts";
 * import { findAll } from "./find.ts";
 *
 * assertEquals(findAll(new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 })), []);
 * ```
 */
export function findAll(analysis: Analysis, known?: KnownAnswers): Finding[] {
  const evidence = gatherEvidence(analysis, known);
  return RULES.flatMap((rule) => rule(evidence))
    .sort((a, b) => RANKS[a.finding.severity] - RANKS[b.finding.severity] || b.weight - a.weight)
    .slice(0, MOST_FINDINGS)
    .map(({ finding }) => finding);
}

/** Finds when failures burst out, and which endpoints fail far more than the rest apart from that. */
function findFailures(evidence: Evidence): Weighed[] {
  const bursts = findFailureBurst(evidence), [burst] = bursts;
  return [...bursts, ...findFailingEndpoints(evidence, burst?.inBurst)];
}
