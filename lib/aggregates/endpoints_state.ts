import type { SpaceSavingParts, SpaceSavingState } from "../sketches/space_saving_state.ts";
import type { DurationState, DurationStatsParts } from "./durations/duration_stats.ts";
import type { DurationSummary } from "./durations/duration_summary.ts";
import type { OutcomeCounts, OutcomeTableParts, OutcomeTableState } from "./outcome_counts.ts";
import type { RouteCount, RoutesParts, RoutesState } from "./routes.ts";

/** How many requests one endpoint had, and how they ended. */
export interface EndpointCounts extends OutcomeCounts {
  /** The request target. */
  readonly endpoint: string;
  /** How many of its requests may be another endpoint's; 0 if the figures are exact. */
  readonly requestsError: number;
  /** How many of the requests that are surely its own had which method and status, most first. */
  readonly routes: readonly RouteCount[];
  /** How many of them are in none of these, as there was no room. */
  readonly routesOther: number;
}

/** The response times of one endpoint; each is `null` if none was logged. */
export interface EndpointTimes {
  /** Those of all requests that are surely its own. */
  readonly all: DurationSummary | null;
  /** Those of the requests that did not fail. */
  readonly successful: DurationSummary | null;
  /** Those of the requests that failed. */
  readonly failed: DurationSummary | null;
}

/** The figures of one endpoint. */
export interface EndpointSummary extends EndpointCounts {
  /** Its response times. They are summed up when they are asked for, as of many endpoints nobody does. */
  readonly times: () => EndpointTimes;
}

/** The aggregate as JSON; each endpoint that has a slot has a row in all columns. */
export interface EndpointsState {
  /** The endpoints and their requests. */
  readonly keys: SpaceSavingState;
  /** How the requests ended that are surely the endpoint's own. */
  readonly outcomes: OutcomeTableState;
  /** How long those of these requests took that did not fail. */
  readonly times: readonly DurationState[];
  /** How long those took that failed; absent if none of them took a time. */
  readonly failed_times?: readonly DurationState[];
  /** Their methods and statuses. */
  readonly routes: RoutesState;
  /** How many requests had a target, also those to endpoints without a row. */
  readonly requests: number;
  /** How many of the requests with a target failed. */
  readonly failed: number;
  /** How many of the requests with a target were slow. */
  readonly slow: number;
  /** How many requests had no target. */
  readonly without_endpoint: number;
}

/** The fields of `Endpoints` as typed arrays, to transfer to another thread. */
export interface EndpointsParts {
  /** The endpoints and their requests. */
  readonly keys: SpaceSavingParts;
  /** For each slot, how the requests ended that are surely its endpoint's own. */
  readonly outcomes: OutcomeTableParts;
  /** For each slot, how long those of these requests took that did not fail. */
  readonly times: DurationStatsParts;
  /** For each slot, how long those took that failed. */
  readonly failedTimes: DurationStatsParts | undefined;
  /** For each slot, the methods and statuses of these requests. */
  readonly routes: RoutesParts;
  /** How many requests had a target, also those to endpoints without a slot. */
  readonly requests: number;
  /** How many of the requests with a target failed. */
  readonly failed: number;
  /** How many of the requests with a target were slow. */
  readonly slow: number;
  /** How many requests had no target. */
  readonly withoutEndpoint: number;
}
