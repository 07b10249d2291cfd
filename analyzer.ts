/**
 * Reads HTTP request logs from stdin or files, line by line, and reports what is wrong with the
 * service: `deno run generator.ts | deno run analyzer.ts`. See `--help`.
 *
 * @module
 */

import { Analysis } from "./lib/aggregates/analysis.ts";
import { ANALYZER, type AnalyzerSettings } from "./lib/cli/analyzer_command.ts";
import { findInputs, hintAtTerminal, readInputs } from "./lib/cli/inputs.ts";
import { Problems } from "./lib/cli/problems.ts";
import { renderReport } from "./lib/cli/render_report.ts";
import { runCommand } from "./lib/cli/run_command.ts";
import { untilSignal } from "./lib/cli/until_signal.ts";
import { writeOut } from "./lib/cli/write_out.ts";
import { readLine } from "./lib/formats/read_line.ts";
import { toReport } from "./lib/report/to_report.ts";
import { Rejection } from "./schema.ts";

async function analyze(settings: AnalyzerSettings): Promise<number> {
  const inputs = await findInputs(settings.files);
  hintAtTerminal(ANALYZER.name, inputs);

  const analysis = new Analysis(settings);
  const problems = new Problems();
  const signalled = await untilSignal(readInputs(inputs, {
    bytes: (count) => analysis.addBytes(count),
    line: (text, place) => {
      const outcome = readLine(text);
      analysis.add(outcome);
      if (outcome instanceof Rejection) problems.addRejection(outcome, { text, place });
    },
    failure: (error) => problems.addFailure(error),
  }));

  const report = toReport(analysis);
  await writeOut(renderReport(report, settings));
  problems.tell(ANALYZER.name, report.input);
  return signalled ?? problems.exitCode(report.input, settings);
}

if (import.meta.main) await runCommand(ANALYZER, analyze);
