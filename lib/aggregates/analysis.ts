import { type LogRecord, Rejection } from "../../schema.ts";
import { limitKeys } from "../records/limit_keys.ts";
import { RecordBatch } from "../records/record_batch.ts";
import { type JsonObject, readInteger, readObject, wrong } from "../tables/read_state.ts";
import { type AnalysisOptions, assertMergeable, withDefaults } from "./analysis_options.ts";
import type { AnalysisParts, AnalysisState } from "./analysis_state.ts";
import { Clients, type ClientsOptions } from "./clients.ts";
import { DurationStats } from "./durations/duration_stats.ts";
import { Endpoints, type EndpointsOptions } from "./endpoints.ts";
import { Extremes } from "./extremes.ts";
import { Kinds } from "./kinds.ts";
import { LineCounts } from "./line_counts.ts";
import { mergeAndFree } from "./merge_and_free.ts";
import { Outcomes } from "./outcomes.ts";
import { ResponseTimes } from "./response_times.ts";
import { Span } from "./span.ts";
import { Timeline } from "./timeline.ts";
import { Windows, type WindowsParts } from "./windows.ts";

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
  readonly #lines = new LineCounts();
  readonly #outcomes = new Outcomes();
  readonly #extremes = new Extremes();
  readonly #endpoints: Endpoints;
  #windows: Windows;
  readonly #timeline: Timeline;
  readonly #responseTimes: ResponseTimes;
  readonly #clients: Clients;
  readonly #kinds: Kinds;
  readonly #span = new Span();
  /** Records that were added one by one, and are not counted yet. */
  #pending: RecordBatch | undefined;
  #bytes = 0;
  #hasCutKeys = false;

  /** Makes the analysis of no lines, or of what another has found that takes much room. */
  constructor(options: AnalysisOptions, parts?: AnalysisParts) {
    this.options = withDefaults(options);
    const { hashKey, exactPercentilesUpTo } = this.options;
    this.#responseTimes = new ResponseTimes(new DurationStats(exactPercentilesUpTo));
    this.#kinds = new Kinds(hashKey);
    const [ofEndpoints, ofClients] = [this.#ofEndpoints(), this.#ofClients()];
    this.#windows = new Windows(this.options, hashKey);
    if (parts === undefined) {
      this.#endpoints = new Endpoints(ofEndpoints);
      this.#clients = new Clients(ofClients);
      this.#timeline = new Timeline(this.options, hashKey);
    } else {
      this.#endpoints = Endpoints.ofParts(parts.endpoints, ofEndpoints);
      this.#clients = Clients.ofParts(parts.clients, ofClients);
      this.replaceWindows(parts.windows);
      this.#timeline = Timeline.ofParts(parts.timeline, this.options, hashKey);
      this.#mergeFigures(JSON.parse(parts.figures));
    }
  }

  /** What became of the lines. */
  get lines(): LineCounts {
    return this.#settled.#lines;
  }

  /** How requests ended. */
  get outcomes(): Outcomes {
    return this.#settled.#outcomes;
  }

  /** The fastest and the slowest request. */
  get extremes(): Extremes {
    return this.#settled.#extremes;
  }

  /** Each endpoint. */
  get endpoints(): Endpoints {
    return this.#settled.#endpoints;
  }

  /** The worst window, and who was over the limit when. */
  get windows(): Windows {
    return this.#settled.#windows;
  }

  /** How many requests came when. */
  get timeline(): Timeline {
    return this.#settled.#timeline;
  }

  /** How long requests took. */
  get responseTimes(): ResponseTimes {
    return this.#settled.#responseTimes;
  }

  /** Who asked. */
  get clients(): Clients {
    return this.#settled.#clients;
  }

  /** Methods and statuses. */
  get kinds(): Kinds {
    return this.#settled.#kinds;
  }

  /** From when to when. */
  get span(): Span {
    return this.#settled.#span;
  }

  /** Whether some text was too long to count as it is, see {@linkcode limitKeys}. */
  hasCutKeys(): boolean {
    return this.#hasCutKeys;
  }

  /** Takes in what one line was: a record, a rejection, or blank. */
  add(outcome: LogRecord | Rejection | "blank"): void {
    if (outcome === "blank") return this.#lines.addBlank();
    if (outcome instanceof Rejection) return this.#lines.addRejected(outcome.reason);
    const limited = limitKeys(outcome);
    if (limited !== outcome) this.#hasCutKeys = true;
    this.#pending ??= new RecordBatch(MOST_PENDING);
    if (this.#pending.append(limited)) return;
    this.#settled.#pending!.append(limited);
  }

  /** Takes in records, each of which was a line of its own. */
  addBatch(records: RecordBatch): void {
    this.#settled.#count(records);
  }

  /** Itself, when all that was added is counted. */
  get #settled(): this {
    if (this.#pending !== undefined && this.#pending.size > 0) {
      this.#count(this.#pending);
      this.#pending.size = 0;
    }
    return this;
  }

  #count(records: RecordBatch): void {
    this.#lines.addRecords(records.size);
    this.#outcomes.add(records);
    this.#extremes.add(records);
    this.#endpoints.add(records);
    // First, as it tells the windows which client is which.
    this.#clients.add(records);
    this.#windows.add(records);
    this.#timeline.add(records);
    this.#responseTimes.add(records);
    this.#kinds.add(records);
    this.#span.add(records);
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
    assertMergeable(this.options, other.options);
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

  /** What it has found of windows, which it has no longer: they are merged elsewhere. */
  takeWindows(): WindowsParts {
    const parts = this.windows.toParts();
    this.#windows = new Windows(this.options, this.options.hashKey);
    return parts;
  }

  /** Has windows that were found elsewhere in place of its own. */
  replaceWindows(parts: WindowsParts): void {
    this.#windows = Windows.ofParts(parts, this.options, this.options.hashKey);
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
   * @param value What was parsed: the form of an analysis with the same options. Whether its members agree
   * with each other is not checked.
   * @throws {SyntaxError} If it is none; some of it may have been taken in by then.
   */
  mergeJSON(value: unknown): void {
    const state = readObject(value, "an analysis");
    const { hashKey } = this.options;
    this.#mergeFigures(state);
    mergeAndFree(this.endpoints, Endpoints.fromJSON(state["endpoints"], this.#ofEndpoints()));
    mergeAndFree(this.windows, Windows.fromJSON(state["windows"], this.options, hashKey));
    mergeAndFree(this.timeline, Timeline.fromJSON(state["timeline"], this.options, hashKey));
    mergeAndFree(this.clients, Clients.fromJSON(state["clients"], this.#ofClients()));
    const most = Math.max(this.lines.lines(), this.#bytes);
    if (most > Number.MAX_SAFE_INTEGER) throw wrong("lines", "as many as a number counts");
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
    return { capacity: maxClients, hashKey, onTaken: (slot) => this.#windows.renew(slot) };
  }
}

export type { AnalysisOptions };

/** How many records are counted at once, if they come one by one. */
const MOST_PENDING = 64;

/** How many of the members of the JSON form take little room; they come first. */
const FIGURES = 8;
