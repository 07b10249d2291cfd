import { Analysis } from "../aggregates/analysis.ts";
import type { Bytes } from "../lines/bytes.ts";
import { readChunks } from "../lines/read_chunks.ts";
import type { ReadOptions } from "../lines/read_lines.ts";
import { Scan } from "../scan/scan.ts";
import { Problems } from "./problems.ts";
import { readInto } from "./read_into.ts";
import type { StopFlag, Task, TaskSummary, WorkerSettings } from "./worker_messages.ts";

const CHUNK_BYTES = 256 * 1024;
/** So long it may go on without a look at signals and messages. */
const TURN_MS = 100;

/** Reads parts of inputs into an analysis, in a thread of many. */
export class PartReader {
  /** What was found. */
  readonly analysis: Analysis;
  readonly #options: ReadOptions;
  readonly #stop: StopFlag;
  readonly #left = Promise.withResolvers<void>();

  /** Makes a reader that has not read anything; the flag has it leave what it has not read yet. */
  constructor(settings: WorkerSettings, stop: StopFlag) {
    this.analysis = new Analysis(settings);
    const stage = settings.isScanning ? new Scan(this.analysis) : undefined;
    this.#options = { maxLineBytes: settings.maxLineBytes, stage };
    this.#stop = stop;
  }

  /** Reads a part. */
  async read(task: Task): Promise<TaskSummary> {
    const problems = new Problems(undefined);
    const before = this.analysis.lines.lines();
    const input = { name: task.name, open: () => this.#open(task) };
    // The bytes of lines that were sent have been counted before.
    const options = { ...this.#options, part: partOf(task), isCounted: "lines" in task, problems };
    const read = () => readInto(this.analysis, [input], options);
    // Lines that are here already are counted, as in a single thread.
    if ("lines" in task) await read();
    else if (!this.#isStopped()) await Promise.race([read(), this.#left.promise]);
    return { lines: this.analysis.lines.lines() - before, problems: problems.toParts() };
  }

  async #open(task: Task): Promise<AsyncIterable<Bytes>> {
    if ("lines" in task) return ReadableStream.from([task.lines]);
    const file = await Deno.open(task.path);
    if (!("start" in task)) return this.#untilStopped(readChunks(file.readable));
    await file.seek(task.start, Deno.SeekMode.Start);
    return this.#readRange(file, task.end - task.start);
  }

  /**
   * So many bytes of a file. They are read at once, as to wait takes longer than to read; now and then it
   * waits, so that signals and messages have their turn.
   */
  async *#readRange(file: Deno.FsFile, bytes: number): AsyncGenerator<Bytes> {
    using _ = file;
    const buffer = new Uint8Array(CHUNK_BYTES);
    let lastTurn = performance.now();
    for (let left = bytes; left > 0;) {
      if (performance.now() - lastTurn > TURN_MS) {
        await nextTurn();
        lastTurn = performance.now();
      }
      if (this.#isStopped()) await this.#leave();
      const read = file.readSync(buffer.subarray(0, Math.min(left, buffer.length)));
      if (read === null) return;
      yield buffer.subarray(0, read);
      left -= read;
    }
  }

  async *#untilStopped(chunks: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
    for await (const chunk of chunks) {
      if (this.#isStopped()) await this.#leave();
      yield chunk;
    }
  }

  /** Reads no further, as in a single thread: no line ends here that goes on in the input. */
  async #leave(): Promise<never> {
    // By then lines that were read are counted.
    await nextTurn();
    this.#left.resolve();
    return await new Promise(() => {});
  }

  #isStopped(): boolean {
    return Atomics.load(this.#stop, 0) !== 0;
  }
}

function partOf(task: Task): "first" | "later" | undefined {
  if ("lines" in task) return "later";
  return "start" in task ? task.start === 0 ? "first" : "later" : undefined;
}

/** Waits until all else that is due has been done; a timer has signals looked at, too. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
