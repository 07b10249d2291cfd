import { Analysis } from "../aggregates/analysis.ts";
import { Scan } from "../scan/scan.ts";
import { ANALYZER, type AnalyzerSettings } from "./analyzer_command.ts";
import { analyzeInParallel } from "./analyze_in_parallel.ts";
import { drawHashKey } from "./draw_hash_key.ts";
import type { Input } from "./inputs.ts";
import type { Problems } from "./problems.ts";
import { readInto } from "./read_into.ts";
import { untilSignal } from "./until_signal.ts";
import { WORKER_MODULE } from "./workers.ts";

/** A thread more is worth its start, and what it takes to put together, for so much more to read. */
const BYTES_PER_JOB = 128 * 2 ** 20;
/** More would seldom be faster than what they read from. */
const MOST_JOBS = 4;

/** What was found, and the exit code of the signal that ended the reading early. */
export interface Found {
  /** What was found. */
  readonly analysis: Analysis;
  /** 130 or 143, if a signal came. */
  readonly signalled: number | undefined;
}

/**
 * Analyses inputs, with as many threads as were asked for or are of use, until they end or a signal
 * comes.
 *
 * @param inputs What is read.
 * @param settings How.
 * @param problems Is told what goes wrong.
 */
export async function analyze(
  inputs: readonly Input[],
  settings: AnalyzerSettings,
  problems: Problems,
): Promise<Found> {
  const options = { ...optionsOf(settings), hashKey: drawHashKey() };
  const jobs = await chooseJobs(inputs, settings);
  if (jobs > 1) {
    const stop = new AbortController();
    const { maxLineBytes, isScanning } = settings;
    const work = analyzeInParallel(inputs, { ...options, maxLineBytes, isScanning, jobs }, {
      problems,
      stop: stop.signal,
    });
    const signalled = await untilSignal(work.then(() => {}));
    if (signalled !== undefined) stop.abort();
    return { analysis: await work, signalled };
  }
  const analysis = new Analysis(options);
  const stage = settings.isScanning ? new Scan(analysis) : undefined;
  const { maxLineBytes } = settings;
  const work = readInto(analysis, inputs, { maxLineBytes, stage, problems });
  return { signalled: await untilSignal(work), analysis };
}

function optionsOf(settings: AnalyzerSettings) {
  const { windowUs, suspiciousOver, maxEndpoints, maxClients, maxWindows, maxPairs } = settings;
  return { windowUs, suspiciousOver, maxEndpoints, maxClients, maxWindows, maxPairs };
}

/** How many threads read: as many as were asked for, or as are of use; one where there can be no more. */
async function chooseJobs(inputs: readonly Input[], settings: AnalyzerSettings): Promise<number> {
  const bytes = inputs.reduce((sum, { file }) => sum + (file?.size ?? 0), 0);
  const ofUse = Math.min(
    navigator.hardwareConcurrency,
    MOST_JOBS,
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
    console.error(`${ANALYZER.name}: Reading with one thread: ${obstacle}`);
  }
  return 1;
}

/** A worker's module is read like a file. */
async function mayStartWorkers(): Promise<boolean> {
  const { state } = await Deno.permissions.query({ name: "read", path: WORKER_MODULE });
  return state === "granted";
}
