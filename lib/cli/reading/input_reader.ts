import { Rejection } from "../../../schema.ts";
import type { Analysis } from "../../aggregates/analysis.ts";
import type { LineOutcome } from "../../formats/description/format.ts";
import { FormatReader } from "../../formats/format_reader.ts";
import type { ReadOptions } from "../../lines/read_lines.ts";
import { RecordGatherer } from "../../records/record_gatherer.ts";
import { Scan } from "../../scan/scan.ts";
import { type Input, type InputLine, readInputs } from "./inputs.ts";
import type { Problems } from "./problems.ts";

/** How lines are read. */
export interface InputReaderOptions {
  /** The most bytes that a line may have, without its terminator. */
  readonly maxLineBytes: number;
  /** Whether lines are read as bytes where they can be, without a parser of JSON. */
  readonly isScanning: boolean;
}

/** Reads inputs into an analysis. Layouts of lines that it learned from one input serve for the next. */
export class InputReader {
  readonly #analysis: Analysis;
  readonly #records: RecordGatherer;
  readonly #reader = new FormatReader();
  readonly #options: Pick<ReadOptions, "maxLineBytes" | "stage">;

  /** Makes a reader that adds to `analysis`. */
  constructor(analysis: Analysis, { maxLineBytes, isScanning }: InputReaderOptions) {
    this.#analysis = analysis;
    this.#records = new RecordGatherer(analysis);
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
   * already; `stop` and `isPart` are those of {@linkcode ReadOptions}.
   */
  async read(
    inputs: readonly Input[],
    { problems, isCounted = false, ...options }: Pick<ReadOptions, "isPart" | "stop"> & {
      readonly problems: Problems;
      readonly isCounted?: boolean;
    },
  ): Promise<void> {
    const take = (outcome: LineOutcome, line: InputLine, text?: string) => {
      if (!(outcome instanceof Rejection)) return this.#count(outcome);
      this.#analysis.lines.addRejected(outcome.reason);
      problems.addRejection(outcome, line, text);
    };
    try {
      await readInputs(inputs, { ...this.#options, ...options }, {
        line: (text, line) => take(this.#reader.read(text), line, text),
        tooLong: (line) => take(new Rejection("line_too_long"), line),
        bytes: (count) => isCounted || this.#analysis.addBytes(count),
        warning: (remark) => problems.addWarning(remark),
        failure: (error) => problems.addFailure(error),
      });
    } finally {
      this.#records.flush();
      const formats = this.#reader.tally.take();
      this.#analysis.lines.addAssumedZone(formats.assumedZones);
      problems.addFormats(formats);
    }
  }

  #count(outcome: Exclude<LineOutcome, Rejection>): void {
    if (outcome === "blank") this.#analysis.lines.addBlank();
    else if (outcome === "context") this.#analysis.lines.addContext();
    else this.#records.add(outcome);
  }
}
