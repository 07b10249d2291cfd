import { Rejection } from "../../../schema.ts";
import type { Analysis } from "../../aggregates/analysis.ts";
import { type LineOutcome, readLine } from "../../formats/read_line.ts";
import type { ReadOptions } from "../../lines/read_lines.ts";
import { type Input, type InputLine, readInputs } from "./inputs.ts";
import type { Problems } from "./problems.ts";

/**
 * Reads inputs one after the other into an analysis, until they end or it is stopped.
 *
 * @param analysis Counts every line.
 * @param inputs What is read.
 * @param options How lines are read; who is told what goes wrong; whether their bytes were counted before.
 */
export function readInto(
  analysis: Analysis,
  inputs: readonly Input[],
  { problems, isCounted = false, ...options }: ReadOptions & {
    readonly problems: Problems;
    readonly isCounted?: boolean;
  },
): Promise<void> {
  const take = (outcome: LineOutcome, line: InputLine, text?: string) => {
    analysis.add(outcome);
    if (outcome instanceof Rejection) problems.addRejection(outcome, line, text);
  };
  return readInputs(inputs, options, {
    line: (text, line) => take(readLine(text), line, text),
    tooLong: (line) => take(new Rejection("line_too_long"), line),
    bytes: (count) => isCounted || analysis.addBytes(count),
    warning: (remark) => problems.addWarning(remark),
    failure: (error) => problems.addFailure(error),
  });
}
