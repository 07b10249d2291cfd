import { analyze } from "./analyze.ts";
import { listFormats } from "../formats/list_formats.ts";
import { NAMED_FORMATS } from "../formats/known_formats.ts";
import { Signals } from "./command/signals.ts";
import { writeOut } from "./command/stdout.ts";
import { mergeStates } from "./merge_states.ts";
import { ANALYZER } from "./options/analyzer_command.ts";
import type { AnalyzerSettings } from "./options/analyzer_settings.ts";
import { findInputs, hintAtQuietStdin, hintAtTerminal, type Input } from "./reading/inputs.ts";
import { Problems } from "./reading/problems.ts";
import type { RejectsFile } from "./reading/rejects_file.ts";
import { resolveFormats } from "./reading/resolve_formats.ts";
import { checkSelection } from "./reading/resolve_selection.ts";
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
    ? await mergeStates(settings, signals)
    : await reportOn(settings, threads, signals);
  return signals.exitCode ?? exitCode;
}

/** Opens the file for rejected lines, if there is to be one: what it takes to do so is loaded only then. */
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
