import { Analysis } from "../aggregates/analysis.ts";
import type { Stop } from "../lines/until_stopped.ts";
import { describeSelection } from "../select/describe_selection.ts";
import { say } from "./command/say.ts";
import { drawHashKey } from "./draw_hash_key.ts";
import { ANALYZER } from "./options/analyzer_command.ts";
import type { AnalyzerSettings } from "./options/analyzer_settings.ts";
import { InputReader } from "./reading/input_reader.ts";
import type { Input } from "./reading/inputs.ts";
import type { Problems } from "./reading/problems.ts";
import { resolveSelection } from "./reading/resolve_selection.ts";
import { analyzeInParallel } from "./threads/analyze_in_parallel.ts";
import type { Threads } from "./threads/start_threads.ts";

/**
 * Analyses inputs until they end or the reading is stopped. When it returns, nothing is read any more.
 *
 * @param inputs The inputs.
 * @param settings How lines are read and counted.
 * @param context The threads that read; `problems` gathers what goes wrong; `stop` ends the reading early.
 * @returns The analysis of all that was read.
 */
export async function analyze(
  inputs: readonly Input[],
  settings: AnalyzerSettings,
  { threads, problems, stop }: {
    readonly threads: Threads;
    readonly problems: Problems;
    readonly stop: Stop;
  },
): Promise<Analysis> {
  const selected = await resolveSelection(settings, inputs, { program: ANALYZER.name, stop });
  const selection = selected === undefined
    ? {}
    : { selected, selection: describeSelection(selected) };
  const options = { ...optionsOf(settings), ...selection, hashKey: drawHashKey() };
  const { jobs, obstacle, workers } = threads;
  if (obstacle !== undefined) say(`${ANALYZER.name}: Reading with one thread: ${obstacle}`);
  if (jobs > 1) {
    return await analyzeInParallel(inputs, { ...options, jobs }, { workers, problems, stop });
  }
  const analysis = new Analysis(options);
  await new InputReader(analysis, options).read(inputs, { problems, stop });
  return analysis;
}

function optionsOf(settings: AnalyzerSettings) {
  const { windowUs, slowOverUs, suspiciousOver } = settings;
  const { maxEndpoints, maxClients, maxWindows, maxPairs } = settings;
  const { client, formats, fields, assumedOffsetUs, maxLineBytes, isScanning } = settings;
  return {
    ...{ windowUs, slowOverUs, suspiciousOver, client },
    ...{ maxEndpoints, maxClients, maxWindows, maxPairs },
    ...{ formats, fields, assumedOffsetUs, maxLineBytes, isScanning },
  };
}
