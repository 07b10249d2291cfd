import { Rejection } from "../../../schema.ts";
import type { Analysis } from "../../aggregates/analysis.ts";
import type { LineOutcome } from "../../formats/description/format.ts";
import { FormatReader } from "../../formats/format_reader.ts";
import { RawLine } from "../../lines/cut_lines.ts";
import type { ReadOptions } from "../../lines/read_lines.ts";
import { RecordGatherer } from "../../records/record_gatherer.ts";
import type { RecordSink } from "../../records/record_sink.ts";
import { Scan } from "../../scan/scan.ts";
import { needsAgent } from "../../select/needs_agent.ts";
import { Selection } from "../../select/selection.ts";
import type { SelectionSettings } from "../../select/selection_settings.ts";
import { type Input, type InputLine, readInputs } from "./inputs.ts";
import type { Problems } from "./problems.ts";
import { type ReadingSettings, resolveFormats, USUAL_SETTINGS } from "./resolve_formats.ts";

/** How lines are read. */
export interface InputReaderOptions extends Partial<ReadingSettings> {
  /** The most bytes that a line may have, without its terminator. */
  readonly maxLineBytes: number;
  /** Whether lines are read as bytes where they can be, without a parser of JSON. */
  readonly isScanning: boolean;
  /** Which records count; absent if all do. */
  readonly selected?: SelectionSettings;
  /** Gets the records in place of the analysis. */
  readonly sink?: RecordSink;
}

/** Where a part stands among the parts of an input that one thread reads in their order. */
export interface SequencePlace {
  /** Whether it is the first part. */
  readonly isFirst: boolean;
  /** Whether it is the last part. */
  readonly isLast: boolean;
}

/** What reads the lines of one input after the other. */
interface LineSource {
  open(isWhole: boolean): void;
  read(line: string): LineOutcome | readonly LineOutcome[];
  close?(): readonly LineOutcome[];
}

/** How inputs are read, and where what goes wrong is gathered. */
export interface InputOptions extends Pick<ReadOptions, "isPart" | "stop"> {
  /** Gathers what goes wrong. */
  readonly problems: Problems;
  /** Whether the bytes have been counted already. */
  readonly isCounted?: boolean;
  /** The place of a part whose lines depend on those of the parts before; absent if the input is none. */
  readonly sequence?: SequencePlace | undefined;
}

const WHOLE: SequencePlace = { isFirst: true, isLast: true };
/** In place of a line whose bytes are gone. */
const NO_BYTES = new RawLine(0, new Uint8Array());

/** Reads inputs into an analysis. Layouts of lines that it learned from one input serve for the next. */
export class InputReader {
  readonly #analysis: Analysis;
  readonly #records: RecordGatherer;
  readonly #reader: FormatReader;
  readonly #selection: Selection | undefined;
  readonly #options: Pick<ReadOptions, "maxLineBytes" | "stage">;

  /** Makes a reader that adds to `analysis`. */
  constructor(
    analysis: Analysis,
    { maxLineBytes, isScanning, selected, sink, ...given }: InputReaderOptions,
  ) {
    const { client, assumedOffsetUs, ...named } = { ...USUAL_SETTINGS, ...given };
    const keepsAgent = selected !== undefined && sink === undefined && needsAgent(selected);
    const how = { client, assumedOffsetUs, keepsAgent };
    this.#reader = new FormatReader({ formats: resolveFormats(named), how });
    this.#analysis = analysis;
    if (selected !== undefined) this.#selection = new Selection(analysis, selected, how);
    this.#records = new RecordGatherer(sink ?? this.#selection ?? analysis, {
      keepsAgents: keepsAgent,
    });
    this.#options = {
      maxLineBytes,
      stage: isScanning ? new Scan(this.#records, this.#reader) : undefined,
    };
  }

  /**
   * Reads inputs one after the other, until they end or the reading is stopped. All that was read is counted
   * by then.
   *
   * @param inputs The inputs.
   * @param options `problems` gathers what goes wrong; `isCounted` says that the bytes have been counted
   * already; `sequence` is the place of a part whose lines depend on those of the parts before; `stop` and `isPart`
   * are those of {@linkcode ReadOptions}.
   * @returns How many lines were read. More may have been counted, as a line may hold several.
   */
  async read(inputs: readonly Input[], options: InputOptions): Promise<number> {
    const before = this.#analysis.lines.lines();
    let entries = 0;
    for (const input of inputs) entries += await this.#readOne(input, options);
    return this.#analysis.lines.lines() - before - entries;
  }

  /** Reads an input; returns how many more lines were counted than were read. */
  async #readOne(
    input: Input,
    { problems, isCounted = false, sequence, ...options }: InputOptions,
  ): Promise<number> {
    const { isFirst, isLast } = sequence ?? WHOLE, { lines } = this.#analysis;
    const reader: LineSource = this.#reader;
    let entries = 0, last: InputLine | undefined;
    const take = (outcome: LineOutcome, line: InputLine, text?: string) => {
      if (!(outcome instanceof Rejection)) return this.#count(outcome);
      lines.addRejected(outcome.reason);
      problems.addRejection(outcome, line, text);
    };
    const takeAll = (outcomes: readonly LineOutcome[], line: InputLine, text?: string) => {
      entries += outcomes.length;
      for (const outcome of outcomes) take(outcome, line, text);
    };
    if (isFirst) reader.open(sequence !== undefined || options.isPart !== true);
    try {
      await readInputs([input], { ...this.#options, ...options }, {
        line: (text, line) => {
          const found = reader.read(text);
          if (!isList(found)) return take(found, line, text);
          entries--;
          takeAll(found, line, text);
          last = { ...line, raw: NO_BYTES };
        },
        tooLong: (line) => take(new Rejection("line_too_long"), line),
        bytes: (count) => isCounted || this.#analysis.addBytes(count),
        warning: (remark) => problems.addWarning(remark),
        failure: (error) => problems.addFailure(error),
      });
    } finally {
      last ??= { input: input.name, number: 0, raw: NO_BYTES };
      if (isLast) takeAll(reader.close?.() ?? [], last);
      this.#records.flush();
      this.#reader.tally.addWithoutAgent(this.#selection?.takeWithoutAgent() ?? 0);
      const formats = this.#reader.tally.take();
      lines.addAssumedZone(formats.assumedZones);
      problems.addFormats(formats);
    }
    return entries;
  }

  #count(outcome: Exclude<LineOutcome, Rejection>): void {
    if (outcome === "blank") this.#analysis.lines.addBlank();
    else if (outcome === "context") this.#analysis.lines.addContext();
    else this.#records.add(outcome);
  }
}

function isList(found: LineOutcome | readonly LineOutcome[]): found is readonly LineOutcome[] {
  return Array.isArray(found);
}
