import type { ClientsState } from "./clients.ts";
import type { EndpointsState } from "./endpoints_state.ts";
import type { ExtremesState } from "./extremes.ts";
import type { KindsState } from "./kinds.ts";
import type { LineCountsState } from "./line_counts.ts";
import type { OutcomeTableState } from "./outcome_counts.ts";
import type { ResponseTimesState } from "./response_times.ts";
import type { TimelineState } from "./timeline.ts";
import type { WindowsState } from "./windows_state.ts";

/** The small members of an analysis as JSON: their size does not grow with the log. */
export interface FiguresState {
  /** How many lines were records, blank or rejected. */
  readonly lines: LineCountsState;
  /** How many bytes they had. */
  readonly bytes: number;
  /** Whether some key was too long, and was cut before it was counted. */
  readonly has_cut_keys: boolean;
  /** The time of the first and of the last request, in microseconds since the epoch; empty if there is none. */
  readonly span: readonly number[];
  /** How requests ended. */
  readonly outcomes: OutcomeTableState;
  /** The fastest and the slowest request. */
  readonly extremes: ExtremesState;
  /** How often each method and each status came. */
  readonly kinds: KindsState;
  /** How long requests took, in all and over time. */
  readonly response_times: ResponseTimesState;
}

/** An analysis as JSON. */
export interface AnalysisState extends FiguresState {
  /** The requests, failures and response times of each endpoint. */
  readonly endpoints: EndpointsState;
  /** The clients and their requests. */
  readonly clients: ClientsState;
  /** The failures in each window, and the requests of each client in it. */
  readonly windows: WindowsState;
  /** How many requests came in each step of time. */
  readonly timeline: TimelineState;
}

/** The fields of an analysis, the large ones as typed arrays, to transfer to another thread. */
export interface AnalysisParts {
  /** The JSON text of the counts of lines. */
  readonly lines: string;
  /** How many bytes they had. */
  readonly bytes: number;
  /** Whether some key was too long, and was cut before it was counted. */
  readonly hasCutKeys: boolean;
  /** For each question, the fields of its aggregate, or the text of its JSON form if that is small. */
  readonly answers: Readonly<Record<string, unknown>>;
}
