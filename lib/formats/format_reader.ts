import { Rejection } from "../../schema.ts";
import {
  type Format,
  type LineOutcome,
  type ReadingOptions,
  USUAL_READING,
} from "./description/format.ts";
import type { Layout } from "./description/layout.ts";
import { FormatTally } from "./format_tally.ts";
import { detect, FORMATS } from "./known_formats.ts";
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

  /** Makes a reader of lines of some formats. */
  constructor({ formats = FORMATS, how = USUAL_READING }: FormatReaderOptions = {}) {
    this.#formats = formats;
    this.#how = how;
  }

  /**
   * Begins an input.
   *
   * @param _isWhole Whether its lines come from its first on, one after the other; else they are a part of it, and
   * no line depends on one before.
   */
  open(_isWhole: boolean): void {}

  /** Reads a line without its terminator. */
  read(line: string): LineOutcome {
    if (isBlank(line)) return "blank";
    const detection = detect(line, this.#how, this.#formats);
    if (detection === undefined) return this.#reject(line);
    const { format, outcome } = detection;
    if (!(outcome instanceof Rejection) && outcome !== "context") {
      this.tally.addLines(format.name, 1);
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
    const { format, outcome } = detect(line, this.#how, this.#formats) ?? {};
    // A layout of a line that was rejected would take others that are to be rejected.
    if (outcome === undefined || outcome instanceof Rejection || outcome === "context") return;
    return format!.learn(line, this.#how);
  }
}
