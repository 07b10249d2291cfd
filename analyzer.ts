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
import { Problems } from "./lib/cli/problems.ts";
import { RejectsFile } from "./lib/cli/rejects_file.ts";
import { renderReport } from "./lib/cli/render_report.ts";
import { runCommand } from "./lib/cli/run_command.ts";
import { writeOut } from "./lib/cli/stdout.ts";
import { untilSignal } from "./lib/cli/until_signal.ts";
import { type LineOutcome, readLine } from "./lib/formats/read_line.ts";
import { toReport } from "./lib/report/to_report.ts";
import { Rejection } from "./schema.ts";

async function analyze(settings: AnalyzerSettings): Promise<number> {
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

  const report = toReport(analysis, settings.percentiles);
  problems.close();
  await writeOut(renderReport(report, settings));
  const exitCode = problems.tell(ANALYZER.name, report.input, settings.maxRejected);
  return signalled ?? exitCode;
}

if (import.meta.main) await runCommand(ANALYZER, analyze);
