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
import { isSequential, MAX_WRAPPERS } from "./is_sequential.ts";
import { detectObject, JSON_FORMATS, KEEP } from "./json/json_formats.ts";
import { parseJson } from "./json/parse_json.ts";
import { isBlank, readOwnRecord } from "./json/read_own_line.ts";
import { detect, FORMATS, NAMED_FORMATS } from "./known_formats.ts";
import { entriesOf } from "./wrappers/entries.ts";
import { HalfRequests } from "./wrappers/half_requests.ts";
import { Pieces } from "./wrappers/pieces.ts";
import { SpreadJson } from "./wrappers/spread_json.ts";
import { clean, isRepeated, isSurelyWrapped, unwrap } from "./wrappers/unwrap.ts";
import type { Unwrapped } from "./wrappers/unwrap_json.ts";

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
  /** Rises whenever the lines behind are to be read in another way: layouts that were learned before hold no more. */
  headerVersion = 0;
  readonly #formats: readonly Format[];
  readonly #how: ReadingOptions;
  /** Those of the formats that no header is asked about. */
  readonly #others: readonly Format[];
  /** Whether a header may say what the columns of an input are. */
  readonly #mayHaveHeader: boolean;
  #sequence: Sequence | undefined;
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

  /** Whether it reads the user agents of all formats. */
  get keepsAgents(): boolean {
    return this.#how.keepsAgent === true;
  }

  /**
   * Begins an input.
   *
   * @param isWhole Whether its lines come from its first on, one after the other; else they are a part of it, and
   * no line depends on one before.
   */
  open(isWhole: boolean): void {
    if (this.#sequence?.columns !== undefined) this.headerVersion++;
    this.#sequence = undefined;
    this.#countAtStart = isWhole ? this.tally.count : undefined;
  }

  /** Reads a line without its terminator: what it is, or what the entries are that it is a list of. */
  read(line: string): LineOutcome | readonly LineOutcome[] {
    if (isBlank(line)) return "blank";
    this.#begin(line);
    if (this.#sequence?.columns?.header(line)) {
      this.headerVersion++;
      return "context";
    }
    if (this.#sequence?.spread !== undefined) return this.#readSpread(line, this.#sequence);
    const entries = entriesOf(line);
    if (entries === undefined) return this.#readText(line, this.#how);
    return entries.flatMap((entry) => this.#readText(entry, this.#how));
  }

  /** Ends an input: what its last lines are, if they waited for others. */
  close(): readonly LineOutcome[] {
    const { spread, pieces, held } = this.#sequence ?? {};
    if (held !== undefined) return [this.#reject(held)].flat();
    if (spread?.isInside) return [new Rejection("no_match")];
    return pieces?.close() ?? [];
  }

  /** Looks whether the first line of an input says that lines depend on those before. */
  #begin(line: string): void {
    if (this.#countAtStart === undefined) return;
    // Lines before it may have been taken as bytes.
    const isFirst = this.tally.count === this.#countAtStart;
    if (isFirst && isSequential(line)) this.#sequence = sequenceOf(line, this.#mayHaveHeader);
    // No line of an object that is spread over lines is a line of its own.
    if (this.#sequence?.spread !== undefined) this.headerVersion++;
    this.#countAtStart = undefined;
  }

  #readSpread(line: string, sequence: Sequence): readonly LineOutcome[] {
    const spread = sequence.spread!;
    if (sequence.isFirst) {
      sequence.isFirst = false;
      sequence.held = line;
      return [];
    }
    if (sequence.held === undefined) return this.#addSpread(line, spread);
    const { held } = sequence;
    sequence.held = undefined;
    if (spread.goesOn(line)) {
      return [...this.#addSpread(held, spread), ...this.#addSpread(line, spread)];
    }
    // The first line only looked as if it had begun something.
    sequence.spread = undefined;
    return [this.#reject(held), this.read(line)].flat();
  }

  #addSpread(line: string, spread: SpreadJson): readonly LineOutcome[] {
    const wasInside = spread.isInside;
    const outcomes = spread.add(line).flatMap((object) => this.#readWhole(object, this.#how));
    // The first line of an object is counted with its last.
    const isLast = outcomes.length > 0, begins = spread.isInside && (!wasInside || isLast);
    if (begins || !wasInside && isLast) return outcomes;
    return isLast ? ["context", ...outcomes] : ["context"];
  }

  #readText(
    line: string,
    how: ReadingOptions,
    wrappers = 0,
  ): LineOutcome | readonly LineOutcome[] {
    const text = clean(line);
    if (isBlank(text)) return text === line ? "blank" : this.#reject(line);
    if (isRepeated(text)) return new Rejection("no_match");
    const joined = this.#join(text, how);
    if (joined !== undefined) return joined;
    const found = isSurelyWrapped(text) ? undefined : this.#find(text, how);
    // What is no request may have one in its message.
    if (found !== undefined && !isNoRequest(found.outcome)) return this.#count(found);
    const inner = wrappers < MAX_WRAPPERS ? unwrap(text, how) : undefined;
    if (inner === undefined) return found?.outcome ?? this.#reject(text);
    const { time, stream } = inner;
    const lent = time === undefined
      ? how
      : { ...how, lentTimeUs: time.us, isLentZoneAssumed: time.isZoneAssumed };
    if (stream !== undefined) return this.#readPiece(inner, lent, wrappers);
    const outcome = this.#readText(inner.text, lent, wrappers + 1);
    if (!(outcome instanceof Rejection)) return outcome;
    // Of an object or a text of JSON without a line of a log in it, that is what is rejected.
    return found?.outcome ?? (/^[{"]/.test(text) ? this.#reject(text) : outcome);
  }

  /** Reads a line that a container runtime may have cut. */
  #readPiece(
    { text, stream, goesOn }: Unwrapped,
    how: ReadingOptions,
    wrappers: number,
  ): LineOutcome | readonly LineOutcome[] {
    const pieces = this.#sequence?.pieces;
    if (pieces === undefined) {
      return goesOn ? new Rejection("no_match") : this.#readText(text, how, wrappers + 1);
    }
    const whole = pieces.add(stream!, text, goesOn!);
    if (whole === undefined) return pieces.isFirst(stream!) ? [] : "context";
    const outcome = this.#readWhole(whole.text, how, wrappers + 1);
    return whole.before === 0 ? outcome : ["context" as const, outcome].flat();
  }

  /** Reads a text that was put together; nothing of one that was too long. */
  #readWhole(
    text: string | undefined,
    how: ReadingOptions,
    wrappers = 0,
  ): LineOutcome | readonly LineOutcome[] {
    if (text === undefined) return new Rejection("line_too_long");
    return this.#readText(text, how, wrappers);
  }

  /** Joins a line with one before, if it is the second half of a request. */
  #join(text: string, how: ReadingOptions): LineOutcome | undefined {
    const halves = this.#sequence?.halves;
    if (halves === undefined || !text.startsWith("{") || !text.includes('"reqId"')) return;
    const object = parseJson(text, KEEP),
      whole = object === undefined ? undefined : halves.join(object);
    if (whole === undefined) return;
    const formats = JSON_FORMATS.filter((format) => this.#formats.includes(format));
    const found = detectObject(whole, how, formats);
    return found === undefined ? undefined : this.#count(found);
  }

  /** Finds the format of a text. */
  #find(text: string, how: ReadingOptions): Found | undefined {
    const columns = this.#sequence?.columns;
    const found = detect(text, how, columns?.hasColumns ? this.#others : this.#formats);
    if (columns === undefined || found !== undefined && isRead(found.outcome)) return found;
    const outcome = columns.read(text, how);
    return outcome === undefined ? found : { format: { name: columns.format! }, outcome };
  }

  #count({ format, outcome }: Found): FormatOutcome {
    if (isRead(outcome)) {
      this.tally.addLines(format.name, 1);
      if (outcome.isZoneAssumed) this.tally.addAssumedZones(1);
      if (outcome.remark !== undefined) this.tally.addRemark(outcome.remark);
    }
    return outcome;
  }

  /** Why a line is none of any format. */
  #reject(line: string): LineOutcome {
    return this.#formats === FORMATS ? readOwnRecord(line) : new Rejection("no_match");
  }

  /** Learns how a line is written, if compiled code may read others of its kind. */
  learn(line: string): Layout | undefined {
    if (this.#sequence?.spread !== undefined) return;
    if (isSurelyWrapped(line) || clean(line) !== line) return;
    const columns = this.#sequence?.columns;
    const formats = columns?.hasColumns ? this.#others : this.#formats;
    const { format, outcome } = detect(line, this.#how, formats) ?? {};
    // A layout of a line that was rejected would take others that are to be rejected.
    if (outcome !== undefined && isRead(outcome)) return format!.learn(line, this.#how);
    // No format but one of the command line may have lines that look like columns.
    if (columns === undefined || !this.#others.every(isBuiltIn)) return;
    const inColumns = columns.read(line, this.#how);
    if (inColumns !== undefined && isRead(inColumns)) return columns.learn(line);
  }
}

/** What is kept of the lines of an input that depend on those before. */
interface Sequence {
  readonly columns: ColumnReader | undefined;
  spread: SpreadJson | undefined;
  /** Whether the first line of what is spread is still to come. */
  isFirst: boolean;
  /** That line, as long as the second is not known. */
  held: string | undefined;
  readonly pieces: Pieces | undefined;
  readonly halves: HalfRequests;
}

function sequenceOf(first: string, mayHaveHeader: boolean): Sequence {
  const spread = SpreadJson.isStart(first) ? new SpreadJson(first) : undefined;
  return {
    spread,
    isFirst: true,
    held: undefined,
    columns: mayHaveHeader && ColumnReader.isHeader(first) ? new ColumnReader() : undefined,
    pieces: spread === undefined ? new Pieces() : undefined,
    halves: new HalfRequests(),
  };
}

/** The format of a line, and what the line is in it. */
interface Found {
  readonly format: Pick<Format, "name">;
  readonly outcome: FormatOutcome;
}

function isRead(outcome: FormatOutcome): outcome is ReadRecord {
  return !(outcome instanceof Rejection) && outcome !== "context";
}

function isBuiltIn(format: Format): boolean {
  return NAMED_FORMATS.includes(format);
}

function isNoRequest(outcome: FormatOutcome): boolean {
  return outcome instanceof Rejection && outcome.reason === "not_a_request";
}
