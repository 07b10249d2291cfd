/**
 * Reads HTTP request logs from stdin or files, line by line, and reports what is wrong with the
 * service: `deno run generator.ts | deno run analyzer.ts`. See `--help`.
 *
 * @module
 */

import { Analysis } from "./lib/aggregates/analysis.ts";
import { ANALYZER, type AnalyzerSettings } from "./lib/cli/analyzer_command.ts";
import { drawHashKey } from "./lib/cli/draw_hash_key.ts";
import { findInputs, hintAtTerminal, type InputLine, readInputs } from "./lib/cli/inputs.ts";
import { mergeStates } from "./lib/cli/merge_states.ts";
import { Problems } from "./lib/cli/problems.ts";
import { RejectsFile } from "./lib/cli/rejects_file.ts";
import { runCommand } from "./lib/cli/run_command.ts";
import { untilSignal } from "./lib/cli/until_signal.ts";
import { writeReport, writeState } from "./lib/cli/write_results.ts";
import { type LineOutcome, readLine } from "./lib/formats/read_line.ts";
import { Rejection } from "./schema.ts";

async function analyze(settings: AnalyzerSettings): Promise<number> {
  if (settings.isMerge) return await mergeStates(settings);
  const inputs = await findInputs(settings.files);
  const rejects = await RejectsFile.open(settings.rejects, inputs);
  hintAtTerminal(ANALYZER.name, inputs);

  const analysis = new Analysis({ ...settings, hashKey: drawHashKey() });
  const problems = new Problems(rejects);
  const take = (outcome: LineOutcome, line: InputLine, text?: string) => {
    analysis.add(outcome);
    if (outcome instanceof Rejection) problems.addRejection(outcome, line, text);
  };
  const signalled = await untilSignal(readInputs(inputs, settings, {
    line: (text, line) => take(readLine(text), line, text),
    tooLong: (line) => take(new Rejection("line_too_long"), line),
    bytes: (count) => analysis.addBytes(count),
    warning: (remark) => problems.addWarning(remark),
    failure: (error) => problems.addFailure(error),
  }));

  problems.close();
  // A report of what was read so far is for people; who merges a state takes it for all there was.
  if (settings.isPartial && signalled !== undefined) return signalled;
  const exitCode = settings.isPartial
    ? await writeState(analysis, { id: settings.shard }, settings, problems)
    : await writeReport(analysis, settings, problems);
  return signalled ?? exitCode;
}

if (import.meta.main) await runCommand(ANALYZER, analyze);
