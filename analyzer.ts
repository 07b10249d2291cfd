/**
 * Reads HTTP request logs from stdin or files, line by line, and reports what is wrong with the
 * service: `deno run generator.ts | deno run analyzer.ts`. See `--help`.
 *
 * @module
 */

import { analyze } from "./lib/cli/analyze.ts";
import { ANALYZER, type AnalyzerSettings } from "./lib/cli/analyzer_command.ts";
import { findInputs, hintAtTerminal } from "./lib/cli/inputs.ts";
import { mergeStates } from "./lib/cli/merge_states.ts";
import { Problems } from "./lib/cli/problems.ts";
import { RejectsFile } from "./lib/cli/rejects_file.ts";
import { runCommand } from "./lib/cli/run_command.ts";
import { writeReport, writeState } from "./lib/cli/write_results.ts";

async function run(settings: AnalyzerSettings): Promise<number> {
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

if (import.meta.main) await runCommand(ANALYZER, run);
