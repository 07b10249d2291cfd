import { Analysis } from "../../aggregates/analysis.ts";
import type { Bytes } from "../../lines/bytes.ts";
import { CHUNK_BYTES, readChunks } from "../../lines/read_chunks.ts";
import { type Stop, Stopped } from "../../lines/until_stopped.ts";
import { hasMark } from "../reading/file_mark.ts";
import { InputReader } from "../reading/input_reader.ts";
import { Problems } from "../reading/problems.ts";
import { Turns } from "../reading/turns.ts";
import type { FileRange, StopFlag, Task, TaskSummary, WorkerSettings } from "./worker_messages.ts";

/** Reads parts of inputs into an analysis of its own. Each thread that reads parts has one. */
export class PartReader {
  /** The analysis of all parts that were read. */
  readonly analysis: Analysis;
  readonly #reader: InputReader;
  readonly #stop: Stop;

  /** Makes a reader with an empty analysis; once `stopFlag` is not 0, it skips what it has not read yet. */
  constructor(settings: WorkerSettings, stopFlag: StopFlag) {
    this.analysis = new Analysis(settings);
    this.#reader = new InputReader(this.analysis, settings);
    this.#stop = {
      get isStopped() {
        return Atomics.load(stopFlag, 0) !== 0;
      },
      // A read from a file never waits long, so `isStopped` is looked at soon enough.
      onStop: () => () => {},
    };
  }

  /**
   * Reads a part.
   *
   * @param task The part.
   * @param file The open file to read a range from; without it the file at the range's path is opened.
   * @returns The summary of the part.
   */
  async read(task: Task, file?: Deno.FsFile): Promise<TaskSummary> {
    const problems = new Problems(undefined);
    // A block of lines has been read already, so it is counted even after a stop, as with one thread. Its bytes
    // were counted when they were read.
    const options = "lines" in task
      ? { isPart: true, isCounted: true, sequence: task.sequence }
      : { isPart: "start" in task, stop: this.#stop };
    let isMoved = false, lines = 0;
    const open = (): AsyncIterable<Bytes> => {
      if ("lines" in task) return ReadableStream.from([task.lines]);
      if (!("start" in task)) return readFile(task.path);
      if (file !== undefined) return this.#readRange(file, task);
      const opened = openIfThere(task.path);
      isMoved = opened === undefined || !hasMark(opened, task.mark);
      if (opened === undefined) return ReadableStream.from([]);
      return closing(opened, isMoved ? [] : this.#readRange(opened, task));
    };
    if (!this.#stop.isStopped || "lines" in task) {
      const input = { name: task.name, open };
      lines = await this.#reader.read([input], { ...options, problems });
    }
    return { lines, problems: problems.toParts(), isMoved };
  }

  /**
   * Reads a range of a file, with synchronous reads: to wait for an asynchronous one takes longer than to read.
   * Every 100 ms it waits for the event loop, so that signals and messages are handled.
   */
  async *#readRange(file: Deno.FsFile, { start, end }: FileRange): AsyncGenerator<Bytes> {
    file.seekSync(start, Deno.SeekMode.Start);
    const buffer = new Uint8Array(CHUNK_BYTES);
    const turns = new Turns();
    for (let left = end - start; left > 0;) {
      await turns.next();
      if (this.#stop.isStopped) throw new Stopped("Reading was stopped");
      const read = file.readSync(buffer.subarray(0, Math.min(left, buffer.length)));
      if (read === null && end !== Infinity) throw new SyntaxError(CUT);
      if (read === null) return;
      yield buffer.subarray(0, read);
      left -= read;
    }
  }
}

/** The message about a file that was truncated while it was read. */
export const CUT = "it was cut while it was read, and is not whole in the report";

async function* readFile(path: string): AsyncGenerator<Bytes> {
  yield* readChunks((await Deno.open(path)).readable);
}

/** Opens a file; `undefined` if there is none at the path, as for a moment while logs are rotated. */
function openIfThere(path: string): Deno.FsFile | undefined {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function* closing(
  file: Deno.FsFile,
  chunks: Iterable<Bytes> | AsyncIterable<Bytes>,
): AsyncGenerator<Bytes> {
  using _ = file;
  yield* chunks;
}
