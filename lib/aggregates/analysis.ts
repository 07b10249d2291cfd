import { type LogRecord, Rejection } from "../../schema.ts";
import type { HashKey } from "../sketches/half_sip_hash.ts";
import { readInteger, readObject, wrong } from "../sketches/read_state.ts";
import { Clients, type ClientsOptions, type ClientsState } from "./clients.ts";
import { type DurationState, DurationStats, EXACT_PERCENTILES_UP_TO } from "./duration_stats.ts";
import { Endpoints, type EndpointsOptions, type EndpointsState } from "./endpoints.ts";
import { Extremes, type ExtremesState } from "./extremes.ts";
import { Kinds, type KindsState } from "./kinds.ts";
import { limitKeys } from "./limit_keys.ts";
import { LineCounts, type LineCountsState } from "./line_counts.ts";
import type { OutcomeTableState } from "./outcome_counts.ts";
import { Outcomes } from "./outcomes.ts";
import { ResponseTimes } from "./response_times.ts";
import { Span } from "./span.ts";
import { Timeline, type TimelineState } from "./timeline.ts";
import { type WindowOptions, Windows, type WindowsState } from "./windows.ts";

/** What an analysis depends on, and how much it may hold. */
export interface AnalysisOptions extends WindowOptions {
  /** Up to how many endpoints all figures are exact (20,000). */
  readonly maxEndpoints?: number;
  /** Up to how many clients all figures are exact (200,000). */
  readonly maxClients?: number;
  /** Up to how many response times of one kind percentiles are exact (32). */
  readonly exactPercentilesUpTo?: number;
  /**
   * What hashes depend on. Drawn at random it keeps a log from having keys that collide; it never
   * shows in a result.
   */
  readonly hashKey?: HashKey;
}

/** An analysis as JSON. */
export interface AnalysisState {
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
  /** Each endpoint. */
  readonly endpoints: EndpointsState;
  /** Who asked. */
  readonly clients: ClientsState;
  /** How bad it was when, and who was there. */
  readonly windows: WindowsState;
  /** How many requests came when. */
  readonly timeline: TimelineState;
}

/** How many endpoints there is room for, if nothing else is asked for. */
export const MAX_ENDPOINTS = 20_000;

/** How many clients there is room for, if nothing else is asked for. */
export const MAX_CLIENTS = 200_000;

/** How many windows there is room for, if nothing else is asked for. */
export const MAX_WINDOWS = 100_000;

/** How many clients in windows there is room for, if nothing else is asked for. */
export const MAX_PAIRS = 1_000_000;

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
  readonly options: Required<AnalysisOptions>;
  /** What became of the lines. */
  readonly lines: LineCounts = new LineCounts();
  /** How requests ended. */
  readonly outcomes: Outcomes = new Outcomes();
  /** The fastest and the slowest request. */
  readonly extremes: Extremes = new Extremes();
  /** Each endpoint. */
  readonly endpoints: Endpoints;
  /** The worst window, and who was over the limit when. */
  readonly windows: Windows;
  /** How many requests came when. */
  readonly timeline: Timeline;
  /** How long requests took. */
  readonly responseTimes: ResponseTimes;
  /** Who asked. */
  readonly clients: Clients;
  /** Methods and statuses. */
  readonly kinds: Kinds;
  /** From when to when. */
  readonly span: Span = new Span();
  #bytes = 0;
  #hasCutKeys = false;

  /** Makes the analysis of no lines. */
  constructor(options: AnalysisOptions) {
    this.options = {
      hashKey: [0, 0],
      maxEndpoints: MAX_ENDPOINTS,
      maxClients: MAX_CLIENTS,
      maxWindows: MAX_WINDOWS,
      maxPairs: MAX_PAIRS,
      exactPercentilesUpTo: EXACT_PERCENTILES_UP_TO,
      ...options,
    };
    const { hashKey, exactPercentilesUpTo } = this.options;
    this.endpoints = new Endpoints(this.#ofEndpoints());
    this.windows = new Windows(this.options, hashKey);
    this.timeline = new Timeline(this.options, hashKey);
    this.responseTimes = new ResponseTimes(new DurationStats(exactPercentilesUpTo));
    this.clients = new Clients(this.#ofClients());
    this.kinds = new Kinds(hashKey);
  }

  /** Whether some text was too long to count as it is, see {@linkcode limitKeys}. */
  hasCutKeys(): boolean {
    return this.#hasCutKeys;
  }

  /** Takes in what one line was: a record, a rejection, or blank. */
  add(outcome: LogRecord | Rejection | "blank"): void {
    if (outcome === "blank") {
      this.lines.addBlank();
    } else if (outcome instanceof Rejection) {
      this.lines.addRejected(outcome.reason);
    } else {
      this.lines.addRecord();
      this.#addRecord(outcome);
    }
  }

  #addRecord(whole: LogRecord): void {
    const record = limitKeys(whole);
    if (record !== whole) this.#hasCutKeys = true;
    this.outcomes.add(record);
    this.extremes.add(record);
    this.endpoints.add(record);
    this.windows.add(record);
    this.timeline.add(record);
    this.responseTimes.add(record);
    this.clients.add(record);
    this.kinds.add(record);
    this.span.add(record);
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
    for (const name of MERGEABLE) {
      if (this.options[name] !== other.options[name]) {
        throw new RangeError(
          `Cannot merge analyses: ${name} is ${this.options[name]} in one, ` +
            `${other.options[name]} in the other, and must be equal`,
        );
      }
    }
    this.#bytes += other.#bytes;
    this.#hasCutKeys ||= other.#hasCutKeys;
    this.lines.merge(other.lines);
    this.outcomes.merge(other.outcomes);
    this.extremes.merge(other.extremes);
    this.endpoints.merge(other.endpoints);
    this.windows.merge(other.windows);
    this.timeline.merge(other.timeline);
    this.responseTimes.merge(other.responseTimes);
    this.clients.merge(other.clients);
    this.kinds.merge(other.kinds);
    this.span.merge(other.span);
  }

  /** Its JSON form: the same for the same lines, however they were ordered and split. */
  toJSON(): AnalysisState {
    // The names are those of the state, each once.
    return Object.fromEntries(this.parts()) as unknown as AnalysisState;
  }

  /** The members of its JSON form, one after the other, as all of them take much memory at once. */
  *parts(): Generator<[name: keyof AnalysisState, part: unknown]> {
    yield ["lines", this.lines.toJSON()];
    yield ["bytes", this.#bytes];
    yield ["has_cut_keys", this.#hasCutKeys];
    yield ["span", this.span.toJSON()];
    yield ["outcomes", this.outcomes.toJSON()];
    yield ["extremes", this.extremes.toJSON()];
    yield ["kinds", this.kinds.toJSON()];
    yield ["response_times", this.responseTimes.toJSON()];
    yield ["endpoints", this.endpoints.toJSON()];
    yield ["clients", this.clients.toJSON()];
    yield ["windows", this.windows.toJSON()];
    yield ["timeline", this.timeline.toJSON()];
  }

  /**
   * Takes in all that an analysis had when its JSON form was made.
   *
   * @param value What was parsed: the form of an analysis with the same options.
   * @throws {SyntaxError} If it is none; some of it may have been taken in by then.
   */
  mergeJSON(value: unknown): void {
    const state = readObject(value, "an analysis");
    const { hashKey, exactPercentilesUpTo } = this.options;
    if (typeof state["has_cut_keys"] !== "boolean") throw wrong("has_cut_keys", "a boolean");
    this.#hasCutKeys ||= state["has_cut_keys"];
    this.#bytes += readInteger(state, "bytes", 0);
    this.lines.merge(LineCounts.fromJSON(state["lines"]));
    this.outcomes.merge(Outcomes.fromJSON(state["outcomes"]));
    this.extremes.merge(Extremes.fromJSON(state["extremes"]));
    this.endpoints.merge(Endpoints.fromJSON(state["endpoints"], this.#ofEndpoints()));
    this.windows.merge(Windows.fromJSON(state["windows"], this.options, hashKey));
    this.timeline.merge(Timeline.fromJSON(state["timeline"], this.options, hashKey));
    const times = ResponseTimes.fromJSON(state["response_times"], exactPercentilesUpTo);
    this.responseTimes.merge(times);
    this.clients.merge(Clients.fromJSON(state["clients"], this.#ofClients()));
    this.kinds.merge(Kinds.fromJSON(state["kinds"], hashKey));
    this.span.merge(Span.fromJSON(state["span"]));
  }

  #ofEndpoints(): EndpointsOptions {
    const { hashKey, maxEndpoints, exactPercentilesUpTo } = this.options;
    return { capacity: maxEndpoints, hashKey, exactUpTo: exactPercentilesUpTo };
  }

  #ofClients(): ClientsOptions {
    return { capacity: this.options.maxClients, hashKey: this.options.hashKey };
  }
}

/** The options that must be equal in analyses that merge. */
const MERGEABLE = [
  "windowUs",
  "suspiciousOver",
  "maxEndpoints",
  "maxClients",
  "maxWindows",
  "maxPairs",
  "exactPercentilesUpTo",
] as const;
