import { analyze } from "./analyze.ts";
import { ANALYZER, type AnalyzerSettings } from "./analyzer_command.ts";
import { findInputs, hintAtTerminal } from "./inputs.ts";
import { mergeStates } from "./merge_states.ts";
import { Problems } from "./problems.ts";
import { RejectsFile } from "./rejects_file.ts";
import { writeReport, writeState } from "./write_results.ts";

/**
 * Does what the command line of the analyzer asks for.
 *
 * @returns The exit code.
 */
export async function runAnalyzer(settings: AnalyzerSettings): Promise<number> {
  if (settings.isMerge) return await mergeStates(settings);
  const inputs = await findInputs(settings.files);
  const problems = new Problems(await RejectsFile.open(settings.rejects, inputs));
  hintAtTerminal(ANALYZER.name, inputs);

  const { analysis, signalled } = await analyze(inputs, settings, problems);
  problems.close();
  // A report of what was read so far is for people; who merges a state takes it for all there was.
  if (settings.isPartial && signalled !== undefined) return signalled;
  const exitCode = settings.isPartial
    ? await writeState(analysis, { id: settings.shard }, settings, problems)
    : await writeReport(analysis, settings, problems);
  return signalled ?? exitCode;
}
