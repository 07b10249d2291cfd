import { Rejection } from "../../../schema.ts";
import { Analysis } from "../../aggregates/analysis.ts";
import type { Bytes } from "../../lines/bytes.ts";
import { cutLines, type RawLine } from "../../lines/cut_lines.ts";
import { cutRanges } from "../../lines/cut_ranges.ts";
import { decompress } from "../../lines/decompress.ts";
import { LineBlocks } from "../../lines/line_blocks.ts";
import { recognize } from "../../lines/magic_numbers.ts";
import { type Stop, Stopped, untilStopped } from "../../lines/until_stopped.ts";
import { printable } from "../../report/printable.ts";
import { markFile } from "../reading/file_mark.ts";
import { cannotRead, type Input, type RegularFile } from "../reading/inputs.ts";
import { Problems } from "../reading/problems.ts";
import { CutFile, type Part } from "./cut_files.ts";
import { hasSequence, HEAD_BYTES } from "./has_sequence.ts";
import { OrderedSummaries } from "./ordered_summaries.ts";
import { PartReader } from "./part_reader.ts";
import { type StartedWorker, startWorkers } from "./start_threads.ts";
import type { Task, TaskSummary, WorkerSettings } from "./worker_messages.ts";
import { Workers } from "./workers.ts";

/** The size of a block of lines for a worker. */
const BLOCK_BYTES = 2 ** 21;
/** The least size of a range of a file. */
const MIN_RANGE_BYTES = 2 ** 20;
/** The most files that are cut: each of them stays open to the end. */
const MAX_CUT_FILES = 64;

/**
 * Reads inputs with several threads, of which this is one. Files are cut into ranges of whole lines, which the threads
 * read themselves; a file that is compressed, or whose lines depend on those before, is read by one. If an input is a
 * stream, this thread reads it and cuts it into blocks for the others, and does nothing else.
 *
 * @param inputs The inputs.
 * @param settings How lines are read, and how many threads there are, at least 2.
 * @param context `problems` gathers what goes wrong, in the order of the lines; `stop` ends the reading early; `workers`
 * are the threads but this one, which are started if they are left out.
 * @returns The analysis of all inputs. Below all limits it is the same for any number of threads, above them
 * for the same number.
 */
export async function analyzeInParallel(
  inputs: readonly Input[],
  { jobs, ...settings }: WorkerSettings & { readonly jobs: number },
  { problems, stop, workers = startWorkers(jobs - 1) }: {
    readonly problems: Problems;
    readonly stop: Stop;
    readonly workers?: readonly StartedWorker[];
  },
): Promise<Analysis> {
  const isReading = inputs.some(({ file }) => file === undefined);
  const run = new ParallelRun({ ...settings, workers, isReading }, problems);
  stop.onStop(() => run.workers.stop());
  for (const input of inputs) {
    if (!stop.isStopped) await run.read(input, stop);
  }
  return await run.finish();
}

interface ParallelSettings extends WorkerSettings {
  readonly workers: readonly StartedWorker[];
  readonly isReading: boolean;
}

class ParallelRun {
  readonly workers: Workers;
  readonly #jobs: number;
  readonly #isReading: boolean;
  readonly #settings: WorkerSettings;
  /** Reads the parts of this thread; `undefined` if it only reads streams. */
  #reader: PartReader | undefined;
  readonly #analysis: Analysis;
  readonly #own: Part[] = [];
  readonly #summaries: OrderedSummaries;
  /** The parts that the workers have not read yet, by the number of the task. */
  readonly #tasks = new Map<number, Part>();
  readonly #cutFiles: CutFile[] = [];
  #given = 0;
  #isFirst = true;

  constructor({ workers, isReading, ...settings }: ParallelSettings, problems: Problems) {
    [this.#jobs, this.#isReading] = [workers.length + 1, isReading];
    this.#settings = settings;
    this.#summaries = new OrderedSummaries(problems);
    this.workers = new Workers(workers, settings, (task, summary) => {
      this.#take(this.#tasks.get(task)!, summary);
      this.#tasks.delete(task);
    });
    if (!isReading) this.#reader = new PartReader(settings, this.workers.stopFlag);
    this.#analysis = this.#reader?.analysis ?? new Analysis(settings);
  }

  async read(input: Input, stop: Stop): Promise<void> {
    this.#isFirst = true;
    try {
      if (input.file === undefined) await this.#sendBlocks(input, stop);
      else await this.#sendFile(input.name, input.file);
    } catch (cause) {
      if (cause instanceof Stopped) return;
      this.#note((problems) => problems.addFailure(cannotRead(input.name, cause)));
    }
  }

  async finish(): Promise<Analysis> {
    const { workers } = this;
    const isMerging = !this.#isReading || this.#jobs > 2;
    workers.close(isMerging);
    for (const part of this.#own) {
      this.#take(part, await Promise.race([this.#reader!.read(part.task), workers.failed]));
    }
    await this.#readMoved();
    // Frees memory, which the merge needs.
    this.#reader = undefined;
    if (!this.#isReading) return await workers.finish(this.#analysis);
    const found = await workers.finish();
    // This thread has counted only bytes, lines that were too long, and files that were replaced.
    found.merge(this.#analysis);
    return found;
  }

  #take(part: Part, summary: TaskSummary): void {
    if (summary.isMoved) part.of!.addMoved(part);
    else this.#summaries.set(part.number, summary);
  }

  /** Reads the ranges that were not found at the path of their file. */
  async #readMoved(): Promise<void> {
    await this.workers.hasRead();
    for (const file of this.#cutFiles) {
      if (file.hasMoved) {
        const reader = this.#reader ?? new PartReader(this.#settings, this.workers.stopFlag);
        await file.readMoved(reader, (part, summary) => this.#summaries.set(part.number, summary));
        if (reader !== this.#reader) this.#analysis.merge(reader.analysis);
      }
      file.close();
    }
  }

  async #sendFile(name: string, { path }: RegularFile): Promise<void> {
    const file = await Deno.open(path);
    const cut = await this.#cutFile(file);
    if (cut.length === 1) {
      file.close();
      return this.#give({ name, path });
    }
    const of = new CutFile(file);
    this.#cutFiles.push(of);
    for (const [i, start] of cut.entries()) {
      // The last range includes what was written behind the end meanwhile.
      const end = cut[i + 1] ?? Infinity;
      if (end === start) continue;
      of.addRange();
      this.#give({ name, path, start, end, mark: markFile(file, start) }, of);
    }
  }

  /**
   * Returns where the ranges of a file begin. It stays one range, from 0 on, if it is small or no lines of UTF-8,
   * or if 64 files are cut already.
   */
  async #cutFile(file: Deno.FsFile): Promise<number[]> {
    const readAt = async (place: number, into: Bytes) => {
      await file.seek(place, Deno.SeekMode.Start);
      return await file.read(into) ?? 0;
    };
    const { size } = await file.stat();
    // One range for each thread: their analyses merge sooner if they have seen different hours.
    const most = Math.floor(size / MIN_RANGE_BYTES);
    const count = Math.min(this.#jobs - Number(this.#isReading), most);
    const start = new Uint8Array(HEAD_BYTES);
    const head = start.subarray(0, await readAt(0, start));
    if (count <= 1 || this.#cutFiles.length >= MAX_CUT_FILES) return [0];
    if (recognize(head) !== undefined || hasSequence(head)) return [0];
    return await cutRanges(size, count, readAt);
  }

  async #sendBlocks({ name, open }: Input, stop: Stop): Promise<void> {
    const blocks = new LineBlocks(BLOCK_BYTES, (bytes) => this.workers.buffer(bytes));
    const counted = this.#counted(open(), { name, stop });
    // The first block with lines decides; before it there is no sequence.
    let isOfSequence: boolean | undefined, isFirst = true;
    const give = (lines: Bytes, isLast = false) => {
      if (lines.length > 0) isOfSequence ??= hasSequence(lines);
      this.#give({ name, lines, sequence: isOfSequence ? { isFirst, isLast } : undefined });
      isFirst &&= !isOfSequence;
    };
    try {
      for await (const cut of cutLines(counted, this.#settings.maxLineBytes)) {
        if ("lines" in cut) {
          for (const lines of blocks.add(cut.lines)) {
            await this.workers.hasRoom(isOfSequence);
            give(lines);
          }
        } else {
          give(blocks.rest());
          this.#noteTooLong(name, cut.tooLong);
        }
      }
    } finally {
      give(blocks.rest(), true);
    }
  }

  async *#counted(
    bytes: AsyncIterable<Bytes>,
    { name, stop }: { readonly name: string; readonly stop: Stop },
  ): AsyncGenerator<Bytes> {
    const warn = (remark: string) =>
      this.#note((problems) => problems.addWarning(`Reading ${printable(name)}: ${remark}`));
    for await (const chunk of untilStopped(decompress(bytes, warn), stop)) {
      this.#analysis.addBytes(chunk.length);
      yield chunk;
    }
  }

  #noteTooLong(input: string, raw: RawLine): void {
    const rejection = new Rejection("line_too_long");
    this.#analysis.lines.addRejected(rejection.reason);
    this.#note((problems) => problems.addRejection(rejection, { input, number: 1, raw }), 1);
  }

  #give(task: Task, of?: CutFile): void {
    const number = this.#summaries.expect({ isFirst: this.#isFirst });
    const part = { task, number, of };
    this.#isFirst = false;
    // The threads get parts in turn, this thread first.
    const isOwn = !this.#isReading && this.#given++ % this.#jobs === 0;
    if (isOwn) this.#own.push(part);
    else this.#tasks.set(this.workers.give(task), part);
  }

  /** Adds problems that this thread has found, in the order of the parts. */
  #note(tell: (problems: Problems) => void, lines = 0): void {
    const problems = new Problems(undefined);
    tell(problems);
    const part = this.#summaries.expect({ isFirst: this.#isFirst });
    this.#isFirst = false;
    this.#summaries.set(part, { lines, problems: problems.toParts() });
  }
}
