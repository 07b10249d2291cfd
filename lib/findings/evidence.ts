import { formatTimestamp } from "../../schema.ts";
import type { Analysis } from "../aggregates/analysis.ts";
import { failures, type OutcomeCounts } from "../aggregates/outcome_counts.ts";
import type { SuspiciousIps } from "../aggregates/suspicious_ips.ts";
import type { TimelineColumns } from "../aggregates/timeline.ts";
import type { WindowSummary } from "../aggregates/windows_state.ts";
import type { Stretch } from "./finding.ts";

/** What rules look at, gathered once. */
export interface Evidence {
  /** The analysis itself. */
  readonly analysis: Analysis;
  /** How all requests ended. */
  readonly total: OutcomeCounts;
  /** How many of them failed. */
  readonly failed: number;
  /** The steps of the timeline that have a request, earliest first. */
  readonly steps: TimelineColumns;
  /** The worst window; `null` if nothing failed. */
  readonly worst: WindowSummary | null;
  /** How long a step is, in microseconds: one window or several. */
  readonly stepUs: number;
  /** Length of a window, in microseconds. */
  readonly windowUs: number;
  /** Of each client over the limit in some window, how many requests it made in one at most; highest first. */
  readonly peaks: Float64Array;
}

/** Answers of an analysis that somebody has at hand. */
export interface KnownAnswers {
  /** The clients that were over the limit in some window. */
  readonly suspicious: SuspiciousIps;
  /** The timeline. */
  readonly steps: TimelineColumns;
  /** The worst window. */
  readonly worst: WindowSummary | null;
}

/** Gathers what rules look at; nothing of the analysis changes. */
export function gatherEvidence(analysis: Analysis, known?: KnownAnswers): Evidence {
  const { outcomes, timeline, windows } = analysis.answers, total = outcomes.result();
  const { suspicious, steps, worst } = known ?? {
    suspicious: windows.suspiciousIps(),
    steps: timeline.result(),
    worst: windows.worst(),
  };
  return {
    analysis,
    total,
    failed: failures(total),
    steps,
    worst,
    stepUs: timeline.stepUs(),
    windowUs: analysis.options.windowUs,
    peaks: suspicious.peaks(),
  };
}

/** A stretch of time as findings have it, and the words for it. */
export function stretchOf(startUs: number, endUs: number): Stretch & { readonly subject: string } {
  const [start, end] = [instantOf(startUs), instantOf(endUs)];
  return { start, end, subject: `${start} – ${end}` };
}

/** An instant in ISO 8601, with decimals only where it has some. */
export function instantOf(us: number): string {
  return `${formatTimestamp(us).replace(/\.0+$/, "")}Z`;
}
