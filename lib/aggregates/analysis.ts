import { type LogRecord, Rejection } from "../../schema.ts";
import type { HashKey } from "../sketches/half_sip_hash.ts";
import { type JsonObject, readInteger, readObject, wrong } from "../sketches/read_state.ts";
import type { AnalysisParts, AnalysisState } from "./analysis_state.ts";
import { MAX_CLIENTS, MAX_ENDPOINTS, MAX_PAIRS, MAX_WINDOWS } from "./capacities.ts";
import { Clients, type ClientsOptions } from "./clients.ts";
import { DurationStats, EXACT_PERCENTILES_UP_TO } from "./duration_stats.ts";
import { Endpoints, type EndpointsOptions } from "./endpoints.ts";
import { Extremes } from "./extremes.ts";
import { Kinds } from "./kinds.ts";
import { limitKeys } from "./limit_keys.ts";
import { LineCounts } from "./line_counts.ts";
import { Outcomes } from "./outcomes.ts";
import { RecordBatch } from "./record_batch.ts";
import { ResponseTimes } from "./response_times.ts";
import { Span } from "./span.ts";
import { Timeline } from "./timeline.ts";
import { type WindowOptions, Windows } from "./windows.ts";

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
  readonly #encoded = new RecordBatch(1);
  #bytes = 0;
  #hasCutKeys = false;

  /** Makes the analysis of no lines, or of what another has found that takes much room. */
  constructor(options: AnalysisOptions, parts?: AnalysisParts) {
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
    this.responseTimes = new ResponseTimes(new DurationStats(exactPercentilesUpTo));
    this.kinds = new Kinds(hashKey);
    const [ofEndpoints, ofClients] = [this.#ofEndpoints(), this.#ofClients()];
    if (parts === undefined) {
      this.endpoints = new Endpoints(ofEndpoints);
      this.clients = new Clients(ofClients);
      this.windows = new Windows(this.options, hashKey);
      this.timeline = new Timeline(this.options, hashKey);
    } else {
      this.endpoints = Endpoints.ofParts(parts.endpoints, ofEndpoints);
      this.clients = Clients.ofParts(parts.clients, ofClients);
      this.windows = Windows.ofParts(parts.windows, this.options, hashKey);
      this.timeline = Timeline.ofParts(parts.timeline, this.options, hashKey);
      this.#mergeFigures(JSON.parse(parts.figures));
    }
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
      this.#addRecord(outcome);
    }
  }

  #addRecord(whole: LogRecord): void {
    const limited = limitKeys(whole);
    if (limited !== whole) this.#hasCutKeys = true;
    this.addBatch(this.#encoded.of(limited));
  }

  /** Takes in records, each of which was a line of its own. */
  addBatch(records: RecordBatch): void {
    this.lines.addRecords(records.size);
    this.outcomes.add(records);
    this.extremes.add(records);
    this.endpoints.add(records);
    // First, as it tells the windows which client is which.
    this.clients.add(records);
    this.windows.add(records);
    this.timeline.add(records);
    this.responseTimes.add(records);
    this.kinds.add(records);
    this.span.add(records);
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
    return Object.fromEntries(this.members()) as unknown as AnalysisState;
  }

  /** The members of its JSON form, one after the other, as all of them take much memory at once. */
  *members(): Generator<[name: keyof AnalysisState, part: unknown]> {
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
    const { hashKey } = this.options;
    this.#mergeFigures(state);
    this.endpoints.merge(Endpoints.fromJSON(state["endpoints"], this.#ofEndpoints()));
    this.windows.merge(Windows.fromJSON(state["windows"], this.options, hashKey));
    this.timeline.merge(Timeline.fromJSON(state["timeline"], this.options, hashKey));
    this.clients.merge(Clients.fromJSON(state["clients"], this.#ofClients()));
  }

  /** What it is made of, to be taken over by another thread; it is of no use afterwards. */
  toParts(): AnalysisParts {
    const figures = Iterator.from(this.members()).take(FIGURES);
    return {
      figures: JSON.stringify(Object.fromEntries(figures)),
      endpoints: this.endpoints.toParts(),
      clients: this.clients.toParts(),
      windows: this.windows.toParts(),
      timeline: this.timeline.toParts(),
    };
  }

  #mergeFigures(state: JsonObject): void {
    const { hashKey, exactPercentilesUpTo } = this.options;
    if (typeof state["has_cut_keys"] !== "boolean") throw wrong("has_cut_keys", "a boolean");
    this.#hasCutKeys ||= state["has_cut_keys"];
    this.#bytes += readInteger(state, "bytes", 0);
    this.lines.merge(LineCounts.fromJSON(state["lines"]));
    this.outcomes.merge(Outcomes.fromJSON(state["outcomes"]));
    this.extremes.merge(Extremes.fromJSON(state["extremes"]));
    const times = ResponseTimes.fromJSON(state["response_times"], exactPercentilesUpTo);
    this.responseTimes.merge(times);
    this.kinds.merge(Kinds.fromJSON(state["kinds"], hashKey));
    this.span.merge(Span.fromJSON(state["span"]));
  }

  #ofEndpoints(): EndpointsOptions {
    const { hashKey, maxEndpoints, exactPercentilesUpTo } = this.options;
    return { capacity: maxEndpoints, hashKey, exactUpTo: exactPercentilesUpTo };
  }

  #ofClients(): ClientsOptions {
    const { maxClients, hashKey } = this.options;
    return { capacity: maxClients, hashKey, onTaken: (slot) => this.windows.renew(slot) };
  }
}

/** How many of the members of the JSON form take little room; they come first. */
const FIGURES = 8;

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
