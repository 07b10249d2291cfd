import { Analysis } from "../../aggregates/analysis.ts";
import type { Bytes } from "../../lines/bytes.ts";
import { readChunks } from "../../lines/read_chunks.ts";
import { type Stop, Stopped } from "../../lines/until_stopped.ts";
import { hasMark } from "../reading/file_mark.ts";
import { InputReader } from "../reading/input_reader.ts";
import { Problems } from "../reading/problems.ts";
import type { FileRange, StopFlag, Task, TaskSummary, WorkerSettings } from "./worker_messages.ts";

const CHUNK_BYTES = 256 * 1024;
/** So long it may go on without a look at signals and messages. */
const TURN_MS = 100;

/** Reads parts of inputs into an analysis, in a thread of many. */
export class PartReader {
  /** What was found. */
  readonly analysis: Analysis;
  readonly #reader: InputReader;
  readonly #stop: Stop;

  /** Makes a reader that has not read anything; the flag has it leave what it has not read yet. */
  constructor(settings: WorkerSettings, stopFlag: StopFlag) {
    this.analysis = new Analysis(settings);
    this.#reader = new InputReader(this.analysis, settings);
    this.#stop = {
      get isStopped() {
        return Atomics.load(stopFlag, 0) !== 0;
      },
      // Nobody waits long for a file.
      onStop: () => () => {},
    };
  }

  /**
   * Reads a part.
   *
   * @param task The part.
   * @param file Where to read a range, if not at its path.
   */
  async read(task: Task, file?: Deno.FsFile): Promise<TaskSummary> {
    const problems = new Problems(undefined);
    const before = this.analysis.lines.lines();
    // Lines that are here already are counted, as in a single thread; and so were their bytes before.
    const options = "lines" in task
      ? { isPart: true, isCounted: true }
      : { isPart: "start" in task, stop: this.#stop };
    let isMoved = false;
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
      await this.#reader.read([input], { ...options, problems });
    }
    const lines = this.analysis.lines.lines() - before;
    return { lines, problems: problems.toParts(), isMoved };
  }

  /**
   * Reads a range of a file. It is read at once, as to wait takes longer than to read; now and then it
   * waits, so that signals and messages have their turn.
   */
  async *#readRange(file: Deno.FsFile, { start, end }: FileRange): AsyncGenerator<Bytes> {
    file.seekSync(start, Deno.SeekMode.Start);
    const buffer = new Uint8Array(CHUNK_BYTES);
    let lastTurn = performance.now();
    for (let left = end - start; left > 0;) {
      if (performance.now() - lastTurn > TURN_MS) {
        await nextTurn();
        lastTurn = performance.now();
      }
      if (this.#stop.isStopped) throw new Stopped("Reading was stopped");
      const read = file.readSync(buffer.subarray(0, Math.min(left, buffer.length)));
      if (read === null && end !== Infinity) throw new SyntaxError(CUT);
      if (read === null) return;
      yield buffer.subarray(0, read);
      left -= read;
    }
  }
}

/** What is said of a file that became shorter while it was read. */
export const CUT = "it was cut while it was read, and is not whole in the report";

async function* readFile(path: string): AsyncGenerator<Bytes> {
  yield* readChunks((await Deno.open(path)).readable);
}

/** Opens a file; while logs are rotated there may be none at its path for a moment. */
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

/** Waits until all else that is due has been done; a timer has signals looked at, too. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
