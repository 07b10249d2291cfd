import { Analysis } from "../../aggregates/analysis.ts";
import type { AnalysisParts } from "../../aggregates/analysis_state.ts";
import type { WindowPairsParts } from "../../aggregates/windows_state.ts";
import { buffersOf } from "../../tables/buffers.ts";
import { CommandError } from "../command/command.ts";
import type { StartedWorker } from "./start_threads.ts";
import type {
  FromWorker,
  StopFlag,
  Task,
  TaskSummary,
  ToWorker,
  WorkerSettings,
} from "./worker_messages.ts";

/** {@linkcode Workers.hasRoom} waits while a worker has this many tasks. */
const MAX_WAITING = 2;

/** Threads that read parts of inputs, in turn. Which of them reads a part does not depend on their speed. */
export class Workers {
  /** Not 0 once the workers are to skip what they have not read yet. */
  readonly stopFlag: StopFlag = new Int32Array(new SharedArrayBuffer(4));
  readonly #workers: readonly Worker[];
  readonly #settings: WorkerSettings;
  readonly #onDone: (number: number, summary: TaskSummary) => void;
  readonly #found = new Map<number, AnalysisParts>();
  /** The index of the worker that merges the pairs of windows and texts of all; `undefined` if none does. */
  #keeper: number | undefined;
  /** The merged pairs, once that worker has sent them. */
  #pairs: WindowPairsParts | undefined;
  readonly #waiting: number[];
  readonly #failed = Promise.withResolvers<never>();
  /** Is rejected when a worker fails. */
  readonly failed: Promise<never> = this.#failed.promise;
  #changed = Promise.withResolvers<void>();
  readonly #buffers: ArrayBuffer[] = [];
  #tasks = 0;

  /**
   * Has threads read.
   *
   * @param started The threads.
   * @param settings How they read.
   * @param onDone Is called with the number and the summary of each task when it is done, in any order.
   */
  constructor(
    started: readonly StartedWorker[],
    settings: WorkerSettings,
    onDone: (number: number, summary: TaskSummary) => void,
  ) {
    this.#settings = settings;
    this.#onDone = onDone;
    this.#waiting = started.map(() => 0);
    // A failure while nobody waits must not end the process as an unhandled rejection.
    this.#failed.promise.catch(() => {});
    this.#workers = started.map((one, i) => this.#begin(one, i));
  }

  /**
   * Gives a task to a worker: to the first if the task is a part of a sequence, else to the one whose turn it is.
   * Returns the number of the task, from 0 on.
   */
  give(task: Task): number {
    const isOfSequence = "lines" in task && task.sequence !== undefined;
    const turn = isOfSequence ? 0 : this.#tasks % this.#workers.length;
    const number = this.#tasks++;
    this.#waiting[turn]!++;
    const lines = "lines" in task ? [task.lines.buffer] : [];
    this.#tell(turn, { kind: "task", number, task }, lines);
    return number;
  }

  /**
   * Returns a buffer of `bytes` bytes: one that lines were sent in, if a worker has given one back, as the
   * garbage collector would free it late.
   */
  buffer(bytes: number): ArrayBuffer {
    for (let buffer; (buffer = this.#buffers.pop()) !== undefined;) {
      if (buffer.byteLength === bytes) return buffer;
    }
    return new ArrayBuffer(bytes);
  }

  /** Waits until the queue of the first worker, or of the one whose turn it is, has room for a task. */
  async hasRoom(isOfSequence = false): Promise<void> {
    const turn = isOfSequence ? 0 : this.#tasks % this.#workers.length;
    while (this.#waiting[turn]! >= MAX_WAITING) await this.#change();
  }

  /** Has the workers skip what they have not read yet. */
  stop(): void {
    // Not a message: a worker that reads without a pause would receive it late.
    Atomics.store(this.stopFlag, 0, 1);
  }

  /**
   * Has the workers send their analyses as soon as they have done their tasks.
   *
   * @param isMerging Whether more than one thread has read parts, so that one worker is to merge the pairs.
   */
  close(isMerging: boolean): void {
    this.#keeper = isMerging ? 0 : undefined;
    for (const i of this.#workers.keys()) {
      this.#tell(i, { kind: "finish", keepsPairs: i === this.#keeper });
    }
  }

  /** Waits until all workers have done their tasks and sent their analyses. */
  async hasRead(): Promise<void> {
    while (this.#found.size < this.#workers.length) await this.#change();
  }

  /**
   * Waits for all workers, and merges their analyses.
   *
   * @param own The analysis of this thread, which comes first; `undefined` if this thread read no parts.
   * @returns The merged analysis. The analyses are merged in the order of the workers, not in that of their
   * completion.
   */
  async finish(own?: Analysis): Promise<Analysis> {
    await this.hasRead();
    for (const buffer of this.#buffers.splice(0)) buffer.transfer(0);
    const [first, ...others] = this.#workers
      .map((_, i) => new Analysis(this.#settings, this.#found.get(i)));
    this.#found.clear();
    if (this.#keeper === undefined) return first!;
    const before = own === undefined ? [] : [own.takePairs()];
    const after = others.map((its) => its.takePairs());
    this.#tell(this.#keeper, { kind: "merge", before, after }, buffersOf([before, after]));
    // This thread merges all but the pairs meanwhile.
    const analysis = own ?? first!;
    for (const its of own === undefined ? others : [first!, ...others]) analysis.merge(its);
    while (this.#pairs === undefined) await this.#change();
    analysis.replacePairs(this.#pairs);
    return analysis;
  }

  #begin({ worker, failed }: StartedWorker, i: number): Worker {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(i, data);
    failed.then((message) => {
      this.#failed.reject(new CommandError(`Cannot go on: a worker failed: ${message}`));
    });
    const start: ToWorker = { kind: "start", settings: this.#settings, stop: this.stopFlag };
    worker.postMessage(start);
    return worker;
  }

  #tell(i: number, message: ToWorker, buffers: ArrayBuffer[] = []): void {
    this.#workers[i]!.postMessage(message, buffers);
  }

  #hear(i: number, message: FromWorker): void {
    if (message.kind === "done") {
      this.#waiting[i]!--;
      if (message.buffer !== undefined) this.#buffers.push(message.buffer);
      this.#onDone(message.number, message.summary);
    } else {
      if (message.kind === "found") this.#found.set(i, message.parts);
      else this.#pairs = message.pairs;
      // The end of the worker frees its memory, which the merge needs.
      if (message.kind === "merged" || i !== this.#keeper) this.#workers[i]!.terminate();
    }
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  #change(): Promise<void> {
    return Promise.race([this.#changed.promise, this.#failed.promise]);
  }
}
