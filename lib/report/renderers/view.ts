import type { Report } from "../report.ts";
import type { Dates } from "./dates.ts";
import type { Graph } from "./graph.ts";
import type { SelectedEndpoints, SelectedIps } from "./selection.ts";
import type { TextOptions } from "./text_options.ts";

/** A report, and how much of it is shown. */
export interface View extends TextOptions {
  /** The report. */
  readonly report: Report;
  /** How its instants are shown. */
  readonly dates: Dates;
  /** How wide a line may be, in columns. */
  readonly width: number;
  /** The endpoints that may be shown. */
  readonly endpoints: SelectedEndpoints;
  /** The suspicious clients that may be shown. */
  readonly ips: SelectedIps;
  /** What came over time. */
  readonly graph: Graph;
  /** Whether sections are as short as they can be, without titles of their own. */
  readonly isCompact: boolean;
  /** How many findings are shown where sections are short. */
  readonly mostFindings: number;
}
