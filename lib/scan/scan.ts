import type { Analysis } from "../aggregates/analysis.ts";
import { readLine } from "../formats/read_line.ts";
import type { Bytes } from "../lines/bytes.ts";
import type { LineStage } from "../lines/line_stage.ts";
import { type Layout, learnLayout } from "./layout.ts";
import { LineReader } from "./line_reader.ts";

const LF = 0x0A, CR = 0x0D;

/** How many layouts are known at once: more than there are servers that write into one log. */
const MOST_LAYOUTS = 16;
/** After so many lines it is asked whether it was worth looking at them. */
const JUDGED_LINES = 512;
/** It was not, if more than one of so many had to be left. */
const WORTH = 8;
const LEAST_PAUSE_BYTES = 2 ** 16, MOST_PAUSE_BYTES = 2 ** 22;
const MOST_RUN = 64;

interface KnownLayout extends Layout {
  /** How many lines had been taken when it was last of use. */
  lastUse: number;
}

/**
 * Takes lines as they were read, without making texts of them: the layout of lines is learned from
 * those that the parser accepts, and each line is compared with it byte by byte; its values are read
 * where they stand and added to the analysis. Lines of another layout are left, and learned from.
 *
 * Leaving it out changes no figure: it counts a line as the parser would, in the order of the lines.
 * Where it has to leave many it rests for a while.
 */
export class Scan implements LineStage {
  /** How many lines it has taken so far. */
  taken = 0;
  readonly #analysis: Analysis;
  readonly #reader = new LineReader();
  /** The last of use first. */
  readonly #layouts: KnownLayout[] = [];
  #left = 0;
  #judgedAt = 0;
  #leftWhenJudged = 0;
  #pauseBytes = 0;
  #lastPauseBytes = 0;
  #run = 1;

  /** Adds what it takes to an analysis. */
  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** Takes what it can of whole lines; what it yields it leaves. */
  *take(lines: Bytes): Generator<Bytes> {
    if (this.#pauseBytes > 0) {
      this.#pauseBytes -= lines.length;
      yield lines;
      return;
    }
    this.#reader.open(lines);
    for (let at = 0; (at = this.#takeFrom(at)) < lines.length;) {
      const end = this.#endOfRun(at);
      yield lines.subarray(at, end);
      // Others may have been read meanwhile.
      this.#reader.open(lines);
      this.#learn(lines.subarray(at, lines.indexOf(LF, at)));
      at = end;
    }
    this.#judge();
  }

  /** Takes lines as long as it can; returns where the first begins that it leaves. */
  #takeFrom(start: number): number {
    const reader = this.#reader, { length } = reader.bytes;
    let at = start;
    while (at < length) {
      const next = this.#read(at);
      if (next === -1 || !this.#add()) break;
      at = next;
      this.taken++;
    }
    // Before others are counted.
    this.#count();
    if (at > start) this.#run = 1;
    return at;
  }

  /** Reads a line by some layout; returns where the next begins, or −1. */
  #read(at: number): number {
    const layouts = this.#layouts;
    for (let i = 0; i < layouts.length; i++) {
      const layout = layouts[i]!;
      const next = this.#reader.read(layout, at);
      if (next === -1) continue;
      layout.lastUse = this.taken;
      if (i > 0) [layouts[0], layouts[i]] = [layout, layouts[0]!];
      return next;
    }
    return -1;
  }

  /** Adds what was read; whether it could. */
  #add(): boolean {
    const { batch, isPlain } = this.#reader;
    if (isPlain) {
      if (++batch.size === batch.capacity) this.#count();
      return true;
    }
    const record = this.#reader.toRecord();
    if (record === undefined) return false;
    this.#count();
    this.#analysis.add(record);
    return true;
  }

  /** Counts the records that were gathered. */
  #count(): void {
    const { batch } = this.#reader;
    if (batch.size > 0) this.#analysis.addBatch(batch);
    batch.size = 0;
  }

  /** Where the run of lines ends that begins with one to leave. */
  #endOfRun(start: number): number {
    const { bytes } = this.#reader;
    let at = start;
    for (let lines = 0; at < bytes.length && lines < this.#run; lines++) {
      if (lines > 0 && this.#read(at) !== -1) break;
      at = bytes.indexOf(LF, at) + 1;
      this.#left++;
    }
    // Where nothing is learned from one, it is not asked of each.
    this.#run = Math.min(2 * this.#run, MOST_RUN);
    return at;
  }

  #learn(line: Bytes): void {
    const text = new TextDecoder("utf-8", { ignoreBOM: true })
      .decode(line.at(-1) === CR ? line.subarray(0, -1) : line);
    const outcome = readLine(text);
    if (outcome === "blank" || "reason" in outcome) return;
    const layout = learnLayout(text);
    if (layout === undefined) return;
    if (this.#layouts.some(({ signature }) => signature === layout.signature)) return;
    if (this.#layouts.length === MOST_LAYOUTS) {
      const leastUse = Math.min(...this.#layouts.map(({ lastUse }) => lastUse));
      this.#layouts.splice(this.#layouts.findIndex(({ lastUse }) => lastUse === leastUse), 1);
    }
    this.#layouts.unshift({ ...layout, lastUse: this.taken });
  }

  /** Decides to rest where it is of little use. */
  #judge(): void {
    const lines = this.taken + this.#left - this.#judgedAt;
    if (lines < JUDGED_LINES) return;
    const isWorthIt = (this.#left - this.#leftWhenJudged) * WORTH <= lines;
    this.#lastPauseBytes = isWorthIt
      ? 0
      : Math.min(Math.max(2 * this.#lastPauseBytes, LEAST_PAUSE_BYTES), MOST_PAUSE_BYTES);
    this.#pauseBytes = this.#lastPauseBytes;
    this.#judgedAt += lines;
    this.#leftWhenJudged = this.#left;
  }
}
