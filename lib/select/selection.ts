import { isClient } from "../records/absent_values.ts";
import type { KeyColumn } from "../records/key_column.ts";
import { cutToBytes, ENDPOINT_BYTES } from "../records/limit_keys.ts";
import { decodeText, type RecordBatch } from "../records/record_batch.ts";
import type { RecordSink } from "../records/record_sink.ts";
import { encodeText } from "../tables/text_bytes.ts";
import {
  compileBots,
  compileCondition,
  compileExcludedAgent,
  type ConditionOptions,
  type Test,
} from "./compile_condition.ts";
import { parsePathPattern, PathGroups } from "./path_groups.ts";
import { RecordView } from "./record_view.ts";
import type { SelectionSettings } from "./selection_settings.ts";

/** Receives the records that are left, and how many were left out. */
export interface SelectionSink extends RecordSink {
  /** Counts of lines. */
  readonly lines: {
    /** Counts records that were left out. */
    addFiltered(count: number): void;
  };
}

/**
 * Selects which records another sink gets, and rewrites their endpoints. A condition sees an endpoint as it was logged.
 *
 * Memory: that of a batch.
 *
 * @example Only failures
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RecordBatch } from "../records/record_batch.ts";
 * import { Selection } from "./selection.ts";
 * import { ALL } from "./selection_settings.ts";
 *
 * const sizes: number[] = [];
 * const sink = {
 *   addBatch: ({ size }: RecordBatch) => sizes.push(size),
 *   lines: { addFiltered: (count: number) => sizes.push(count) },
 * };
 * const selection = new Selection(sink, { ...ALL, conditions: ["status>=400"] });
 * const batch = new RecordBatch(4);
 * batch.size = 2;
 * batch.statusCodes.set([200, 503]);
 * selection.addBatch(batch);
 * assertEquals(sizes, [1, 1]);
 * ```
 */
export class Selection implements RecordSink {
  readonly #sink: SelectionSink;
  readonly #tests: readonly Test[];
  readonly #since: number;
  readonly #until: number;
  readonly #paths: PathGroups | undefined;
  #withoutAgent = 0;
  /** The bytes of a batch whose endpoints are rewritten. */
  #bytes = new Uint8Array();

  /**
   * Makes a selection in front of a sink.
   *
   * @throws {SyntaxError} If a condition or a pattern cannot be understood.
   */
  constructor(
    sink: SelectionSink,
    settings: SelectionSettings,
    options: ConditionOptions = { assumedOffsetUs: 0 },
  ) {
    this.#sink = sink;
    const { sinceUs = -Infinity, untilUs = Infinity, conditions, excludedIps } = settings;
    const { excludedAgents, bots } = settings;
    [this.#since, this.#until] = [sinceUs, untilUs];
    const excluded = excludedIps.map((range) => `!(ip in ${JSON.stringify(range)})`);
    this.#tests = [
      ...[...conditions, ...excluded].map((text) => compileCondition(text, options)),
      ...excludedAgents.map(compileExcludedAgent),
      ...bots === "count" ? [] : [compileBots(bots === "only")],
    ];
    const { stripsQuery, isGrouping: groups, groupPatterns, absoluteUrls } = settings;
    const keepsPathOnly = absoluteUrls === "path";
    const patterns = groupPatterns.map(parsePathPattern);
    this.#paths = stripsQuery || groups || keepsPathOnly || patterns.length > 0
      ? new PathGroups({ stripsQuery, groups, patterns, keepsPathOnly })
      : undefined;
  }

  /** Returns how many records had no user agent, if they are asked for, and counts from 0 on again. */
  takeWithoutAgent(): number {
    const taken = this.#withoutAgent;
    this.#withoutAgent = 0;
    return taken;
  }

  /** Hands on the records of a batch that are selected. */
  addBatch(records: RecordBatch): void {
    const { size } = records;
    if (records.agents !== undefined) this.#withoutAgent += agentless(records, records.agents);
    this.#leaveOut(records);
    this.#sink.lines.addFiltered(size - records.size);
    if (this.#paths === undefined) return this.#sink.addBatch(records);
    const { bytes, hasCutKeys } = records;
    records.bytes = this.#rewrite(records, this.#paths);
    this.#sink.addBatch(records);
    // Its rows have other keys than the lines: none is to be found by the bytes of a line.
    records.endpoints.misses = 0;
    records.bytes = bytes;
    records.hasCutKeys = hasCutKeys;
  }

  /** Moves the rows that are selected to the front of the columns. */
  #leaveOut(records: RecordBatch): void {
    const { size, timestampsUs } = records, view = new RecordView(records);
    const tests = this.#tests, since = this.#since, until = this.#until;
    let kept = 0;
    for (let row = 0; row < size; row++) {
      const time = timestampsUs[row]!;
      if (time < since || time >= until) continue;
      view.row = row;
      if (!tests.every((test) => test(view))) continue;
      if (kept < row) moveRow(records, row, kept);
      kept++;
    }
    records.size = kept;
  }

  /** Rewrites the endpoints; returns the bytes that have all keys, those of other columns where they were. */
  #rewrite(records: RecordBatch, paths: PathGroups): Uint8Array<ArrayBuffer> {
    const { size, endpoints, methods, ips, bytes } = records, { starts, ends } = endpoints;
    let first = Infinity, last = 0;
    for (const column of [methods, endpoints, ips]) {
      for (let row = 0; row < size; row++) {
        first = Math.min(first, column.starts[row]!);
        last = Math.max(last, column.ends[row]!);
      }
    }
    if (size === 0) return bytes;
    const needed = last + ROOM * size;
    if (this.#bytes.length < needed) this.#bytes = new Uint8Array(needed);
    this.#bytes.set(bytes.subarray(first, last), first);
    let end = last;
    for (let row = 0; row < size; row++) {
      const start = starts[row]!, keyEnd = ends[row]!;
      const most = end + paths.mostBytes(keyEnd - start);
      if (most > this.#bytes.length) this.#lengthen(most);
      const written = paths.write(bytes, start, keyEnd, this.#bytes, end);
      const to = limit(this.#bytes, end, written);
      if (to < written) records.hasCutKeys = true;
      endpoints.place(row, end, to);
      end = to;
    }
    return this.#bytes;
  }

  #lengthen(length: number): void {
    const longer = new Uint8Array(2 * length);
    longer.set(this.#bytes);
    this.#bytes = longer;
  }
}

/** How many records have no user agent: an empty one, or `-`. */
function agentless({ bytes, size }: RecordBatch, { starts, ends }: KeyColumn): number {
  let count = 0;
  for (let row = 0; row < size; row++) if (!isClient(bytes, starts[row]!, ends[row]!)) count++;
  return count;
}

/** Cuts an endpoint that has become too long, as `:id` is longer than a digit; returns where it ends. */
function limit(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  // One that was cut already has the three bytes of `…` more.
  if (end - start <= ENDPOINT_BYTES + 3) return end;
  return encodeText(cutToBytes(decodeText(bytes, start, end), ENDPOINT_BYTES), bytes, start);
}

/** How many bytes there are at first for each endpoint. */
const ROOM = 64;

function moveRow(records: RecordBatch, from: number, to: number): void {
  const { statusCodes, responseTimesUs, timestampsUs, methods, endpoints, ips } = records;
  statusCodes[to] = statusCodes[from]!;
  responseTimesUs[to] = responseTimesUs[from]!;
  timestampsUs[to] = timestampsUs[from]!;
  for (const column of [methods, endpoints, ips]) moveKey(column, from, to);
}

function moveKey({ starts, ends, slots, stamps }: KeyColumn, from: number, to: number): void {
  starts[to] = starts[from]!;
  ends[to] = ends[from]!;
  slots[to] = slots[from]!;
  stamps[to] = stamps[from]!;
}
