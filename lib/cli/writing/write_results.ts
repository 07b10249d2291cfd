import type { Analysis } from "../../aggregates/analysis.ts";
import { toReport } from "../../report/to_report.ts";
import { encodeState } from "../../states/encode_state.ts";
import { cannotWriteOut, writeOut, writeWhole } from "../command/stdout.ts";
import { ANALYZER } from "../options/analyzer_command.ts";
import type { AnalyzerSettings } from "../options/analyzer_options.ts";
import type { Problems } from "../reading/problems.ts";
import { renderReport } from "./render_report.ts";

/**
 * Prints the report on stdout, then the problems on stderr. A reader that leaves early (`head`) is no problem.
 *
 * @returns The exit code.
 */
export async function writeReport(
  analysis: Analysis,
  settings: AnalyzerSettings,
  problems: Problems,
): Promise<number> {
  const report = toReport(analysis, settings.percentiles);
  try {
    await writeOut(renderReport(report, settings, problems.explain(report.input)));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) problems.addFailure(cannotWriteOut(error));
  }
  return problems.tell(ANALYZER.name, report.input, { ...settings, isPart: false });
}

/**
 * Prints the problems on stderr, then, if the exit code is 0, the state on stdout: whoever merges a state could
 * not know of the problems.
 *
 * @returns The exit code.
 */
export async function writeState(
  analysis: Analysis,
  source: Parameters<typeof encodeState>[1],
  settings: AnalyzerSettings,
  problems: Problems,
): Promise<number> {
  const { lines } = analysis;
  const counts = { lines: lines.lines(), records: lines.records(), rejected: lines.rejected() };
  const exitCode = problems.tell(ANALYZER.name, counts, { ...settings, isPart: true });
  if (exitCode === 0) await writeWhole(encodeState(analysis, source));
  return exitCode;
}
