import { Rejection } from "../../../schema.ts";
import { type FormatOutcome, type ReadingOptions, USUAL_READING } from "../description/format.ts";
import type { Layout } from "../description/layout.ts";
import type { Unit } from "../description/shapes.ts";
import { learnColumns } from "./learn_columns.ts";
import { type ColumnPlan, planColumns, readColumns } from "./read_columns.ts";
import { splitColumns } from "./split_columns.ts";

const HEADER = /^#[A-Za-z]/;
const FIELDS = /^#fields(?::|\s)\s*(.*)$/i;
const DAY = /^#date:\s*"?(\d{4}-\d\d-\d\d)/i;
const SOFTWARE = /^#software:.*(?:Microsoft|IIS)/i;
/** Columns that only IIS has, whose `time-taken` is in milliseconds. */
const OF_IIS = /^(?:sc-win32-status|sc-substatus|s-sitename)$/i;
/** Columns that only CloudFront has, whose `time-taken` is in seconds. */
const OF_CLOUDFRONT = /^x-edge-/i;
/** More columns than any server writes. */
const MAX_COLUMNS = 1000;

/**
 * Reads lines whose columns a header names, which may change within a log. It remembers the latest header, and nothing
 * else.
 *
 * @see W3C, Extended Log File Format (WD-logfile-960323); Zeek, http.log.
 *
 * @example A header and a line
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { LogRecord } from "../../../schema.ts";
 * import { ColumnReader } from "./column_reader.ts";
 *
 * const reader = new ColumnReader();
 * reader.header("#Fields: date time c-ip cs-method cs-uri-stem sc-status");
 * const record = reader.read("2026-11-25 18:00:00 192.0.2.7 GET /a 404") as LogRecord;
 * assertEquals([record.endpoint, record.statusCode], ["/a", 404]);
 * ```
 */
export class ColumnReader {
  #plan: ColumnPlan | undefined;
  #names: readonly string[] = [];
  #isMicrosoft = false;
  #day: string | undefined;

  /** Whether a line is one of a header. */
  static isHeader(line: string): boolean {
    return HEADER.test(line);
  }

  /**
   * Takes over what a line of a header says.
   *
   * @param line A line without its terminator.
   * @returns Whether it is one of a header.
   */
  header(line: string): boolean {
    if (!ColumnReader.isHeader(line)) return false;
    this.#day = DAY.exec(line)?.[1] ?? this.#day;
    if (/^#software:/i.test(line)) this.#isMicrosoft = SOFTWARE.test(line);
    const fields = FIELDS.exec(line)?.[1];
    if (fields === undefined) return true;
    this.#names = fields.trim().split(/\s+/, MAX_COLUMNS);
    this.#plan = planColumns(this.#names);
    return true;
  }

  /** Whether a header has named the columns. */
  get hasColumns(): boolean {
    return this.#plan !== undefined;
  }

  /** The name of the format whose header came last. */
  get format(): string {
    if (this.#names.some((name) => OF_CLOUDFRONT.test(name))) return "cloudfront";
    if (this.#names.includes("id.orig_h")) return "zeek";
    return this.#isOfIis ? "iis" : "w3c";
  }

  get #isOfIis(): boolean {
    return this.#isMicrosoft || this.#names.some((name) => OF_IIS.test(name));
  }

  /**
   * Reads a line that is none of a header.
   *
   * @param line A line without its terminator.
   * @param how What it is read with.
   * @returns What it is; `undefined` if no header has named columns.
   */
  read(line: string, how: ReadingOptions = USUAL_READING): FormatOutcome | undefined {
    if (this.#plan === undefined) return undefined;
    const values = splitColumns(line, this.#plan.count);
    if (values === undefined) return new Rejection("no_match");
    return readColumns(values, this.#plan, { unit: this.#unitOf(line), day: this.#day }, how);
  }

  /**
   * Learns how a line that is none of a header is written, if it is a record.
   *
   * @returns Its layout; `undefined` if no header has named columns, or compiled code cannot read such lines.
   */
  learn(line: string): Layout | undefined {
    if (this.#plan === undefined) return undefined;
    const { format } = this, unit = this.#unitOf(line);
    return learnColumns(line, { format, plan: this.#plan, unit });
  }

  /** The unit of `time-taken`; none where servers differ. */
  #unitOf(line: string): Unit | undefined {
    if (this.format === "cloudfront") return "s";
    if (this.#isOfIis) return "ms";
    return line.includes("\t") && !line.includes(" ") ? "s" : undefined;
  }
}
