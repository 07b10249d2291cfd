import { formatTimestamp, type LogRecord, parseTimestamp } from "../../schema.ts";
import type { Layout } from "../formats/description/layout.ts";
import { toIsoDay } from "../formats/text/clf.ts";
import type { Bytes } from "../lines/bytes.ts";
import type { KeyColumn } from "../records/key_column.ts";
import { NO_TIME, type RecordBatch } from "../records/record_batch.ts";
import { compileLayouts, type ReadLines, sharedFunctions } from "./code/compile_layouts.ts";
import { compileLineReader, isReadable, type LineCode } from "./code/line.ts";
import {
  BLOCK_AT,
  CLF_DAY,
  CLF_DAY_REST,
  CLF_DAY_US,
  DAY,
  DAY_REST,
  DAY_US,
  IRREGULAR_END,
  KEYS_AT,
  KEYS_END,
  LAST_LAYOUT,
  MAX_LAYOUTS,
  NEXT_ROW,
  ReaderMemory,
  USES_AT,
} from "./code/reader_memory.ts";
import { compileMemo, type Memo } from "./memo/memo.ts";

const DAY_LENGTH_US = 86_400_000_000;
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

interface KnownLayout {
  readonly layout: Layout;
  /** Reads a line of the layout. */
  readonly code: LineCode;
  /** What its counter of lines was when its lines were told last. */
  told: number;
}

/**
 * Reads lines of known layouts in place, by code that is compiled for these layouts: it compares every literal byte
 * by byte, and takes every value as the parser of the schema would take it, or else does not take the line.
 *
 * A line is irregular if a text that counts is no well-formed UTF-8, or is long, or has escapes and there is no
 * room to decode it. Such a line is taken as a record of its own.
 *
 * @example A line
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { OWN_FORMAT } from "../formats/json/own_format.ts";
 * import { LineReader } from "./line_reader.ts";
 *
 * const line = '{"endpoint":"/a","status_code":"404"}';
 * const reader = new LineReader();
 * reader.learn(OWN_FORMAT.learn(line)!);
 * reader.open(new TextEncoder().encode(`${line}\n`));
 * assertEquals(reader.read(0), line.length + 1);
 * assertEquals([reader.batch.size, reader.batch.statusCodes[0]], [1, 404]);
 * ```
 */
export class LineReader {
  readonly #memory: ReaderMemory;
  /** The records that were read. */
  readonly batch: RecordBatch;
  readonly #shared: ReturnType<typeof sharedFunctions>;
  /** The columns of keys that are counted; the memo knows each by its place here. */
  readonly #keys: readonly KeyColumn[];
  #memo: Memo | undefined;
  readonly #layouts: KnownLayout[] = [];
  #readLines: ReadLines | undefined;
  #end = BLOCK_AT;

  /** Makes a reader that knows no layout; its records have user agents or not. */
  constructor({ keepsAgents = false }: { readonly keepsAgents?: boolean } = {}) {
    this.#memory = new ReaderMemory(keepsAgents);
    this.batch = this.#memory.batch;
    const { methods, endpoints, ips } = this.batch;
    this.#keys = [methods, endpoints, ips];
    this.#shared = sharedFunctions(this.batch);
  }

  /** Takes up a block of whole lines, each with its LF: at most {@linkcode BLOCK_BYTES} bytes. */
  open(lines: Bytes): void {
    this.#memory.bytes.set(lines, BLOCK_AT);
    this.#end = BLOCK_AT + lines.length;
  }

  /** Whether it knows a layout. */
  knows({ signature }: Layout): boolean {
    return this.#layouts.some((known) => known.layout.signature === signature);
  }

  /** Whether there is code for lines of a layout. */
  canRead(layout: Layout): boolean {
    return isReadable(layout, this.batch);
  }

  /**
   * Learns to read lines of a layout, for each slot of which there is code. If it knows as many as it may, it forgets the least used one.
   *
   * @returns Whether the engine can run such code: it cannot if the processor has no vectors of 128 bits.
   * @throws {RangeError} If there is no code for some slot.
   */
  learn(layout: Layout): boolean {
    const place = this.#layouts.length < MAX_LAYOUTS ? this.#layouts.length : this.#leastUsed();
    const code = compileLineReader(`readLayout${place}`, layout, this.batch);
    if (code === undefined) {
      throw new RangeError("Cannot learn a layout: there is no code for a slot");
    }
    const codes = this.#layouts.map(({ code }) => code);
    codes[place] = code;
    const bytes = compileLayouts(codes, this.#shared);
    if (!WebAssembly.validate(bytes)) return false;
    this.#layouts[place] = { layout, code, told: this.#uses(place) };
    const takeDay = (at: number) => Number(this.#takeDay(at));
    const takeClfDay = (at: number) => Number(this.#takeClfDay(at));
    this.#memo ??= this.#link(compileMemo(this.batch.methods)) as unknown as Memo;
    this.#readLines = this.#link(bytes, takeDay, takeClfDay)["read"] as ReadLines;
    this.#memory.view.setInt32(LAST_LAYOUT, place, true);
    return true;
  }

  /** Forgets all layouts; the lines that were read must have been told. */
  forget(): void {
    this.#layouts.length = 0;
    this.#readLines = undefined;
    this.#memory.view.setInt32(LAST_LAYOUT, 0, true);
    this.#memory.view.setInt32(IRREGULAR_END, 0, true);
  }

  /** The layout that had the fewest lines, of late above all; never that of the line before. */
  #leastUsed(): number {
    const { view } = this.#memory, last = view.getInt32(LAST_LAYOUT, true);
    const uses = this.#layouts.map((_, i) => this.#uses(i));
    for (const [i, count] of uses.entries()) this.#setUses(i, count >>> 1);
    uses[last] = Infinity;
    const least = uses.indexOf(Math.min(...uses));
    this.#setUses(least, 0);
    return least;
  }

  #uses(place: number): number {
    return this.#memory.view.getUint32(USES_AT + 4 * place, true);
  }

  /** Changes a counter of lines; those that were not told are still told. */
  #setUses(place: number, count: number): void {
    this.#layouts[place]!.told += count - this.#uses(place);
    this.#memory.view.setUint32(USES_AT + 4 * place, count, true);
  }

  /**
   * Tells how many lines of each layout were read since it was told last, irregular ones among them. A layout that is
   * forgotten before its lines are told takes their number along.
   *
   * @param tell Is called for each layout that had lines.
   */
  tellTaken(tell: (layout: Layout, lines: number) => void): void {
    for (const [place, known] of this.#layouts.entries()) {
      const uses = this.#uses(place), lines = uses - known.told >>> 0;
      if (lines === 0) continue;
      known.told = uses;
      tell(known.layout, lines);
    }
  }

  /**
   * Links a module with the memory.
   *
   * @param bytes The module.
   * @param functions The functions that it imports, in order.
   * @returns What it exports.
   */
  #link(
    bytes: Uint8Array<ArrayBuffer>,
    ...functions: readonly ((at: number) => number)[]
  ): WebAssembly.Exports {
    const host = { memory: this.#memory.memory, ...functions };
    return new WebAssembly.Instance(new WebAssembly.Module(bytes), { host }).exports;
  }

  /**
   * Reads lines into the batch, until a line is irregular or not taken, or the block ends, or the batch is full.
   *
   * @param at Where in the block the first line begins.
   * @param maxLines How many lines are read at most.
   * @returns Where the first line begins that was not read into the batch.
   */
  read(at: number, maxLines: number = Infinity): number {
    if (this.#readLines === undefined) return at;
    const { batch } = this, endRow = Math.min(batch.size + maxLines, batch.capacity);
    // Nobody needs keys any more that were decoded before.
    if (batch.size === 0) this.#memory.view.setInt32(KEYS_END, KEYS_AT, true);
    const next = this.#readLines(BLOCK_AT + at, this.#end, batch.size, endRow);
    batch.size = this.#memory.view.getInt32(NEXT_ROW, true);
    return next - BLOCK_AT;
  }

  /** Writes into the batch the slot that each key had when it was counted last, if the memo knows it. */
  recall(): void {
    const { size } = this.batch;
    for (const [kind, { starts }] of this.#keys.entries()) {
      this.#memo!.recall(kind, starts.byteOffset, size);
    }
  }

  /** Empties the batch, which was counted, and has the memo remember the slots that its keys have now. */
  clear(): void {
    for (const [kind, { starts, misses }] of this.#keys.entries()) {
      if (misses > 0) this.#memo!.remember(kind, starts.byteOffset, misses);
    }
    this.batch.size = 0;
  }

  /** Where the line ends that was read last, if it is irregular; else −1. */
  get irregularEnd(): number {
    const end = this.#memory.view.getInt32(IRREGULAR_END, true);
    return end === 0 ? -1 : end - BLOCK_AT;
  }

  /**
   * The record of the irregular line that was read last: what the parser of the schema makes of it, with its user agent
   * only if records have one.
   */
  toRecord(): LogRecord {
    const { batch } = this, row = batch.size;
    const textOf = ({ starts, ends }: KeyColumn) => this.#toText(starts[row]!, ends[row]!);
    const us = batch.responseTimesUs[row]!;
    return {
      method: textOf(batch.methods),
      endpoint: textOf(batch.endpoints),
      ip: textOf(batch.ips),
      statusCode: batch.statusCodes[row]!,
      responseTimeUs: us === NO_TIME ? undefined : us,
      timestampUs: batch.timestampsUs[row]!,
      userAgent: batch.agents && textOf(batch.agents),
    };
  }

  #toText(start: number, end: number): string {
    const text = DECODER.decode(this.#memory.bytes.subarray(start, end));
    // A text that was decoded has no escapes, but may have backslashes.
    if (start >= KEYS_AT || !text.includes("\\")) return text;
    return (JSON.parse(`"${text}"`) as string).toWellFormed();
  }

  /** Takes up the day whose ten bytes are at an address, like 2026-11-25; tells whether it is one. */
  #takeDay(at: number): boolean {
    const { view } = this.#memory;
    const us = startOfWholeDay(this.#bytesAt(at, 10));
    if (us === undefined) return false;
    view.setBigInt64(DAY, view.getBigInt64(at, true), true);
    view.setInt32(DAY_REST, view.getUint16(at + 8, true), true);
    view.setFloat64(DAY_US, us, true);
    return true;
  }

  /** Takes up the day whose eleven bytes are at an address, like 25/Nov/2026; tells whether it is one. */
  #takeClfDay(at: number): boolean {
    const { view } = this.#memory;
    const us = startOfWholeDay(toIsoDay(this.#bytesAt(at, 11)) ?? "");
    if (us === undefined) return false;
    view.setBigInt64(CLF_DAY, view.getBigInt64(at, true), true);
    view.setInt32(CLF_DAY_REST, view.getInt32(at + 7, true), true);
    view.setFloat64(CLF_DAY_US, us, true);
    return true;
  }

  #bytesAt(at: number, length: number): string {
    return String.fromCharCode(...this.#memory.bytes.subarray(at, at + length));
  }
}

/** When a day begins, in microseconds since the epoch, if all of it is in the range of times with any offset. */
function startOfWholeDay(day: string): number | undefined {
  const us = parseTimestamp(`${day}T00:00:00`);
  if (us === undefined) return undefined;
  const isInside = [us - DAY_LENGTH_US, us + 2 * DAY_LENGTH_US]
    .every((us) => parseTimestamp(formatTimestamp(us)) !== undefined);
  return isInside ? us : undefined;
}
