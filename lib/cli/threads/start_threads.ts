/** There is one thread for each 128 MiB of files: for less, its start and the merge cost more than it gains. */
const BYTES_PER_JOB = 128 * 2 ** 20;
/** More threads would seldom be faster than the disk or pipe that they read. */
const MAX_JOBS = 4;
/** The module that workers run. */
const WORKER_MODULE = new URL("./analysis_worker.ts", import.meta.url);

/** What decides how many threads read. */
export interface ThreadSettings {
  /** How many are to read; `undefined` if the size of the files decides. */
  readonly jobs: number | undefined;
  /** The paths of the inputs, `-` for stdin. */
  readonly files: readonly string[];
  /** The names of formats; with `list` among them nothing is read. */
  readonly formats: readonly string[];
  /** Whether states are merged, and no logs read. */
  readonly isMerge: boolean;
  /** Where rejected lines are written to, if they are. */
  readonly rejects: string | undefined;
}

/** A thread that was started, and was told nothing yet. */
export interface StartedWorker {
  /** The thread. */
  readonly worker: Worker;
  /** Is resolved with the message of the error if it fails. */
  readonly failed: Promise<string>;
}

/** How many threads read, and those that were started. */
export interface Threads {
  /** How many read, this one among them. */
  readonly jobs: number;
  /** Why there are not as many as the settings say; absent if there are. */
  readonly obstacle?: string;
  /** All but this one. */
  readonly workers: readonly StartedWorker[];
}

/** Starts threads that read parts of inputs: each loads its modules meanwhile. */
export function startWorkers(count: number): StartedWorker[] {
  return Array.from({ length: count }, () => {
    const worker = new Worker(WORKER_MODULE, { type: "module" });
    const failed = new Promise<string>((resolve) => {
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(event.message);
      };
    });
    return { worker, failed };
  });
}

/**
 * Starts the threads that are to read: as many as the settings say, or as are worth their start; none where there can be
 * no more than this one. Most of what this thread needs itself is better loaded afterwards.
 */
export function startThreads(settings: ThreadSettings): Threads {
  const readsLogs = !settings.isMerge && !settings.formats.includes("list");
  const wanted = readsLogs ? settings.jobs ?? jobsFor(settings.files) : 1;
  const obstacle = wanted === 1 ? undefined : obstacleTo(settings);
  if (obstacle === undefined) return { jobs: wanted, workers: startWorkers(wanted - 1) };
  return { jobs: 1, workers: [], ...settings.jobs === undefined ? {} : { obstacle } };
}

/** How many threads are worth their start for the files that there are. */
function jobsFor(files: readonly string[]): number {
  const bytes = files.reduce((sum, file) => sum + (file === "-" ? 0 : sizeOf(file)), 0);
  const ofUse = Math.min(navigator.hardwareConcurrency, MAX_JOBS, Math.ceil(bytes / BYTES_PER_JOB));
  return Math.max(1, ofUse);
}

/** The size of a regular file. What cannot be read is found out when it is. */
function sizeOf(file: string): number {
  try {
    const { isFile, size } = Deno.statSync(file);
    return isFile ? size : 0;
  } catch {
    return 0;
  }
}

/** Why no more than one thread can read; `undefined` if more can. */
function obstacleTo({ rejects }: ThreadSettings): string | undefined {
  if (rejects !== undefined) return "--rejects writes lines in their order";
  const { state } = Deno.permissions.querySync({ name: "read", path: WORKER_MODULE });
  return state === "granted" ? undefined : "more need permission to read, run with -R";
}
