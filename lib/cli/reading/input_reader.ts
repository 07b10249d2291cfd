import { Rejection } from "../../../schema.ts";
import type { Analysis } from "../../aggregates/analysis.ts";
import { type LineOutcome, readLine } from "../../formats/read_line.ts";
import type { ReadOptions } from "../../lines/read_lines.ts";
import { RecordGatherer } from "../../records/record_gatherer.ts";
import { Scan } from "../../scan/scan.ts";
import { type Input, type InputLine, readInputs } from "./inputs.ts";
import type { Problems } from "./problems.ts";

/** How lines are read. */
export interface InputReaderOptions {
  /** The most bytes that a line may have. */
  readonly maxLineBytes: number;
  /** Whether lines are taken as bytes where they can be. */
  readonly isScanning: boolean;
}

/** Reads inputs into an analysis. What it learns of one input it knows when it reads the next. */
export class InputReader {
  readonly #analysis: Analysis;
  readonly #records: RecordGatherer;
  readonly #options: Pick<ReadOptions, "maxLineBytes" | "stage">;

  /** Makes a reader that has not read anything. */
  constructor(analysis: Analysis, { maxLineBytes, isScanning }: InputReaderOptions) {
    this.#analysis = analysis;
    this.#records = new RecordGatherer(analysis);
    this.#options = { maxLineBytes, stage: isScanning ? new Scan(this.#records) : undefined };
  }

  /**
   * Reads inputs one after the other, until they end or it is stopped; all that was read is counted then.
   *
   * @param inputs What is read.
   * @param options What stops it, who is told what goes wrong, and whether bytes were counted before.
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
        line: (text, line) => take(readLine(text), line, text),
        tooLong: (line) => take(new Rejection("line_too_long"), line),
        bytes: (count) => isCounted || this.#analysis.addBytes(count),
        warning: (remark) => problems.addWarning(remark),
        failure: (error) => problems.addFailure(error),
      });
    } finally {
      this.#records.flush();
    }
  }

  #count(outcome: Exclude<LineOutcome, Rejection>): void {
    if (outcome === "blank") this.#analysis.lines.addBlank();
    else this.#records.add(outcome);
  }
}
