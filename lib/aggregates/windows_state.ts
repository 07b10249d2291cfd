import type { PairCountsParts, PairCountsState } from "../sketches/pair_counts_state.ts";
import type { SpaceSavingParts, SpaceSavingState } from "../sketches/space_saving_state.ts";
import type { OutcomeCounts, OutcomeTableParts, OutcomeTableState } from "./outcome_counts.ts";
import type { TimeSumsParts, TimeSumsState } from "./time_sums.ts";
import type { FailedCounts } from "./failed_counts.ts";
import type { WindowFailuresParts, WindowFailuresState } from "./window_failures.ts";

/** The figures of one window `[startUs, endUs)`. */
export interface WindowSummary extends OutcomeCounts {
  /** Its first microsecond since the epoch, a multiple of the window's length. */
  readonly startUs: number;
  /** The first microsecond after it. */
  readonly endUs: number;
  /** The endpoints whose requests failed in it, most failures first. */
  readonly failedEndpoints: FailedCounts;
  /** The clients that were over the limit in it, most requests first. */
  readonly suspicious: readonly SuspiciousClient[];
}

/** A client that was over the limit in a window. */
export interface SuspiciousClient {
  /** Its address as logged. */
  readonly ip: string;
  /** How many requests it made in the window. */
  readonly requests: number;
  /** How many of these may be another client's; 0 if the number is exact. */
  readonly requestsError: number;
  /** How many of them failed. */
  readonly failed: number;
}

/** The figures of the window with most slow requests. */
export interface SlowWindow extends OutcomeCounts {
  /** Its first microsecond since the epoch. */
  readonly startUs: number;
  /** The first microsecond after it. */
  readonly endUs: number;
  /** The mean of its response times, in microseconds, rounded half up. */
  readonly meanUs: number;
}

/** The aggregate as JSON; each window that has a slot has a row in all columns. */
export interface WindowsState {
  /** The windows, by their index since the epoch, and how many requests failed in each. */
  readonly worst: SpaceSavingState;
  /** How the requests ended that are surely the window's own. */
  readonly outcomes: OutcomeTableState;
  /** How long these requests took. */
  readonly times: TimeSumsState;
  /** How many requests there were in all windows, also in those without a row. */
  readonly requests: number;
  /** How many requests each client made in each window. */
  readonly pairs: PairCountsState;
  /** What failed in each window. */
  readonly failures: WindowFailuresState;
}

/** The fields of `Windows` as typed arrays, to transfer to another thread. */
export interface WindowsParts {
  /** The windows, and how many requests failed in each. */
  readonly worst: SpaceSavingParts;
  /** For each slot, how the requests ended that are surely its window's own. */
  readonly outcomes: OutcomeTableParts;
  /** For each slot, how long these requests took. */
  readonly times: TimeSumsParts;
  /** How many requests each client made in each window. */
  readonly pairs: PairCountsParts;
  /** What failed in each window. */
  readonly failures: WindowFailuresParts;
  /** How many requests there were in all windows. */
  readonly requests: number;
}

/** The pairs of windows and texts as typed arrays, to transfer to another thread. */
export type WindowPairsParts = Pick<WindowsParts, "pairs" | "failures">;
