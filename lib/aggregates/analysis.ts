import { type LogRecord, Rejection } from "../../schema.ts";
import { Clients } from "./clients.ts";
import { Endpoints } from "./endpoints.ts";
import { Extremes } from "./extremes.ts";
import { Kinds } from "./kinds.ts";
import { LineCounts } from "./line_counts.ts";
import { Outcomes } from "./outcomes.ts";
import { ResponseTimes } from "./response_times.ts";
import { Span } from "./span.ts";
import { type WindowOptions, Windows } from "./windows.ts";

/**
 * All questions asked of a log at once: a product of monoids, and so one itself. For any split of
 * the lines into parts, in any order and grouping, the merged parts give the same answers.
 *
 * @example Two halves are the whole
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Rejection } from "../../schema.ts";
 * import { Analysis } from "./analysis.ts";
 *
 * const options = { windowUs: 60_000_000, suspiciousOver: 25 };
 * const [left, right] = [new Analysis(options), new Analysis(options)];
 * left.add("blank");
 * right.add(new Rejection("not_json"));
 * left.merge(right);
 * assertEquals(left.lines.lines(), 2);
 * ```
 */
export class Analysis {
  /** The settings that the answers depend on. */
  readonly options: WindowOptions;
  /** What became of the lines. */
  readonly lines: LineCounts = new LineCounts();
  /** How requests ended. */
  readonly outcomes: Outcomes = new Outcomes();
  /** The fastest and the slowest request. */
  readonly extremes: Extremes = new Extremes();
  /** Each endpoint. */
  readonly endpoints: Endpoints = new Endpoints();
  /** What happened when. */
  readonly windows: Windows;
  /** How long requests took. */
  readonly responseTimes: ResponseTimes = new ResponseTimes();
  /** Who asked. */
  readonly clients: Clients = new Clients();
  /** Methods and statuses. */
  readonly kinds: Kinds = new Kinds();
  /** From when to when. */
  readonly span: Span = new Span();
  #bytes = 0;

  /** Makes the analysis of no lines. */
  constructor(options: WindowOptions) {
    this.options = options;
    this.windows = new Windows(options);
  }

  /** Takes in what one line was: a record, a rejection, or blank. */
  add(outcome: LogRecord | Rejection | "blank"): void {
    if (outcome === "blank") {
      this.lines.addBlank();
    } else if (outcome instanceof Rejection) {
      this.lines.addRejected(outcome.reason);
    } else {
      this.lines.addRecord();
      this.outcomes.add(outcome);
      this.extremes.add(outcome);
      this.endpoints.add(outcome);
      this.windows.add(outcome);
      this.responseTimes.add(outcome);
      this.clients.add(outcome);
      this.kinds.add(outcome);
      this.span.add(outcome);
    }
  }

  /** Counts bytes of input, line terminators included. */
  addBytes(count: number): void {
    this.#bytes += count;
  }

  /** How many bytes the lines were. */
  bytes(): number {
    return this.#bytes;
  }

  /**
   * Takes in all that another analysis has; that one is not changed.
   *
   * @param other An analysis with the same options.
   * @throws {RangeError} If the options differ: the answers would not be of one kind.
   */
  merge(other: Analysis): void {
    for (const name of ["windowUs", "suspiciousOver"] as const) {
      if (this.options[name] !== other.options[name]) {
        throw new RangeError(
          `Cannot merge analyses: ${name} is ${this.options[name]} in one, ` +
            `${other.options[name]} in the other, and must be equal`,
        );
      }
    }
    this.#bytes += other.#bytes;
    this.lines.merge(other.lines);
    this.outcomes.merge(other.outcomes);
    this.extremes.merge(other.extremes);
    this.endpoints.merge(other.endpoints);
    this.windows.merge(other.windows);
    this.responseTimes.merge(other.responseTimes);
    this.clients.merge(other.clients);
    this.kinds.merge(other.kinds);
    this.span.merge(other.span);
  }
}
