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
import { WORKER_MODULE } from "./threads/workers.ts";

/** There is one thread for each 128 MiB of files: for less, its start and the merge cost more than it gains. */
const BYTES_PER_JOB = 128 * 2 ** 20;
/** More threads would seldom be faster than the disk or pipe that they read. */
const MAX_JOBS = 4;

/**
 * Analyses inputs until they end or the reading is stopped. The settings say how many threads read; if they
 * leave it open, the size of the files does. When it returns, nothing is read any more.
 *
 * @param inputs The inputs.
 * @param settings How lines are read and counted, and by how many threads.
 * @param context `problems` gathers what goes wrong; `stop` ends the reading early.
 * @returns The analysis of all that was read.
 */
export async function analyze(
  inputs: readonly Input[],
  settings: AnalyzerSettings,
  { problems, stop }: { readonly problems: Problems; readonly stop: Stop },
): Promise<Analysis> {
  const selected = await resolveSelection(settings, inputs, { program: ANALYZER.name, stop });
  const selection = selected === undefined
    ? {}
    : { selected, selection: describeSelection(selected) };
  const options = { ...optionsOf(settings), ...selection, hashKey: drawHashKey() };
  const jobs = await chooseJobs(inputs, settings);
  if (jobs > 1) {
    return await analyzeInParallel(inputs, { ...options, jobs }, { problems, stop });
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

/**
 * Returns how many threads read: as many as the settings say, or as are worth their start; one where there
 * can be no more.
 */
async function chooseJobs(inputs: readonly Input[], settings: AnalyzerSettings): Promise<number> {
  const bytes = inputs.reduce((sum, { file }) => sum + (file?.size ?? 0), 0);
  const ofUse = Math.min(
    navigator.hardwareConcurrency,
    MAX_JOBS,
    Math.ceil(bytes / BYTES_PER_JOB),
  );
  const jobs = settings.jobs ?? Math.max(1, ofUse);
  if (jobs === 1) return 1;
  const obstacle = settings.rejects !== undefined
    ? "--rejects writes lines in their order"
    : await mayStartWorkers()
    ? undefined
    : "more need permission to read, run with -R";
  if (obstacle === undefined) return jobs;
  if (settings.jobs !== undefined) {
    say(`${ANALYZER.name}: Reading with one thread: ${obstacle}`);
  }
  return 1;
}

/** Returns whether Deno permits to read the module of the workers. */
async function mayStartWorkers(): Promise<boolean> {
  const { state } = await Deno.permissions.query({ name: "read", path: WORKER_MODULE });
  return state === "granted";
}
