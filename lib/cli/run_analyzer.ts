import { Analysis } from "../aggregates/analysis.ts";
import { NAMED_FORMATS } from "../formats/known_formats.ts";
import { listFormats } from "../formats/list_formats.ts";
import type { Stop } from "../lines/until_stopped.ts";
import { describeSelection } from "../select/describe_selection.ts";
import { drawHashKey } from "../tables/hashes/half_sip_hash.ts";
import { say } from "./command/say.ts";
import { Signals } from "./command/signals.ts";
import { writeOut } from "./command/stdout.ts";
import { ANALYZER } from "./options/analyzer_command.ts";
import type { AnalyzerSettings } from "./options/analyzer_settings.ts";
import { InputReader } from "./reading/input_reader.ts";
import { findInputs, hintAtQuietStdin, hintAtTerminal, type Input } from "./reading/inputs.ts";
import { Problems } from "./reading/problems.ts";
import type { RejectsFile } from "./reading/rejects_file.ts";
import { resolveFormats } from "./reading/resolve_formats.ts";
import { checkSelection, resolveSelection } from "./reading/resolve_selection.ts";
import type { Threads } from "./threads/start_threads.ts";
import { writeReport, writeState } from "./writing/write_results.ts";

/**
 * Runs the analyzer: prints a report or a state, on logs or on merged states.
 *
 * @param settings What to do.
 * @param threads The threads that read logs.
 * @returns The exit code.
 */
export async function runAnalyzer(settings: AnalyzerSettings, threads: Threads): Promise<number> {
  if (settings.formats.includes("list")) {
    await writeOut([listFormats(NAMED_FORMATS)]);
    return 0;
  }
  // A format that there is not is found before anything is read.
  resolveFormats(settings);
  checkSelection(settings);
  const signals = new Signals();
  const exitCode = settings.isMerge
    ? await merge(settings, signals)
    : await reportOn(settings, threads, signals);
  return signals.exitCode ?? exitCode;
}

// What only some runs need is loaded in those alone.

async function merge(settings: AnalyzerSettings, signals: Signals): Promise<number> {
  const { mergeStates } = await import("./merge_states.ts");
  return await mergeStates(settings, signals);
}

/** Opens the file for rejected lines, if there is to be one. */
async function openRejects(
  path: string | undefined,
  inputs: readonly Input[],
): Promise<RejectsFile | undefined> {
  if (path === undefined) return undefined;
  const { RejectsFile } = await import("./reading/rejects_file.ts");
  return await RejectsFile.open(path, inputs);
}

const EXIT_AFTER_CTRL_C = 130;

async function reportOn(
  settings: AnalyzerSettings,
  threads: Threads,
  signals: Signals,
): Promise<number> {
  const inputs = await findInputs(settings.files, { readsAhead: true });
  const problems = new Problems(await openRejects(settings.rejects, inputs));
  hintAtTerminal(ANALYZER.name, inputs, "access.log");

  const hint = `${ANALYZER.name}: Waiting for more of stdin; Ctrl-C prints the report on what came`;
  const read = settings.isPartial ? inputs : hintAtQuietStdin(inputs, hint, signals);
  const analysis = await analyze(read, settings, { threads, problems, stop: signals });
  problems.close();
  const isInterrupted = () => signals.exitCode === EXIT_AFTER_CTRL_C;
  if (!settings.isPartial) {
    return await writeReport(analysis, settings, { problems, isInterrupted });
  }
  // A report on what was read so far is for people. A state is not printed: whoever merges it would take it for
  // one of the whole input.
  if (signals.exitCode !== undefined) return signals.exitCode;
  return await writeState(analysis, { id: settings.shard }, settings, problems);
}

/** Analyses inputs until they end or the reading is stopped. When it returns, nothing is read any more. */
async function analyze(
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
    const { analyzeInParallel } = await import("./threads/analyze_in_parallel.ts");
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
