import { Analysis } from "../aggregates/analysis.ts";
import type { Bytes } from "../lines/bytes.ts";
import { readChunks } from "../lines/read_chunks.ts";
import type { ReadOptions } from "../lines/read_lines.ts";
import { Scan } from "../scan/scan.ts";
import { Problems } from "./problems.ts";
import { readInto } from "./read_into.ts";
import type { StopFlag, Task, TaskSummary, WorkerSettings } from "./worker_messages.ts";

const CHUNK_BYTES = 256 * 1024;
/** One of so many reads is waited for. */
const READS_PER_TURN = 16;

/** Reads parts of inputs into an analysis, in a thread of many. */
export class PartReader {
  /** What was found. */
  readonly analysis: Analysis;
  readonly #options: ReadOptions;
  readonly #stop: StopFlag;

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
    // Lines that are here already are counted, as in a single thread.
    if (!this.#isStopped() || "lines" in task) await readInto(this.analysis, [input], options);
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
   * So many bytes of a file, or those before it was told to stop. Most are read at once, as to wait takes
   * longer than to read; now and then it waits, so that signals and messages have their turn.
   */
  async *#readRange(file: Deno.FsFile, bytes: number): AsyncGenerator<Bytes> {
    using _ = file;
    const buffer = new Uint8Array(CHUNK_BYTES);
    for (let left = bytes, reads = 1; left > 0 && !this.#isStopped(); reads++) {
      const room = buffer.subarray(0, Math.min(left, buffer.length));
      const read = reads % READS_PER_TURN === 0 ? await file.read(room) : file.readSync(room);
      if (read === null) return;
      yield buffer.subarray(0, read);
      left -= read;
    }
  }

  async *#untilStopped(chunks: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
    for await (const chunk of chunks) {
      if (this.#isStopped()) return;
      yield chunk;
    }
  }

  #isStopped(): boolean {
    return Atomics.load(this.#stop, 0) !== 0;
  }
}

function partOf(task: Task): "first" | "later" | undefined {
  if ("lines" in task) return "later";
  return "start" in task ? task.start === 0 ? "first" : "later" : undefined;
}
