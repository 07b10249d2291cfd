import { Rejection } from "../../schema.ts";
import { COLUMN_FORMATS } from "./columns/column_formats.ts";
import { ColumnReader } from "./columns/column_reader.ts";
import {
  type Format,
  type FormatOutcome,
  type LineOutcome,
  type ReadingOptions,
  type ReadRecord,
  USUAL_READING,
} from "./description/format.ts";
import type { Layout } from "./description/layout.ts";
import { FormatTally } from "./format_tally.ts";
import { detect, type Detection, FORMATS } from "./known_formats.ts";
import { isBlank, readOwnRecord } from "./json/read_own_line.ts";

/** How the lines of an input are read: in which formats, and what is assumed of them. */
export interface FormatReaderOptions {
  /** The formats to try, in order; by default all that there are. */
  readonly formats?: readonly Format[];
  /** What lines are read with. */
  readonly how?: ReadingOptions;
}

/**
 * Reads the lines of one input after the other, and counts how many had which format.
 *
 * @example Two formats in one input
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FormatReader } from "./format_reader.ts";
 *
 * const reader = new FormatReader();
 * reader.open(true);
 * reader.read('192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512');
 * assertEquals(reader.read(""), "blank");
 * assertEquals(reader.tally.lines, new Map([["combined", 1]]));
 * ```
 */
export class FormatReader {
  /** How many lines had which format. */
  readonly tally: FormatTally = new FormatTally();
  /** Rises whenever a header says anew which columns lines have: layouts that were learned before hold no more. */
  headerVersion = 0;
  readonly #formats: readonly Format[];
  readonly #how: ReadingOptions;
  /** Those of the formats that no header is asked about. */
  readonly #others: readonly Format[];
  /** Whether a header may say what the columns of an input are. */
  readonly #mayHaveHeader: boolean;
  #columns: ColumnReader | undefined;
  /** How many lines were counted when the input began; absent once its first line is known. */
  #countAtStart: number | undefined;

  /** Makes a reader of lines of some formats. */
  constructor({ formats = FORMATS, how = USUAL_READING }: FormatReaderOptions = {}) {
    this.#formats = formats;
    this.#how = how;
    this.#others = formats.filter((format) => !COLUMN_FORMATS.includes(format));
    this.#mayHaveHeader = this.#others.length < formats.length ||
      FORMATS.every((format) => formats.includes(format));
  }

  /**
   * Begins an input.
   *
   * @param isWhole Whether its lines come from its first on, one after the other; else they are a part of it, and
   * no line depends on one before.
   */
  open(isWhole: boolean): void {
    if (this.#columns !== undefined) this.headerVersion++;
    this.#columns = undefined;
    this.#countAtStart = isWhole && this.#mayHaveHeader ? this.tally.count : undefined;
  }

  /** Reads a line without its terminator. */
  read(line: string): LineOutcome {
    if (isBlank(line)) return "blank";
    this.#begin(line);
    if (this.#columns?.header(line)) {
      this.headerVersion++;
      return "context";
    }
    const detection = this.#detect(line);
    const isRecord = detection !== undefined && isRead(detection.outcome);
    const inColumns = isRecord ? undefined : this.#columns?.read(line, this.#how);
    if (inColumns !== undefined) return this.#count(this.#columns!.format, inColumns);
    if (detection === undefined) return this.#reject(line);
    return this.#count(detection.format.name, detection.outcome);
  }

  /** Looks whether the first line of an input is one of a header. */
  #begin(line: string): void {
    if (this.#countAtStart === undefined) return;
    // Lines before it may have been taken as bytes.
    const isFirst = this.tally.count === this.#countAtStart;
    if (isFirst && ColumnReader.isHeader(line)) this.#columns = new ColumnReader();
    this.#countAtStart = undefined;
  }

  #detect(line: string): Detection | undefined {
    const formats = this.#columns?.hasColumns ? this.#others : this.#formats;
    return detect(line, this.#how, formats);
  }

  #count(format: string, outcome: FormatOutcome): FormatOutcome {
    if (isRead(outcome)) {
      this.tally.addLines(format, 1);
      if (outcome.isZoneAssumed) this.tally.addAssumedZones(1);
    }
    return outcome;
  }

  /** Why a line is none of any format. */
  #reject(line: string): LineOutcome {
    return this.#formats === FORMATS ? readOwnRecord(line) : new Rejection("no_match");
  }

  /** Learns how a line is written, if compiled code may read others of its kind. */
  learn(line: string): Layout | undefined {
    const { format, outcome } = this.#detect(line) ?? {};
    // A layout of a line that was rejected would take others that are to be rejected.
    if (outcome === undefined || !isRead(outcome)) return;
    return format!.learn(line, this.#how);
  }
}

function isRead(outcome: FormatOutcome): outcome is ReadRecord {
  return !(outcome instanceof Rejection) && outcome !== "context";
}
