import type { ClientsState } from "./clients.ts";
import type { DurationState } from "./durations/duration_stats.ts";
import type { EndpointsState } from "./endpoints.ts";
import type { ExtremesState } from "./extremes.ts";
import type { KindsState } from "./kinds.ts";
import type { LineCountsState } from "./line_counts.ts";
import type { OutcomeTableState } from "./outcome_counts.ts";
import type { TimelineState } from "./timeline.ts";
import type { WindowsState } from "./windows.ts";

/** What an analysis found that takes little room, as JSON. */
export interface FiguresState {
  /** What became of the lines. */
  readonly lines: LineCountsState;
  /** How many bytes they were. */
  readonly bytes: number;
  /** Whether some text was too long to count as it is. */
  readonly has_cut_keys: boolean;
  /** The first and the last microsecond since the epoch that a request came at, or nothing. */
  readonly span: readonly number[];
  /** How requests ended. */
  readonly outcomes: OutcomeTableState;
  /** The fastest and the slowest request. */
  readonly extremes: ExtremesState;
  /** Methods and statuses. */
  readonly kinds: KindsState;
  /** How long requests took. */
  readonly response_times: DurationState;
}

/** An analysis as JSON. */
export interface AnalysisState extends FiguresState {
  /** Each endpoint. */
  readonly endpoints: EndpointsState;
  /** Who asked. */
  readonly clients: ClientsState;
  /** How bad it was when, and who was there. */
  readonly windows: WindowsState;
  /** How many requests came when. */
  readonly timeline: TimelineState;
}

/** The fields of an analysis, the large ones as typed arrays, to transfer to another thread. */
export interface AnalysisParts {
  /** What became of the lines, as text of JSON. */
  readonly lines: string;
  /** How many bytes they were. */
  readonly bytes: number;
  /** Whether some text was too long to count as it is. */
  readonly hasCutKeys: boolean;
  /** The parts of the answer to each question; text of its JSON form where it is small. */
  readonly answers: Readonly<Record<string, unknown>>;
}
