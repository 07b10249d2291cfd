import type { Layout } from "../formats/description/layout.ts";
import type { FormatReader } from "../formats/format_reader.ts";
import type { Bytes } from "../lines/bytes.ts";
import type { LineStage } from "../lines/line_stage.ts";
import { RecordBatch } from "../records/record_batch.ts";
import type { RecordSink } from "../records/record_sink.ts";
import { BLOCK_BYTES, MAX_LAYOUTS } from "./code/reader_memory.ts";
import { LineReader } from "./line_reader.ts";

const LF = 0x0A, CR = 0x0D;

/** Once the first layouts are learned, one more is learned for so many lines: all are compiled again each time. */
const LINES_PER_LAYOUT = 1024;
/** After at least so many lines it is judged whether scanning was worth it. */
const JUDGED_LINES = 512;
/** It was not if more than one line in so many had to be left. */
const WORTH = 4;
const MIN_PAUSE_BYTES = 2 ** 16, MAX_PAUSE_BYTES = 2 ** 22;
const MAX_RUN = 64;

/**
 * Takes lines as bytes, without making texts of them: it learns layouts from lines that the parser accepts,
 * compares each line with them byte by byte, reads the values in place, and gives batches of records to a sink. Lines of
 * other layouts it leaves to the parser, and learns from them.
 *
 * Leaving it out changes no figure: it counts a line as the parser would, in the order of the lines. When it has
 * to leave many lines it rests for a while.
 */
export class Scan implements LineStage {
  /** How many lines it has taken so far. */
  taken = 0;
  readonly #sink: RecordSink;
  readonly #formats: FormatReader;
  readonly #reader: LineReader;
  /** A record that needs the parser of the schema. */
  readonly #one: RecordBatch;
  /** How many layouts have been compiled. */
  #learned = 0;
  #left = 0;
  #judgedAt = 0;
  #leftWhenJudged = 0;
  #pauseBytes = 0;
  #lastPauseBytes = 0;
  #run = 1;
  #headerVersion = 0;

  /** Makes a scan that gives the records that it takes to a sink, and learns of a reader how lines are written. */
  constructor(sink: RecordSink, formats: FormatReader) {
    this.#sink = sink;
    this.#formats = formats;
    const { keepsAgents } = formats;
    this.#reader = new LineReader({ keepsAgents });
    this.#one = new RecordBatch(4, { keepsAgents });
  }

  /** Takes the whole lines that it can, and yields those that it leaves. */
  *take(lines: Bytes): Generator<Bytes> {
    for (let at = 0; at < lines.length;) {
      const block = lines.subarray(at, at + BLOCK_BYTES);
      const end = at + block.lastIndexOf(LF) + 1;
      if (end > at) yield* this.#takeBlock(lines.subarray(at, end));
      // A line that is longer than a block is left.
      const next = end > at ? end : lines.indexOf(LF, at) + 1;
      if (end === at) yield lines.subarray(at, next);
      at = next;
    }
  }

  *#takeBlock(lines: Bytes): Generator<Bytes> {
    if (this.#pauseBytes > 0) {
      this.#pauseBytes -= lines.length;
      yield lines;
      return;
    }
    this.#reader.open(lines);
    this.#forgetIfHeaderIsNew();
    for (let at = 0; (at = this.#takeFrom(at, lines.length)) < lines.length;) {
      const end = this.#endOfRun(at, lines);
      yield lines.subarray(at, end);
      // One of them may have been a header.
      this.#forgetIfHeaderIsNew();
      this.#learn(lines.subarray(at, lines.indexOf(LF, at)));
      at = end;
    }
    this.#judge();
  }

  #forgetIfHeaderIsNew(): void {
    const { headerVersion } = this.#formats;
    if (headerVersion !== this.#headerVersion) this.#reader.forget();
    this.#headerVersion = headerVersion;
  }

  /** Takes lines as long as it can; returns where the first line begins that it leaves. */
  #takeFrom(start: number, end: number): number {
    let at = start;
    for (let next; at < end && (next = this.#read(at)) > at;) at = next;
    // The lines that it leaves are counted after these.
    this.#count();
    this.#reader.tellTaken((layout, lines) => this.#tally(layout, lines));
    if (at > start) this.#run = 1;
    return at;
  }

  /** Reads lines; returns where the first line begins that it has not read. */
  #read(at: number): number {
    const reader = this.#reader, { batch } = reader, before = batch.size;
    const next = reader.read(at);
    this.taken += batch.size - before;
    if (batch.size === batch.capacity) this.#count();
    const { irregularEnd } = reader;
    if (irregularEnd === -1) return next;
    const record = reader.toRecord();
    this.#count();
    this.#one.clear();
    this.#one.append(record);
    this.#sink.addBatch(this.#one);
    this.taken++;
    return irregularEnd;
  }

  /** Counts the records that were gathered. */
  #count(): void {
    const { batch } = this.#reader;
    if (batch.size === 0) return;
    this.#reader.recall();
    this.#sink.addBatch(batch);
    this.#reader.clear();
  }

  /** Counts lines of a layout by their format. */
  #tally({ format, assumedOffsetUs }: Layout, lines: number): void {
    const { tally } = this.#formats;
    tally.addLines(format, lines);
    if (assumedOffsetUs !== undefined) tally.addAssumedZones(lines);
  }

  /** Where a run of lines to leave ends; the first line of it is to be left. */
  #endOfRun(start: number, block: Bytes): number {
    let at = start;
    for (let lines = 0; at < block.length && lines < this.#run; lines++) {
      if (lines > 0 && this.#isKnown(at)) break;
      at = block.indexOf(LF, at) + 1;
      this.#left++;
    }
    // As long as no line is taken, runs get longer, so that fewer lines are learned from.
    this.#run = Math.min(2 * this.#run, MAX_RUN);
    return at;
  }

  /** Whether a line is written in a known layout; the batch is empty, and stays so. */
  #isKnown(at: number): boolean {
    const reader = this.#reader;
    const isKnown = reader.read(at, 1) > at || reader.irregularEnd !== -1;
    reader.batch.size = 0;
    reader.tellTaken(() => {});
    return isKnown;
  }

  #learn(line: Bytes): void {
    const lines = this.taken + this.#left;
    if (this.#learned >= MAX_LAYOUTS + lines / LINES_PER_LAYOUT) return;
    const text = new TextDecoder("utf-8", { ignoreBOM: true })
      .decode(line.at(-1) === CR ? line.subarray(0, -1) : line);
    const layout = this.#formats.learn(text);
    if (layout === undefined) return;
    if (this.#reader.knows(layout) || !this.#reader.canRead(layout)) return;
    this.#learned++;
    // It never will be able to on such a machine.
    if (!this.#reader.learn(layout)) this.#pauseBytes = Infinity;
  }

  /** Decides whether to rest, and for how long. */
  #judge(): void {
    const lines = this.taken + this.#left - this.#judgedAt;
    if (lines < JUDGED_LINES) return;
    const isWorthIt = (this.#left - this.#leftWhenJudged) * WORTH <= lines;
    this.#lastPauseBytes = isWorthIt
      ? 0
      : Math.min(Math.max(2 * this.#lastPauseBytes, MIN_PAUSE_BYTES), MAX_PAUSE_BYTES);
    this.#pauseBytes = this.#lastPauseBytes;
    this.#judgedAt += lines;
    this.#leftWhenJudged = this.#left;
  }
}
